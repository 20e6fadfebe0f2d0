// Owns a chart over time as a table: which moments are its rows, which series its columns. The page writes it.

import type { HeatFigure } from './heat.ts'
import type { TimedFigure, TimeFigure } from './option.ts'

/** A series of a chart, as a column; undefined as a name is what all others are together. */
export interface TwinColumn {
  readonly key: string
  readonly name: string | undefined
}

/** A moment (Unix ms), and the value of each column then; `null` where it has none. */
export interface TwinRow {
  readonly time: number
  readonly values: readonly (number | null)[]
}

/** A chart over time as a table, newest first. */
export interface Twin {
  readonly columns: readonly TwinColumn[]
  readonly rows: readonly TwinRow[]
}

/** More rows than this nobody reads. */
const maxRows = 300
const restKey = ''

interface Track extends TwinColumn {
  readonly values: ReadonlyMap<number, number | null>
}

/** What a chart over time shows, as a table of at most 300 moments. */
export function twinOf(figure: TimedFigure): Twin {
  const tracks = figure.kind === 'heat' ? cellsOf(figure) : pointsOf(figure)
  const all = new Set(tracks.flatMap(({ values }) => [...values.keys()]))
  const times = [...all].filter((time) => time >= figure.from && time <= figure.to).sort((a, b) => b - a)
  return {
    columns: tracks.map(({ key, name }) => ({ key, name })),
    rows: times
      .slice(0, maxRows)
      .map((time) => ({ time, values: tracks.map(({ values }) => values.get(time) ?? null) })),
  }
}

function pointsOf(figure: TimeFigure): readonly Track[] {
  const lines =
    figure.kind === 'area'
      ? figure.lines.map(({ key, name, own }) => ({ key, name, values: new Map(own) }))
      : figure.lines.map(({ key, name, points }) => ({ key, name, values: new Map(points) }))
  const rest = figure.kind === 'area' ? figure.rest : undefined
  return rest === undefined ? lines : [...lines, { key: restKey, name: undefined, values: new Map(rest.own) }]
}

// A cell is a column's time, whenever its value was within.
function cellsOf({ rows, from, cellMs }: HeatFigure): readonly Track[] {
  return rows.map(({ key, name, cells }) => ({
    key,
    name,
    values: new Map(cells.map(({ column, value }) => [from + column * cellMs, value])),
  }))
}
