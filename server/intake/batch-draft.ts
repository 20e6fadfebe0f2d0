// Owns a batch while it is being read: its samples and its faults so far. What the bytes look like is its reader's.

import { accept, type Batch, type Fault, limits, type Result, refuse, type Sample } from '@chartroom/shared'
import { decodeSample } from './sample.ts'

// Longer than any place whose names are within limits, escapes included; a name of megabytes is not told 20 times.
const maxPointerLength = 2_000

/** A batch that is being read. Its faults are gathered, so that a producer mends them at once. */
export class BatchDraft {
  readonly #now: number
  readonly #samples: Sample[] = []
  readonly #faults: Fault[] = []

  /** `now` is the server's clock, Unix ms. */
  constructor(now: number) {
    this.#now = now
  }

  /** Whether reading on would tell nothing more. */
  get isFull(): boolean {
    return this.#faults.length >= limits.maxFaults || this.#samples.length > limits.maxSamplesPerBatch
  }

  /** Takes a parsed JSON value as a sample, or else its faults; `place` says where in the body it stands. */
  takeSample(value: unknown, place: () => string): void {
    const decoded = decodeSample(value, this.#now)
    if (decoded.ok) this.#samples.push(decoded.value)
    else for (const { pointer, message } of decoded.refusal.faults ?? []) this.addFault(place() + pointer, message)
  }

  /** Takes a number of a metric, or of one of its categories; `pointer` is its place in the body. */
  takeNumber(metric: string, category: string | undefined, value: number | null, pointer: string): void {
    const labels = category === undefined ? {} : { labels: { category } }
    const decoded = decodeSample({ metric, ...labels, value }, this.#now)
    if (decoded.ok) this.#samples.push(decoded.value)
    else for (const fault of decoded.refusal.faults ?? []) this.addFault(pointer, partMessage(fault))
  }

  /** Notes a fault that is no sample's own. */
  addFault(pointer: string, message: string): void {
    if (this.#faults.length >= limits.maxFaults) return
    const isLong = pointer.length > maxPointerLength
    this.#faults.push({ pointer: isLong ? `${pointer.slice(0, maxPointerLength)}…` : pointer, message })
  }

  /** The batch, or why nothing of it is taken. */
  result(): Result<Batch> {
    const { length } = this.#samples
    if (length > limits.maxSamplesPerBatch)
      return this.#refuseWhole(`has more than ${limits.maxSamplesPerBatch} samples`)
    if (this.#faults.length > 0)
      return refuse('malformed', 'The batch has faults: nothing of it was taken.', this.#faults)
    return length === 0 ? this.#refuseWhole('holds no sample') : accept(this.#samples)
  }

  #refuseWhole(message: string): Result<never> {
    return refuse('malformed', `The batch ${message}.`, [{ pointer: '', message }])
  }
}

// In these forms a metric's name and its category stand in one place.
function partMessage({ pointer, message }: Fault): string {
  if (pointer === '/metric') return `the metric's name ${message}`
  return pointer === '/value' ? 'is out of range' : `the category ${message}`
}
