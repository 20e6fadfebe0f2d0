// Owns what a batch does to a group: values, adds, removals, definitions, all or nothing. commit.ts counts.

import { utf8Bytes } from './bytes.ts'
import { accept, type Fault, pointerStep, type Result, refuse } from './fault.ts'
import { limits } from './limits.ts'
import type { Batch, Sample } from './sample.ts'
import { type Definition, type Show, seriesKey, showFields } from './series.ts'
import { addSeries, dropSeries, type GroupState, rememberRemoval, type Series } from './state.ts'

/** What the batch would leave behind, reckoned before anything is touched. */
interface Plan {
  seriesCount: number
  definitionBytes: number
  readonly definitions: Map<string, Definition | null>
  readonly present: Map<string, Present>
}

interface Present {
  readonly value: number
  readonly time: number
}

/** Does the batch to the group as revision `state.revision + 1`; `isVisible` is false when only late samples came. */
export function commitBatch(state: GroupState, samples: Batch, time: number): Result<{ isVisible: boolean }> {
  const planned = plan(state, samples, time)
  if (!planned.ok) return planned
  const revision = state.revision + 1
  let isVisible = false
  for (const sample of samples) {
    if (apply(state, sample, time, revision)) isVisible = true
  }
  return accept({ isVisible })
}

function plan(state: GroupState, samples: Batch, time: number): Result<Plan> {
  const reckoned: Plan = {
    seriesCount: state.series.size,
    definitionBytes: state.definitionBytes,
    definitions: new Map(),
    present: new Map(),
  }
  const faults: Fault[] = []
  for (const [at, sample] of samples.entries()) {
    const key = seriesKey(sample.metric, sample.labels)
    const present = presentAfter(reckoned.present.get(key) ?? state.series.get(key), sample, time)
    reckoned.present.set(key, present)
    if (sample.add !== undefined && !Number.isFinite(present.value)) {
      faults.push({ pointer: `${pointerStep(at)}/add`, message: 'would make the value overflow' })
    }
    reckonDefinition(state, reckoned, key, sample)
  }
  if (faults.length > 0) {
    return refuse('malformed', 'The batch cannot be added.', faults.slice(0, limits.maxFaults))
  }
  if (reckoned.seriesCount > Math.max(limits.maxSeriesPerGroup, state.series.size)) {
    return refuse('series_limit', `A group has at most ${limits.maxSeriesPerGroup} series.`)
  }
  if (reckoned.definitionBytes > Math.max(limits.maxDefinitionBytes, state.definitionBytes)) {
    return refuse('definition_limit', `The definitions of a group take at most ${limits.maxDefinitionBytes} bytes.`)
  }
  return accept(reckoned)
}

const none: Present = { value: 0, time: Number.NEGATIVE_INFINITY }

function presentAfter(old: { value: number | null; time: number } = none, sample: Sample, now: number): Present {
  if (sample.remove) return none
  const value = old.value ?? 0
  const time = Math.min(sample.time ?? now, now)
  if (sample.add !== undefined) return { value: value + sample.add, time: Math.max(time, old.time) }
  return time >= old.time ? { value: sample.value ?? 0, time } : { value, time: old.time }
}

function reckonDefinition(state: GroupState, plan: Plan, key: string, sample: Sample): void {
  const planned = plan.definitions.get(key)
  const old = planned === undefined ? (state.series.get(key)?.definition ?? null) : planned
  const now = sample.remove ? null : defined(old, sample, state.nextNumber + plan.seriesCount)
  if (now === old) return
  plan.definitions.set(key, now)
  plan.seriesCount += Number(now !== null) - Number(old !== null)
  plan.definitionBytes += bytesOf(now) - bytesOf(old)
}

function apply(state: GroupState, sample: Sample, now: number, revision: number): boolean {
  const key = seriesKey(sample.metric, sample.labels)
  const old = state.series.get(key)
  if (sample.remove) return old !== undefined && remove(state, old, revision)
  const series = old ?? begin(state, sample, revision)
  const isDefined = old !== undefined && redefine(state, old, sample, revision)
  const time = Math.min(sample.time ?? now, now)
  if (sample.add !== undefined)
    return show(series, (series.value ?? 0) + sample.add, Math.max(time, series.time), revision)
  const value = sample.value ?? null
  if (old === undefined || time >= series.time) return show(series, value, time, revision)
  series.ring.add(time, value)
  return isDefined
}

function show(series: Series, value: number | null, time: number, revision: number): true {
  // JSON has no minus zero: what was shown must equal what a receiver reads.
  series.value = value === 0 ? 0 : value
  series.valueAt = revision
  series.time = time
  series.ring.add(time, value, revision)
  return true
}

function begin(state: GroupState, sample: Sample, revision: number): Series {
  const definition = defined(null, sample, state.nextNumber)
  state.nextNumber++
  state.definitionBytes += bytesOf(definition)
  return addSeries(state, definition, revision)
}

function redefine(state: GroupState, series: Series, sample: Sample, revision: number): boolean {
  const now = defined(series.definition, sample, series.definition.n)
  if (now === series.definition) return false
  state.definitionBytes += bytesOf(now) - bytesOf(series.definition)
  series.definition = now
  series.definedAt = revision
  return true
}

function remove(state: GroupState, series: Series, revision: number): true {
  dropSeries(state, series)
  state.definitionBytes -= bytesOf(series.definition)
  rememberRemoval(state, series.definition.n, revision)
  return true
}

// What a sample does not say stays as it was: a producer need not repeat itself.
function defined(old: Definition | null, sample: Sample, n: number): Definition {
  if (old === null) {
    const { metric, labels } = sample
    const isLabelled = labels !== undefined && Object.keys(labels).length > 0
    return { n, metric, ...(isLabelled ? { labels } : {}), ...showOf(sample) }
  }
  const isSame = showFields.every((field) => sample[field] === undefined || sample[field] === old[field])
  return isSame ? old : { ...old, ...showOf(sample) }
}

function showOf(sample: Sample): Show {
  return Object.fromEntries(
    showFields.flatMap((field) => (sample[field] === undefined ? [] : [[field, sample[field]]])),
  )
}

function bytesOf(definition: Definition | null): number {
  return definition === null ? 0 : utf8Bytes(JSON.stringify(definition)) + 1
}
