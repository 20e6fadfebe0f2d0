// Owns the history of samples in the file: what goes in, what comes out, and the small steps that keep it small.

import { limits } from '@chartroom/shared'
import type { Database } from 'libsql'
import type { HistoryQuery, HistoryRows } from '../history-rows.ts'
import { BlockTier, blockTierSchema } from './block-tier.ts'
import { HistoryReader } from './history-query.ts'
import { keptSinceSchema } from './kept-since.ts'
import { RawSamples, rawSamplesSchema } from './raw-samples.ts'
import { recentSamples } from './recent-samples.ts'
import { RollUp } from './roll-up.ts'
import { SeriesIds, seriesIdsSchema } from './series-ids.ts'
import type { SampleColumns } from './stored.ts'
import { inTransaction } from './transaction.ts'

// What one small step deletes: some hundredths of a second.
const rowsInStep = 500
const hourMs = 3_600_000
// While a row is being added: should that fail, no row is the last.
const noRow = -1

/** The tables of the history. */
export const historySchema = [
  seriesIdsSchema,
  rawSamplesSchema,
  keptSinceSchema,
  blockTierSchema('bucket_10s'),
  blockTierSchema('bucket_1min'),
].join('')

/** How long samples are kept as they came, in buckets of 10 s, and in buckets of 1 min, ms. */
export interface HistoryKeep {
  readonly rawMs: number
  readonly tensMs: number
  readonly minutesMs: number
}

/** The history over an open database, of which it is the only user of its tables. */
export interface History {
  /** Adds samples, within the caller's transaction. */
  add(group: string, samples: SampleColumns): void
  /** The samples of a group since a time (Unix ms), in the order in which they came. */
  recent(group: string, sinceMs: number): SampleColumns
  /** Answers a query, or a part of it (`after`). */
  query(query: HistoryQuery): HistoryRows
  /** Takes some samples into the tiers, in a transaction of its own; true while there are more. */
  rollUp(): boolean
  /** Deletes a little of what is too old or of a deleted group, in a transaction of its own; true while there is more. */
  trim(nowMs: number): boolean
  /** Deletes a group, within the caller's transaction: it is gone at once, its rows go with `trim`. */
  remove(group: string): void
}

/** Opens the history of a database that has its tables. */
export function createHistory(db: Database, keep: HistoryKeep): History {
  const ids = new SeriesIds(db)
  const raw = new RawSamples(db, keep.rawMs)
  const tiers = [
    new BlockTier(db, { table: 'bucket_10s', widthMs: 10_000, keepMs: keep.tensMs }),
    new BlockTier(db, { table: 'bucket_1min', widthMs: 60_000, keepMs: keep.minutesMs }),
  ]
  const rollUp = new RollUp(ids, raw, tiers)
  const reader = new HistoryReader(ids, raw, tiers)
  // A late sample may be as old as is taken at all; it makes its series no younger than that.
  const keepSeriesMs = Math.max(keep.rawMs, keep.tensMs, keep.minutesMs, limits.maxSampleAgeMs) + hourMs
  let lastRow = raw.lastId()

  function trim(nowMs: number): boolean {
    const removed = ids.removed()
    if (removed !== undefined) {
      removeSome(removed)
      return true
    }
    for (const tier of [raw, ...tiers]) {
      if (tier.dropOld(nowMs, rowsInStep) > 0) return true
    }
    return ids.dropOld(nowMs - keepSeriesMs, rowsInStep)
  }

  function removeSome(group: number): void {
    if (raw.dropOf(group, rowsInStep) > 0) return
    let room = rowsInStep
    for (const { id } of ids.list(group, { limit: rowsInStep })) {
      for (const tier of tiers) room -= tier.dropOf(id, room)
      if (room <= 0) return
      ids.drop(id)
      room--
    }
    if (room === rowsInStep) ids.dropGroup(group)
  }

  return {
    add(group, samples) {
      if (samples.at.length === 0) return
      // A transaction that was rolled back took its row with it, and the ids that were made in it.
      if (raw.lastId() !== lastRow) ids.forget()
      lastRow = noRow
      const id = ids.group(group)
      lastRow = raw.add(id, { ...samples, series: seriesOf(ids, group, samples) })
      rollUp.expect(id)
    },
    recent: (group, sinceMs) => recentSamples(ids, raw, group, sinceMs),
    query: (query) => reader.answer(query),
    rollUp() {
      rollUp.settle(inTransaction(db, () => rollUp.step()))
      return !rollUp.isDone
    },
    trim: (nowMs) => inTransaction(db, () => trim(nowMs)),
    remove: (group) => ids.remove(group),
  }
}

function seriesOf(ids: SeriesIds, group: string, { keys, at, times }: SampleColumns): Uint32Array {
  const newest = new Float64Array(keys.length)
  for (let sample = 0; sample < at.length; sample++) {
    const [key = 0, time = 0] = [at[sample], times[sample]]
    if (time > (newest[key] ?? 0)) newest[key] = time
  }
  // A series may be told of without a sample: it is not made for that.
  const idOf = keys.map((key, index) => (newest[index] ? ids.series(group, key, newest[index]) : 0))
  return at.map((key) => idOf[key] ?? 0)
}
