// Owns how the pasts of several marks lie upon each other, at times that all of them have. It draws nothing.

import { bucketMs } from '../ring.ts'
import { type Band, courseOf, hasWidth, type Point, pointMs } from './course.ts'
import type { Mark } from './mark.ts'

type Values = readonly (number | null)[]

/** A mark at the times of its stack: its last value of each, and between which ones it was. */
export interface Layer {
  readonly last: Values
  readonly least: Values
  readonly greatest: Values
}

/** A layer where it lies: its values, and its edge away from zero. */
export interface Stacked {
  readonly own: readonly Point[]
  readonly points: readonly Point[]
}

/** Between what an outer edge of a stack may have been: what is above zero, or below it. */
export interface EdgeBand extends Band {
  readonly key: string
}

/** The times of a stack over a window, Unix ms: ECharts stacks nothing that is of different times. */
export function stackTimes(from: number, to: number, windowMs: number): readonly number[] {
  const stepMs = pointMs(windowMs)
  const first = Math.floor(from / stepMs)
  const count = Math.floor(to / stepMs) - first + 1
  return Array.from({ length: count }, (_, at) => Math.min(to, (first + at + 1) * stepMs - bucketMs))
}

/** A mark at these times: a value holds until the next one, or until its series fell silent. */
export function layerOf({ ring, isSilent }: Mark, times: readonly number[], windowMs: number): Layer {
  const start = (times[0] ?? 0) - pointMs(windowMs)
  const course = courseOf({ ring }, start)
  const end = course.points.at(-1)?.[0] ?? start
  const layer: Record<keyof Layer, (number | null)[]> = { last: [], least: [], greatest: [] }
  let at = 0
  let held: number | null = null
  for (const [index, time] of times.entries()) {
    const since = times[index - 1] ?? start
    let [last, least, greatest]: [number | null, number | null, number | null] = [null, null, null]
    for (; (course.points[at]?.[0] ?? Number.POSITIVE_INFINITY) <= time; at++) {
      const [when, value] = course.points[at] ?? [time, null]
      held = value
      if (when <= since) continue
      // What was within is seen there, also where it has ended since.
      last = value ?? last
      least = chosen(Math.min, least, course.least[at]?.[1] ?? null)
      greatest = chosen(Math.max, greatest, course.greatest[at]?.[1] ?? null)
    }
    const still = isSilent && time > end ? null : held
    layer.last.push(last ?? still)
    layer.least.push(least ?? still)
    layer.greatest.push(greatest ?? still)
  }
  return layer
}

function chosen(choose: typeof Math.min, one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : choose(one, other)
}

/** Several layers as one. */
export function summed(layers: readonly Layer[]): Layer {
  const sum = (part: keyof Layer): Values =>
    (layers[0]?.[part] ?? []).map((_, at) =>
      layers.reduce<number | null>((total, layer) => {
        const value = layer[part][at] ?? null
        return value === null ? total : (total ?? 0) + value
      }, null),
    )
  return { last: sum('last'), least: sum('least'), greatest: sum('greatest') }
}

/** Lays layers upon each other. One without a value is as thick as nothing; where none has one, all are interrupted. */
export function stacked(layers: readonly Layer[], times: readonly number[]): readonly Stacked[] {
  const piles = { above: times.map(() => 0), below: times.map(() => 0) }
  const isEmpty = emptyAt(layers, times)
  return layers.map(({ last }) => {
    const own = times.map((time, at): Point => [time, isEmpty[at] ? null : (last[at] ?? 0)])
    const points = own.map(([time, value], at): Point => {
      if (value === null) return [time, null]
      const pile = value < 0 ? piles.below : piles.above
      pile[at] = (pile[at] ?? 0) + value
      return [time, pile[at] ?? 0]
    })
    return { own, points }
  })
}

/**
 * The bands of a stack's outer edges, as far as there is anything between. When within a step a layer was at its least
 * or greatest is not known, so that an edge lies between what all of them add up to: no extreme is hidden.
 */
export function edgeBands(layers: readonly Layer[], times: readonly number[]): readonly EdgeBand[] {
  const isEmpty = emptyAt(layers, times)
  const edge = (part: 'least' | 'greatest', side: typeof Math.max) =>
    times.map((time, at): Point => {
      if (isEmpty[at]) return [time, null]
      return [time, layers.reduce((sum, layer) => sum + side(0, layer[part][at] ?? 0), 0)]
    })
  const bands = [
    { key: '\u0000above', least: edge('least', Math.max), greatest: edge('greatest', Math.max) },
    { key: '\u0000below', least: edge('least', Math.min), greatest: edge('greatest', Math.min) },
  ]
  return bands.filter((band) => hasWidth([band]))
}

function emptyAt(layers: readonly Layer[], times: readonly number[]): readonly boolean[] {
  return times.map((_, at) => layers.every(({ last }) => (last[at] ?? null) === null))
}
