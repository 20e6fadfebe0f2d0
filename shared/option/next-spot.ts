// Owns the way of the arrow keys through a figure: from one category or moment to the next. It knows no keyboard.

import type { Spot } from './anchor.ts'
import type { LineFigure } from './line.ts'
import type { Figure } from './option.ts'
import { spotOf } from './spot-at.ts'

/** How many marks or moments to go: `across` to the right, `down` to the next category. */
export interface Step {
  readonly across: number
  readonly down: number
}

/** Where a step leads from a spot; from nowhere to the first category, or the present of the first line. */
export function nextSpot(figure: Figure, spot: Spot | undefined, step: Step): Spot | undefined {
  switch (figure.kind) {
    case 'number':
    case 'gauge':
      return {}
    case 'bar':
      return nextOf(
        figure.rows.map(({ series }) => series.category),
        spot,
        step,
      )
    case 'pie':
      return nextOf(
        figure.slices.flatMap(({ category }) => category ?? []),
        spot,
        step,
      )
    case 'line':
      return nextMoment(figure, spot, step)
    default:
      return figure satisfies never
  }
}

function nextOf(categories: readonly string[], spot: Spot | undefined, { across, down }: Step): Spot | undefined {
  const now = spot === undefined ? undefined : categories.indexOf(spot.category ?? '')
  const next = categories[now === undefined ? 0 : clamp(now + across + down, categories.length)]
  return next === undefined ? undefined : spotOf(next)
}

function nextMoment({ lines, from, to }: LineFigure, spot: Spot | undefined, step: Step): Spot | undefined {
  const now = lines.findIndex(({ series }) => series.category === (spot?.category ?? ''))
  const line = lines[clamp(Math.max(0, now) + (spot === undefined ? 0 : step.down), lines.length)]
  if (line === undefined) return undefined
  const times = line.points
    .filter(([time, value]) => value !== null && time >= from && time <= to)
    .map(([time]) => time)
  const at = spot?.time === undefined ? times.length : times.findLastIndex((time) => time <= (spot.time ?? to))
  const time = times[clamp(at + (spot === undefined ? 0 : step.across), times.length)]
  return time === undefined ? undefined : { ...spotOf(line.series.category), time }
}

function clamp(at: number, length: number): number {
  return Math.max(0, Math.min(length - 1, at))
}
