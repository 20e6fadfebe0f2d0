import { describe, expect, it } from 'vitest'
import type { Kind } from '../../../shared/index.ts'
import { figureOf, isTimed, type Twin, twinOf, type View } from '../../../shared/option/index.ts'
import { chartOf, groupOf, light, now, samples, viewOf } from './group.ts'

const state = groupOf(
  samples('load', { web: 10, db: 40 }),
  samples('load', { web: 20, db: null }),
  samples('load', { web: 30, db: 50 }),
)

function twin(kind: Kind, view: View = viewOf(), from = state): Twin {
  const figure = figureOf(chartOf('load', kind), from, light, view)
  if (figure === undefined || !isTimed(figure)) throw new Error('it has no time')
  return twinOf(figure)
}

describe('the table of a chart over time', () => {
  it('has a column for each series and a row for each moment, newest first, with gaps as none', () => {
    const { columns, rows } = twin('line')
    expect(columns.map(({ name }) => name)).toEqual(['web', 'db'])
    expect(rows).toEqual([
      { time: now, values: [30, 50] },
      { time: now - 1_000, values: [20, null] },
      { time: now - 2_000, values: [10, 40] },
    ])
  })

  it('has the own values of what is stacked', () => {
    expect(twin('area').rows.find(({ time }) => time === now)?.values).toEqual([30, 50])
  })

  it('has the cells of a heat map', () => {
    const { columns, rows } = twin('heat')
    expect(columns.map(({ name }) => name)).toEqual(['web', 'db'])
    expect(rows[0]?.values).toEqual([30, 50])
  })

  it('has no series that is left out, and nothing outside of the part that is shown', () => {
    const web = [...state.series.values()].find(({ category }) => category === 'web')?.key ?? ''
    const { columns, rows } = twin('line', viewOf({ hidden: new Set([web]), until: now - 2_000 }))
    expect(columns.map(({ name }) => name)).toEqual(['db'])
    expect(rows).toEqual([{ time: now - 2_000, values: [40] }])
  })

  it('has the newest 300 moments', () => {
    const long = groupOf(...Array.from({ length: 400 }, (_, at) => samples('load', { web: at })))
    const { rows } = twin('line', viewOf({ windowMs: 600_000 }), long)
    expect(rows).toHaveLength(300)
    expect(rows[0]).toEqual({ time: now, values: [399] })
  })
})
