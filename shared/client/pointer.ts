// Owns what this client says its person attends to, kept over connections and sent at most twice a second.

import type { PointEnvelope } from '../client-envelopes.ts'
import type { Platform, Undo } from './platform.ts'
import type { Uplink } from './requests.ts'

/** What somebody attends to: the chart they look at (`null`: none), that they type, that no page of theirs is in view. */
export type Attention = Partial<Pick<PointEnvelope, 'metric' | 'typing' | 'away'>>

const throttleMs = 500

/** Says what a person attends to in one group. */
export class Pointer {
  readonly #platform: Platform
  readonly #group: string
  #uplink: Uplink | undefined
  /** All that was said, for the next connection. */
  #said: Attention = {}
  /** What waits for its time. */
  #pending: Attention | undefined
  #cancel: Undo | undefined

  constructor(platform: Platform, group: string) {
    this.#platform = platform
    this.#group = group
  }

  /** Says something more; what is not named stays. */
  point(attention: Attention): void {
    this.#said = { ...this.#said, ...attention }
    this.#pending = { ...this.#pending, ...attention }
    if (this.#cancel === undefined) this.#flush()
  }

  /** A session began: it is told all there is. */
  attach(uplink: Uplink): void {
    this.#uplink = uplink
    this.#pending = Object.keys(this.#said).length === 0 ? undefined : this.#said
    this.#flush()
  }

  detach(): void {
    this.#uplink = undefined
    this.#cancel?.()
    this.#cancel = undefined
  }

  #flush(): void {
    this.#cancel = undefined
    if (this.#pending === undefined || this.#uplink === undefined) return
    const attention = this.#pending
    this.#pending = undefined
    // It may be told late or not at all: no answer changes anything.
    this.#uplink.request({ type: 'point', group: this.#group, ...attention }, () => {})
    this.#cancel = this.#platform.setTimer(() => this.#flush(), throttleMs)
  }
}
