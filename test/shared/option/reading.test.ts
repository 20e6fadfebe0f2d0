import { describe, expect, it } from 'vitest'
import { figureOf, readingsAt, type TimeFigure, type View } from '../../../shared/option/index.ts'
import { chartOf, groupOf, light, now, samples, viewOf } from './group.ts'

const state = groupOf(
  samples('load', { web: 10, db: 40 }),
  samples('load', { web: 20, db: null }),
  samples('load', { web: 30, db: 50 }),
)

function draw(kind: 'line' | 'area', view: View = viewOf()): TimeFigure {
  const figure = figureOf(chartOf('load', kind), state, light, view)
  if (figure?.kind !== 'line' && figure?.kind !== 'area') throw new Error('it has no lines')
  return figure
}

const valuesAt = (figure: TimeFigure, time: number) => readingsAt(figure, time).map(({ value }) => value)

describe('what the lines of a chart say at a moment', () => {
  it('is the value of each then, and nothing in a gap or before it began', () => {
    const figure = draw('line')
    expect(valuesAt(figure, now - 2_000)).toEqual([10, 40])
    expect(valuesAt(figure, now - 1_000)).toEqual([20])
    expect(valuesAt(figure, now)).toEqual([30, 50])
    expect(valuesAt(figure, now - 60_000)).toEqual([])
  })

  it('holds until the next value', () => {
    expect(valuesAt(draw('line'), now - 1_500)).toEqual([10, 40])
  })

  it('of a stack is their own, on the edge of each', () => {
    const figure = draw('area')
    const [web, db] = readingsAt(figure, now)
    expect([web?.value, db?.value]).toEqual([30, 50])
    expect(db?.y).toBeLessThan(web?.y ?? 0)
  })

  it('has words that do not lie upon each other', () => {
    const close = groupOf(samples('load', { web: 100, db: 100.5, cache: 101 }))
    const figure = figureOf(chartOf('load', 'line'), close, light, viewOf())
    if (figure?.kind !== 'line') throw new Error('it is no line')
    const ys = readingsAt(figure, now)
      .map(({ wordsY }) => wordsY)
      .sort((a, b) => a - b)
    expect((ys[1] ?? 0) - (ys[0] ?? 0)).toBeGreaterThanOrEqual(16.9)
    expect((ys[2] ?? 0) - (ys[1] ?? 0)).toBeGreaterThanOrEqual(16.9)
  })
})

describe('a part of the past', () => {
  const part = viewOf({ now: now + 600_000, until: now - 1_000, windowMs: 5_000 })

  it('ends when it ended, with the values of then', () => {
    const figure = draw('line', part)
    expect([figure.from, figure.to]).toEqual([now - 6_000, now - 1_000])
    expect(figure.lines.map(({ value }) => value)).toEqual([20, null])
    expect(figure.lines.some(({ isSilent }) => isSilent)).toBe(false)
  })

  it('goes on to the same place however long it is looked at', () => {
    const later = { ...part, now: part.now + 3_600_000 }
    expect(draw('line', later)).toEqual(draw('line', part))
    expect(draw('area', later)).toEqual(draw('area', part))
  })
})
