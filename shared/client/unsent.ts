// Owns what was written and is not acknowledged yet: kept over reconnects, sent in order, each once.

import { accept, type Refusal, type Result, refuse } from '../fault.ts'
import type { AckEnvelope } from '../server-envelopes.ts'
import type { Platform, Undo } from './platform.ts'
import type { Answer, Uplink } from './requests.ts'
import type { Written } from './written.ts'

/** How many may wait: more than anybody writes by hand while the network is away. */
export const maxUnsent = 100

// How long to leave a server alone that refused for now.
const retryMs = 5_000

interface Entry {
  readonly written: Written
  readonly settle: (result: Result<AckEnvelope>) => void
  readonly result: Promise<Result<AckEnvelope>>
  state: 'waiting' | 'sent'
}

/** The messages, edits, reactions and arrangings of one group that are on their way. */
export class Unsent {
  readonly #platform: Platform
  readonly #entries = new Map<string, Entry>()
  #uplink: Uplink | undefined
  #ended: Refusal | undefined
  #cancelRetry: Undo | undefined

  constructor(platform: Platform) {
    this.#platform = platform
  }

  /** Takes what is to be sent now or when it can be; settled when it is acknowledged or refused for good. */
  add(written: Written): Promise<Result<AckEnvelope>> {
    if (this.#ended !== undefined) return Promise.resolve({ ok: false, refusal: this.#ended })
    const known = this.#entries.get(written.key)
    if (known !== undefined) return known.result
    if (this.#entries.size >= maxUnsent) return Promise.resolve(full)
    let settle: Entry['settle'] = () => {}
    const result = new Promise<Result<AckEnvelope>>((resolve) => {
      settle = resolve
    })
    this.#entries.set(written.key, { written, settle, result, state: 'waiting' })
    this.#flush()
    return result
  }

  /** There is a connection: all that waits goes out, in the order in which it was written. */
  attach(uplink: Uplink): void {
    this.#uplink = uplink
    this.#flush()
  }

  /** The connection is gone, and another may come: it is not known what arrived, so all goes again, with its key. */
  detach(): void {
    this.#uplink = undefined
    this.#ended = undefined
    this.#cancelRetry?.()
    this.#cancelRetry = undefined
    for (const entry of this.#entries.values()) entry.state = 'waiting'
  }

  /** Nothing will be sent any more: all that waits is refused, and what is written later too. */
  end(refusal: Refusal): void {
    this.detach()
    this.#ended = refusal
    for (const key of [...this.#entries.keys()]) this.#settle(key, { ok: false, refusal })
  }

  // What was refused for now holds up what was written after it: of two edits the second must win.
  #flush(): void {
    const uplink = this.#uplink
    if (uplink === undefined || this.#cancelRetry !== undefined) return
    for (const entry of this.#entries.values()) {
      if (entry.state === 'sent') continue
      entry.state = 'sent'
      uplink.request(entry.written, (answer) => {
        if (uplink === this.#uplink) this.#handleAnswer(entry, answer)
      })
    }
  }

  #handleAnswer(entry: Entry, answer: Answer): void {
    const { key } = entry.written
    if (answer.ok) this.#settle(key, accept(answer.value))
    else if (!answer.isTemporary) this.#settle(key, { ok: false, refusal: answer.refusal })
    else this.#retry(entry)
  }

  #retry(entry: Entry): void {
    entry.state = 'waiting'
    this.#cancelRetry ??= this.#platform.setTimer(() => {
      this.#cancelRetry = undefined
      this.#flush()
    }, retryMs)
  }

  #settle(key: string, result: Result<AckEnvelope>): void {
    const entry = this.#entries.get(key)
    this.#entries.delete(key)
    entry?.settle(result)
  }
}

const full = refuse('closing', `${maxUnsent} messages and edits wait for the connection already: try again later.`)
