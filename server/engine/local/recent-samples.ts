// Owns how the last samples of a group come back out of the file, in columns, to fill the rings.

import type { RawRow, RawSamples } from './raw-samples.ts'
import type { SeriesIds } from './series-ids.ts'
import type { SampleColumns } from './stored.ts'

/** The samples of a group since a time (Unix ms), in the order in which they came. */
export function recentSamples(ids: SeriesIds, raw: RawSamples, group: string, sinceMs: number): SampleColumns {
  const stored = ids.find(group)
  if (stored === undefined) return columns(0)
  const rows = [...raw.between(stored.id, sinceMs, Number.MAX_SAFE_INTEGER)]
  const keys = new Map(ids.list(stored.id, { limit: Number.MAX_SAFE_INTEGER }).map(({ id, key }) => [id, key]))
  return gather(rows, keys, sinceMs)
}

function gather(rows: readonly RawRow[], keys: ReadonlyMap<number, string>, sinceMs: number): SampleColumns {
  const gathered = columns(rows.reduce((sum, { times }) => sum + times.filter((time) => time >= sinceMs).length, 0))
  const positions = new Map<number, number>()
  let next = 0
  for (const { times, values, revisions, series } of rows) {
    for (const [sample, time] of times.entries()) {
      if (time < sinceMs) continue
      const id = series[sample] ?? 0
      const position = positions.get(id) ?? positions.size
      positions.set(id, position)
      gathered.at[next] = position
      gathered.times[next] = time
      gathered.values[next] = values[sample] ?? Number.NaN
      gathered.revisions[next] = revisions[sample] ?? 0
      next++
    }
  }
  return { ...gathered, keys: [...positions.keys()].map((id) => keys.get(id) ?? '') }
}

function columns(length: number): SampleColumns {
  return {
    keys: [],
    at: new Uint32Array(length),
    times: new Float64Array(length),
    values: new Float64Array(length),
    revisions: new Float64Array(length),
  }
}
