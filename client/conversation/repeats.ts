// Owns how often an alert was repeated, as far as the logs that are here tell it.

import type { Run } from '@chartroom/shared'

/** The repeats of one alert. */
export interface Repeats {
  readonly count: number
  /** Of the last one, Unix ms. */
  readonly lastTime: number
  /** Whether these are all there were. */
  readonly isAll: boolean
}

/** The repeats of each alert that has some, by its id. */
export function repeatsOf({
  annotations,
  earlier,
}: Pick<Run, 'annotations' | 'earlier'>): ReadonlyMap<number, Repeats> {
  const repeats = new Map<number, Repeats>()
  for (const { repeats: id, time } of annotations) {
    if (id === undefined) continue
    repeats.set(id, { count: (repeats.get(id)?.count ?? 0) + 1, lastTime: time, isAll: earlier <= id })
  }
  return repeats
}
