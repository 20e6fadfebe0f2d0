// Owns my messages that the server has not taken yet, as this browser keeps them: a text for each. It sends nothing.

import { type AnnotationDraft, annotationDraft } from '@chartroom/shared'
import type { Kept } from '../kept.ts'
import type { Claims } from './claims.ts'

/** A message with the key that makes sending it again safe, and when it was written (Unix ms). */
export interface KeptDraft {
  readonly key: string
  readonly draft: AnnotationDraft
  readonly time: number
}

/** As many as a replica lets wait; of more, the oldest are forgotten. */
const maxDrafts = 100
const keyBytes = 16

/** What I wrote to one group and nobody has taken, over reloads. */
export class KeptDrafts {
  readonly #kept: Kept
  readonly #claims: Claims
  readonly #prefix: string

  constructor(kept: Kept, claims: Claims, group: string) {
    this.#kept = kept
    this.#claims = claims
    this.#prefix = `chartroom.unsent.${group}.`
  }

  /** Keeps a message under this key, or under a new one. */
  keep(draft: AnnotationDraft, time: number, key: string = createKey()): KeptDraft {
    void this.#claims.take(this.#prefix + key)
    this.#kept.write(this.#prefix + key, JSON.stringify({ time, draft }))
    return { key, draft, time }
  }

  /** Forgets one: it was taken, or dropped. */
  forget(key: string): void {
    this.#kept.remove(this.#prefix + key)
    this.#claims.release(this.#prefix + key)
  }

  /** What an earlier page left behind and no other page of this browser is about to send, oldest first. */
  async adopt(): Promise<readonly KeptDraft[]> {
    const found = this.#kept
      .keys(this.#prefix)
      .flatMap((name) => this.#read(name) ?? [])
      .sort((a, b) => a.time - b.time)
    for (const { key } of found.slice(0, -maxDrafts)) this.forget(key)
    const claimed = await Promise.all(found.slice(-maxDrafts).map((one) => this.#claim(one)))
    return claimed.filter((one) => one !== undefined)
  }

  // Whoever had it may have sent it meanwhile.
  async #claim(one: KeptDraft): Promise<KeptDraft | undefined> {
    const name = this.#prefix + one.key
    if (!(await this.#claims.take(name))) return undefined
    if (this.#kept.read(name) !== undefined) return one
    this.#claims.release(name)
    return undefined
  }

  #read(name: string): KeptDraft | undefined {
    const read = parse(this.#kept.read(name))
    const key = name.slice(this.#prefix.length)
    if (read === undefined) this.forget(key)
    return read && { key, ...read }
  }
}

// Another version of the page, or a person, may have written there: what is no message is forgotten.
function parse(text: string | undefined): Omit<KeptDraft, 'key'> | undefined {
  try {
    const parsed: unknown = JSON.parse(text ?? '')
    if (parsed === null || typeof parsed !== 'object' || !('time' in parsed) || !('draft' in parsed)) return undefined
    const draft = annotationDraft.safeParse(parsed.draft)
    return draft.success && typeof parsed.time === 'number' ? { time: parsed.time, draft: draft.data } : undefined
  } catch {
    // No JSON.
    return undefined
  }
}

// 128 random bits: nobody else writes under this key.
function createKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(keyBytes))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
