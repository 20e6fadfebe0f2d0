// How smooth a page was, from what it noted: frames, long tasks, and how soon it heard its reader. Pure.

import type { Noted } from '../page/recorder.ts'
import { median } from './quantile.ts'

/** Of one stretch of time. Times in ms; NaN of what never came. */
export interface Smoothness {
  readonly fps: number
  readonly frameP95Ms: number
  /** Tasks over 50 ms, and the longest. */
  readonly longTasks: number
  readonly longestMs: number
  /** From a key to the page, and to the next picture. */
  readonly heardP95Ms: number
  readonly shownP50Ms: number
  readonly shownP95Ms: number
}

/** Says of what was noted how smooth it was. */
export function smoothnessOf({ frames, tasks, keys }: Pick<Noted, 'frames' | 'tasks' | 'keys'>): Smoothness {
  const gaps = frames.slice(1).map((time, at) => time - (frames[at] ?? time))
  const heard = keys.map(({ heardMs }) => heardMs)
  const shown = keys.map(({ shownMs }) => shownMs)
  return {
    fps: (1_000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0),
    frameP95Ms: p95(gaps),
    longTasks: tasks.length,
    longestMs: Math.max(0, ...tasks),
    heardP95Ms: p95(heard),
    shownP50Ms: median(shown),
    shownP95Ms: p95(shown),
  }
}

/** The least that 95 of 100 do not exceed; NaN of nothing. */
export function p95(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.ceil(0.95 * sorted.length) - 1] ?? Number.NaN
}
