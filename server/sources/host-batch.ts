// Owns which charts the host shows: a reading and the server's own facts become a batch; it measures nothing.

import { type Batch, type Sample, type Show, seriesKey } from '@chartroom/shared'
import type { HostReading } from './host-reading.ts'

/** What the server knows of itself. */
export interface HostFacts {
  readonly people: number
  readonly messagesPerMinute: number
  /** The longest delay of the event loop since the last batch, ms. */
  readonly loopDelayMs: number
}

// More bars than this are a list that nobody reads.
const maxBars = 16
const loadSpans = ['1 min', '5 min', '15 min']

// The order is that of the questions one asks of a machine: is it busy, where, is it full, what moves, do we hold.
const charts = {
  cpu: { title: 'CPU', unit: '%', min: 0, max: 100, as: 'gauge', order: 1 },
  cpu_core: { title: 'CPU by core', unit: '%', min: 0, max: 100, as: 'bar', order: 2 },
  memory: { title: 'Memory', unit: 'B', min: 0, as: 'pie', order: 3 },
  network: { title: 'Network', unit: 'B/s', as: 'line', order: 4 },
  load: { title: 'Load average', as: 'line', order: 5 },
  disk: { title: 'Disk', unit: 'B/s', as: 'line', order: 6 },
  loop_delay: { title: 'Event loop delay', unit: 'ms', as: 'number', order: 7 },
  conversation: { title: 'Conversation', as: 'bar', order: 8 },
} as const satisfies Record<string, Show>

/** The samples of one moment; what the reading does not hold is left out. */
export function hostBatch(reading: HostReading | undefined, facts: HostFacts): Batch {
  return [
    ...coreSamples(reading?.cores),
    ...memorySamples(reading?.memory),
    ...flowSamples('network', reading?.network, 'received', 'sent'),
    ...loadSamples(reading?.loads),
    ...flowSamples('disk', reading?.disk, 'read', 'written'),
    sampleOf('loop_delay', tenths(facts.loopDelayMs)),
    sampleOf('conversation', facts.people, { what: 'people connected' }),
    sampleOf('conversation', facts.messagesPerMinute, { what: 'messages a minute' }),
  ]
}

/** A gap for each series that the last batch had and this one does not: said once, then the series is silent. */
export function gapsBetween(last: Batch, batch: Batch): Batch {
  const present = new Set(batch.map(({ metric, labels }) => seriesKey(metric, labels)))
  return last
    .filter(({ metric, labels, value }) => value !== null && !present.has(seriesKey(metric, labels)))
    .map((sample) => ({ ...sample, value: null }))
}

function coreSamples(cores: readonly number[] = []): Batch {
  if (cores.length === 0) return []
  const size = Math.ceil(cores.length / maxBars)
  const bars = Array.from({ length: Math.ceil(cores.length / size) }, (_, bar) => {
    const first = bar * size
    const some = cores.slice(first, first + size)
    return sampleOf('cpu_core', tenths(mean(some)), { core: coreName(first, first + some.length - 1) })
  })
  return [sampleOf('cpu', tenths(mean(cores))), ...bars]
}

function coreName(first: number, last: number): string {
  return first === last ? `core ${first}` : `cores ${first}–${last}`
}

function memorySamples(memory: HostReading['memory']): Batch {
  if (memory === undefined) return []
  const { total, programs, free } = memory
  const cache = total - programs - free
  return [
    { ...sampleOf('memory', programs, { use: 'programs' }), max: total },
    // Not every system tells what it caches.
    ...(cache > 0 ? [{ ...sampleOf('memory', cache, { use: 'cache' }), max: total }] : []),
    { ...sampleOf('memory', free, { use: 'free' }), max: total },
  ]
}

function loadSamples(loads: readonly number[] = []): Batch {
  return loadSpans.flatMap((over, at) => {
    const load = loads[at]
    return load === undefined ? [] : [sampleOf('load', Math.round(load * 100) / 100, { over })]
  })
}

function flowSamples(metric: 'network' | 'disk', flow: HostReading['network'], inward: string, outward: string): Batch {
  if (flow === undefined) return []
  return [
    sampleOf(metric, Math.round(flow.in), { direction: inward }),
    sampleOf(metric, Math.round(flow.out), { direction: outward }),
  ]
}

function sampleOf(metric: keyof typeof charts, value: number, labels?: Sample['labels']): Sample {
  return { metric, ...(labels === undefined ? {} : { labels }), value, ...charts[metric] }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}
