import { expect, it } from 'vitest'
import { pinLogOf } from '../../../client/charts/pin-log.ts'
import type { Annotation } from '../../../shared/index.ts'

const evidence = { value: 5, share: null, rank: null, of: 1, time: 1, cursor: 'e:1' }

function said(id: number, parts: Partial<Annotation>): Annotation {
  return { id, revision: id, time: id, author: 'Ana', text: 'why?', ...parts }
}

it('gives a chart the pins of its metric, and every deploy, but nothing that was taken back', () => {
  const log = [
    said(1, {}),
    said(2, { pin: { metric: 'orders', category: 'Shirts', evidence } }),
    said(3, { pin: { metric: 'cpu', evidence } }),
    said(4, { kind: 'deploy' }),
    said(5, { retracted: true }),
    said(6, { kind: 'deploy', retracted: true }),
    said(7, { kind: 'deploy', pin: { metric: 'orders', evidence } }),
  ]
  const { pins, deploys } = pinLogOf(log, ['orders'])
  expect(pins.map(({ id }) => id)).toEqual([2, 7])
  expect(deploys.map(({ id }) => id)).toEqual([4, 7])
})
