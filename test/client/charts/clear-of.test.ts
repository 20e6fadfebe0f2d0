import { expect, it } from 'vitest'
import { clearOf } from '../../../client/charts/clear-of.ts'

it.each<[what: string, lines: readonly number[], start: number]>([
  ['where it is, without a line', [], 100],
  ['where it is, before a line that it does not reach', [124], 100],
  ['where it is, behind a line', [96], 100],
  ['behind a line that would run through it', [110], 116],
  ['behind a line that it would touch', [122], 128],
  ['behind the second line too, where the first moves it there', [130, 110], 136],
])('a value of 20 px is written %s', (_, lines, start) => {
  expect(clearOf(100, 20, lines)).toBe(start)
})
