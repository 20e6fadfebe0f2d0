// Owns the quick way into a batch. A producer repeats itself: up to its value, a sample is the same text in every batch.
// What such a text says is read once, by the schema, and known by the text from then on. Whatever is in any way unusual
// is no matter of this file: the whole body is then read as if it were not there. How a text is walked is sample-walk.ts's.

import { type KeyedSample, type Labels, limits, type Show, saysShow, seriesKey, showOf } from '@chartroom/shared'
import { decodeSample } from './sample.ts'
import { whyNotTime } from './sample-time.ts'
import { SampleWalk } from './sample-walk.ts'

// All series of a few full groups; when there are more, it begins anew. A text is some 60 characters, and may have any
// fields besides: longer ones are not kept, so that all take 10 MB at most.
const maxKnown = 10_000
const maxOpeningLength = 1_000
// Who sends other names each time is no quicker for being learned from: a batch teaches so many texts.
const maxLearned = 200

/** What a sample says besides its value. All have one shape, which is what makes them quick to read. */
interface Known {
  /** From its brace to its value. */
  readonly opening: string
  /** What stood behind it the last time: batches have an order, and to compare is quicker than to look up. */
  next: Known | undefined
  readonly metric: string
  readonly labels: Labels | undefined
  readonly key: string
  readonly show: Show | undefined
}

type Timed = KeyedSample & { time?: number }

/** The texts with which samples began so far, each up to its value. */
export class KnownSamples {
  readonly #known = new Map<string, Known>()
  #learned = 0

  /**
   * Reads a JSON array of samples, or one a line; undefined says nothing of the body but that it is to be read
   * otherwise. `now` is Unix ms.
   */
  read(text: string, form: 'array' | 'lines', now: number): KeyedSample[] | undefined {
    this.#learned = 0
    const walk = new SampleWalk(text)
    if (form === 'array' && !walk.pass('[')) return undefined
    const samples: KeyedSample[] = []
    for (let known = this.#knownAt(walk, undefined, now); ; known = this.#knownAt(walk, known, now)) {
      const sample = known === undefined ? undefined : sampleOf(known, walk, now)
      if (sample === undefined || samples.length >= limits.maxSamplesPerBatch) return undefined
      samples.push(sample)
      if (form === 'array' ? walk.closes(']') : walk.isAtEnd) return samples
      if (!walk.pass(form === 'array' ? ',' : '\n')) return undefined
      if (form === 'array') walk.pass(' ')
      else if (walk.isAtEnd) return samples
    }
  }

  #knownAt(walk: SampleWalk, last: Known | undefined, now: number): Known | undefined {
    if (last?.next !== undefined && walk.passText(last.next.opening)) return last.next
    const opening = walk.opening()
    const known = opening === undefined ? undefined : (this.#known.get(opening) ?? this.#learn(opening, now))
    if (last !== undefined) last.next = known
    return known
  }

  #learn(opening: string, now: number): Known | undefined {
    if (++this.#learned > maxLearned || opening.length > maxOpeningLength) return undefined
    const known = knownOf(opening, now)
    if (known === undefined) return undefined
    if (this.#known.size >= maxKnown) this.#known.clear()
    this.#known.set(known.opening, known)
    return known
  }
}

function sampleOf({ metric, labels, key, show }: Known, walk: SampleWalk, now: number): KeyedSample | undefined {
  const value = walk.value()
  if (value === undefined) return undefined
  const sample: Timed = show === undefined ? { metric, labels, key, value } : { metric, labels, key, value, ...show }
  if (walk.pass('}')) return sample
  const time = walk.time()
  if (time === undefined || whyNotTime(time, now) !== undefined || !walk.pass('}')) return undefined
  sample.time = time
  return sample
}

// What a text says that a value and a brace would complete.
function knownOf(piece: string, now: number): Known | undefined {
  const parsed = parsedOf(`${piece}0}`)
  const decoded = parsed === undefined ? undefined : decodeSample(parsed, now)
  if (!decoded?.ok || decoded.value.value !== 0 || decoded.value.time !== undefined) return undefined
  const { metric, labels } = decoded.value
  const show = saysShow(decoded.value) ? showOf(decoded.value) : undefined
  // A piece of a text keeps all of it in memory.
  const opening = Buffer.from(piece).toString()
  return { opening, next: undefined, metric, labels, key: seriesKey(metric, labels), show }
}

function parsedOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
