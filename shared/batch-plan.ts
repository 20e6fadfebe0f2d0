// Owns what batches will do to a group: values, adds, removals, definitions, each batch whole or not at all. It reckons
// only; perform.ts does it.

import type { Effect, PlannedSeries, Recorded } from './change.ts'
import { accept, type Fault, pointerStep, type Result, refuse } from './fault.ts'
import { limits } from './limits.ts'
import type { Batch, Sample } from './sample.ts'
import { type Definition, definitionBytes, saysShow, seriesKey, showFields, showOf } from './series.ts'
import type { GroupState } from './state.ts'

/** The series of a group as they will be after the batches that were planned for it. */
export class BatchPlan {
  readonly #state: GroupState
  /** What the batches so far touch: that of the only one itself, where there is one. */
  #series: ReadonlyMap<string, PlannedSeries> = new Map()
  #own: Map<string, PlannedSeries> | undefined
  #size: Size

  constructor(state: GroupState) {
    this.#state = state
    this.#size = { count: state.series.size, bytes: state.definitionBytes, nextNumber: state.nextNumber }
  }

  /** The number of the next new series. */
  get nextNumber(): number {
    return this.#size.nextNumber
  }

  /** Plans a batch at a revision and a time (Unix ms); `isVisible` is false when it has late samples only. */
  add(samples: Batch, revision: number, time: number): Result<{ effect: Effect; isVisible: boolean }> {
    const touched = new Map<string, PlannedSeries>()
    const removed: number[] = []
    const recorded: Recorded[] = []
    const faults: Fault[] = []
    const size = { ...this.#size }
    let isVisible = false
    for (const [at, sample] of samples.entries()) {
      const key = sample.key ?? seriesKey(sample.metric, sample.labels)
      const old = touched.get(key) ?? this.#find(key) ?? none
      const now = after(old, sample, { revision, time, nextNumber: size.nextNumber })
      const record = recordOf(key, sample, now, revision, time)
      if (record !== undefined) recorded.push(record)
      if (now === old) continue
      if (sample.add !== undefined && !Number.isFinite(now.value)) {
        faults.push({ pointer: `${pointerStep(at)}/add`, message: 'would make the value overflow' })
      }
      isVisible = true
      touched.set(key, now)
      resize(size, old.definition, now.definition)
      if (now.definition === undefined && old.definition !== undefined) removed.push(old.definition.n)
    }
    const fits = this.#fits(size, faults)
    if (!fits.ok) return fits
    this.#size = size
    this.#touch(touched)
    return accept({ effect: { type: 'batch', recorded, series: touched, removed }, isVisible })
  }

  // Most plans are of one batch, of which nothing is copied.
  #touch(touched: ReadonlyMap<string, PlannedSeries>): void {
    if (this.#series.size === 0) {
      this.#series = touched
      return
    }
    this.#own ??= new Map(this.#series)
    for (const [key, series] of touched) this.#own.set(key, series)
    this.#series = this.#own
  }

  #find(key: string): PlannedSeries | undefined {
    return this.#series.get(key) ?? this.#state.series.get(key)
  }

  #fits({ count, bytes }: Size, faults: readonly Fault[]): Result<void> {
    const { series, definitionBytes } = this.#state
    if (faults.length > 0) {
      return refuse('malformed', 'The batch cannot be added.', faults.slice(0, limits.maxFaults))
    }
    if (count > Math.max(limits.maxSeriesPerGroup, series.size)) {
      return refuse('series_limit', `A group has at most ${limits.maxSeriesPerGroup} series.`)
    }
    if (bytes > Math.max(limits.maxDefinitionBytes, definitionBytes)) {
      return refuse('definition_limit', `The definitions of a group take at most ${limits.maxDefinitionBytes} bytes.`)
    }
    return accept(undefined)
  }
}

interface Size {
  count: number
  bytes: number
  nextNumber: number
}

interface Moment {
  readonly revision: number
  readonly time: number
  readonly nextNumber: number
}

const none: PlannedSeries = {
  definition: undefined,
  definedAt: 0,
  value: null,
  valueAt: 0,
  time: Number.NEGATIVE_INFINITY,
}

/** What a sample makes of a series; the same when nobody would see a difference. */
function after(old: PlannedSeries, sample: Sample, moment: Moment): PlannedSeries {
  const { revision } = moment
  if (sample.remove) return old.definition === undefined ? old : none
  const definition = defined(old.definition, sample, moment.nextNumber)
  const definedAt = definition === old.definition ? old.definedAt : revision
  const time = Math.min(sample.time ?? moment.time, moment.time)
  if (sample.add !== undefined) {
    const value = plain((old.value ?? 0) + sample.add)
    return { definition, definedAt, value, valueAt: revision, time: Math.max(time, old.time) }
  }
  const isLate = old.definition !== undefined && time < old.time
  if (!isLate) return { definition, definedAt, value: plain(sample.value ?? null), valueAt: revision, time }
  if (definedAt === old.definedAt) return old
  const { value, valueAt } = old
  return { definition, definedAt, value, valueAt, time: old.time }
}

function recordOf(
  key: string,
  sample: Sample,
  { definition, value, valueAt, time }: PlannedSeries,
  revision: number,
  now: number,
): Recorded | undefined {
  if (sample.remove || definition === undefined) return undefined
  const { n } = definition
  if (valueAt === revision && isShown(sample, time, now)) return { key, n, time, value, revision }
  return { key, n, time: Math.min(sample.time ?? now, now), value: plain(sample.value ?? null), revision: undefined }
}

// Of two samples in a batch the later may be late, and the series still be of this revision by the earlier.
function isShown(sample: Sample, time: number, now: number): boolean {
  return sample.add !== undefined || Math.min(sample.time ?? now, now) >= time
}

// JSON has no minus zero: what was shown must equal what a receiver reads.
function plain(value: number | null): number | null {
  return value === 0 ? 0 : value
}

// Most samples leave the definition as it was, and to measure one is to encode it.
function resize(size: Size, old: Definition | undefined, now: Definition | undefined): void {
  if (old !== undefined && old === now) return
  size.count += Number(now !== undefined) - Number(old !== undefined)
  size.bytes += bytesOf(now) - bytesOf(old)
  if (old === undefined) size.nextNumber++
}

function bytesOf(definition: Definition | undefined): number {
  return definition === undefined ? 0 : definitionBytes(definition)
}

// What a sample does not say stays as it was: a producer need not repeat itself.
function defined(old: Definition | undefined, sample: Sample, n: number): Definition {
  if (old === undefined) {
    const { metric, labels } = sample
    const isLabelled = labels !== undefined && Object.keys(labels).length > 0
    return { n, metric, ...(isLabelled ? { labels } : {}), ...showOf(sample) }
  }
  if (!saysShow(sample)) return old
  const isSame = showFields.every((field) => sample[field] === undefined || sample[field] === old[field])
  return isSame ? old : { ...old, ...showOf(sample) }
}
