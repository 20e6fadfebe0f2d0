// Owns how often the page can draw what comes, by how long its frames took; asking for updates so often is hidden.ts's.

import { limits } from '@chartroom/shared'
import { longFrameMs, scheduler } from './scheduler.ts'

// Of the time, in frames that were long because charts were drawn in them: above the first part a pace is given up, for
// one at which it is the second, as far as one can tell.
const strainedPart = 0.55
const restedPart = 0.4
// So long, and three updates, it looks before it judges.
const leastLookMs = 2_000
// A frame of a page that slept, or of a debugger, says nothing of the next.
const longestFrameMs = 500
// A quicker pace is not tried before this; each time that it was tried in vain, the double.
const patienceMs = 10_000
const mostPatienceMs = 80_000
// Numbers that come more seldom would be taken for numbers that stand still.
const slowestMs = 5_000

/** The page's stride: the pace at which it follows its groups, which is its reader's as long as it can keep that. */
export class Stride {
  readonly #now: () => number
  readonly #listeners = new Set<() => void>()
  #wantedMs: number = limits.defaultPaceMs
  /** It follows no quicker than this. */
  #leastMs = 0
  #longMs = 0
  /** What a page draws first, with code that never ran before, says nothing of the rest. */
  #hasBegun = false
  #lookedAt: number
  #slowedAt = Number.NEGATIVE_INFINITY
  #patienceMs = patienceMs
  /** Whether the last change was to a quicker pace. */
  #isTrying = false

  /** `now` is monotonic, ms. */
  constructor(now: () => number) {
    this.#now = now
    this.#lookedAt = now()
  }

  /** The pace to follow at, ms. */
  get paceMs(): number {
    return Math.max(this.#wantedMs, this.#leastMs)
  }

  /** Whether it is slower than its reader wants. */
  get isSlowed(): boolean {
    return this.#leastMs > this.#wantedMs
  }

  /** Calls the listener when it slows down, and when it need not any more; returns the undo. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The reader wants this pace, ms. */
  want(paceMs: number): void {
    if (paceMs === this.#wantedMs) return
    this.#wantedMs = paceMs
    this.#lookAnew()
  }

  /** A frame in which charts were drawn took so long, ms. */
  take(tookMs: number): void {
    if (tookMs >= longFrameMs) this.#longMs += Math.min(tookMs, longestFrameMs)
    const lookMs = this.#now() - this.#lookedAt
    const wholeMs = Math.max(leastLookMs, 3 * this.paceMs)
    if (lookMs < wholeMs) return
    const part = this.#longMs / lookMs
    this.#lookAnew()
    // Nobody looked at the page meanwhile, or nothing happened on it.
    if (this.#hasBegun && lookMs < 3 * wholeMs) this.#judge(part)
    this.#hasBegun = true
  }

  #judge(part: number): void {
    // What an update costs is the same at every pace.
    const paceMs = paceFor((part * this.paceMs) / restedPart)
    if (part > strainedPart) this.#slowDown(paceMs)
    else if (this.isSlowed && this.#now() - this.#slowedAt >= this.#patienceMs) this.#quicken(paceMs)
  }

  #slowDown(paceMs: number): void {
    if (paceMs <= this.paceMs) return
    this.#slowedAt = this.#now()
    if (this.#isTrying) this.#patienceMs = Math.min(2 * this.#patienceMs, mostPatienceMs)
    this.#isTrying = false
    this.#limit(paceMs)
  }

  #quicken(paceMs: number): void {
    if (paceMs >= this.#leastMs) return
    this.#isTrying = true
    this.#limit(paceMs)
  }

  #limit(paceMs: number): void {
    this.#leastMs = paceMs
    for (const listener of [...this.#listeners]) listener()
  }

  #lookAnew(): void {
    this.#longMs = 0
    this.#lookedAt = this.#now()
  }
}

function paceFor(ms: number): number {
  return limits.pacesMs.find((paceMs) => paceMs >= Math.min(ms, slowestMs)) ?? slowestMs
}

/** The stride of this page. */
export const stride = new Stride(() => performance.now())
scheduler.onFrame((tookMs) => stride.take(tookMs))
