// Owns the way of the arrow keys through a figure: from one category or moment to the next. It knows no keyboard.

import type { Series } from '../state.ts'
import { columnOf, type HeatFigure } from './heat.ts'
import type { Figure, TimeFigure } from './option.ts'
import { isOf, type Spot, spotOf } from './spot.ts'
import { wholeOf } from './spot-at.ts'

/** How many marks or moments to go: `across` to the right (infinitely many: to the end), `down` to the next category. */
export interface Step {
  readonly across: number
  readonly down: number
}

/** Where a step leads from a spot; from nowhere to the first category, or the present of the first line. */
export function nextSpot(figure: Figure, spot: Spot | undefined, step: Step): Spot | undefined {
  switch (figure.kind) {
    case 'number':
    case 'gauge':
      return wholeOf(figure)
    case 'bar':
    case 'table':
      return nextOf(
        figure.rows.map(({ series }) => series),
        spot,
        step,
      )
    case 'pie':
      return nextOf(
        figure.slices.flatMap(({ series }) => series ?? []),
        spot,
        step,
      )
    case 'line':
    case 'area':
      return nextMoment(figure, spot, step)
    case 'heat':
      return nextCell(figure, spot, step)
    default:
      return figure satisfies never
  }
}

function nextOf(all: readonly Series[], spot: Spot | undefined, { across, down }: Step): Spot | undefined {
  const now = spot === undefined ? undefined : all.findIndex((series) => isOf(spot, series))
  const next = all[clamp((now ?? 0) + acrossFrom(spot, across) + (now === undefined ? 0 : down), all.length)]
  return next && spotOf(next)
}

function nextMoment({ lines, from, to }: TimeFigure, spot: Spot | undefined, step: Step): Spot | undefined {
  const now = spot === undefined ? -1 : lines.findIndex(({ series }) => isOf(spot, series))
  const line = lines[clamp(Math.max(0, now) + (spot === undefined ? 0 : step.down), lines.length)]
  if (line === undefined) return undefined
  const times = line.points
    .filter(([time, value]) => value !== null && time >= from && time <= to)
    .map(([time]) => time)
  const at = spot?.time === undefined ? times.length : times.findLastIndex((time) => time <= (spot.time ?? to))
  const time = times[clamp(at + acrossFrom(spot, step.across), times.length)]
  return time === undefined ? undefined : { ...spotOf(line.series), time }
}

function nextCell(figure: HeatFigure, spot: Spot | undefined, step: Step): Spot | undefined {
  const filled = figure.rows.filter(({ cells }) => cells.length > 0)
  const now = spot === undefined ? -1 : filled.findIndex(({ series }) => isOf(spot, series))
  const row = filled[clamp(Math.max(0, now) + (spot === undefined ? 0 : step.down), filled.length)]
  if (row === undefined) return undefined
  const { cells } = row
  const column = spot?.time === undefined ? figure.columns : columnOf(figure, spot.time)
  const at = cells.findLastIndex((cell) => cell.column <= column)
  const cell = cells[clamp(at + acrossFrom(spot, step.across), cells.length)]
  return cell && { ...spotOf(row.series), time: cell.time }
}

// From nowhere a step leads in; only to the very ends it leads further.
function acrossFrom(spot: Spot | undefined, across: number): number {
  return spot === undefined && Number.isFinite(across) ? 0 : across
}

function clamp(at: number, length: number): number {
  return Math.max(0, Math.min(length - 1, at))
}
