// Owns who I am to the others: my name, and the secret that holds it; it does not know what the server granted.

import { hasVisible, limits, shownName } from '@chartroom/shared'
import type { Kept } from './kept.ts'

const nameKey = 'chartroom.name'
const secretKey = 'chartroom.secret'
const secretBytes = 16

/** Why a text cannot be a name. */
export type NameFault = 'missing' | 'unfit'

/** The reader of this browser, the same in every group and after a reload. */
export class Self {
  /** 128 bits that hold the name; made once. */
  readonly secret: string
  readonly #kept: Kept
  readonly #listeners = new Set<(name: string) => void>()
  #name: string | undefined

  /** `fillRandom` fills the bytes with randomness: `crypto.getRandomValues`, which plain http has too. */
  constructor(kept: Kept, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void) {
    this.#kept = kept
    this.#name = validName(kept.read(nameKey) ?? '')
    this.secret = validSecret(kept.read(secretKey)) ?? this.#makeSecret(fillRandom)
  }

  /** What I asked to be called; undefined until I wrote for the first time. */
  get name(): string | undefined {
    return this.#name
  }

  /** Takes a name and tells the listeners, or says why it cannot be one. */
  take(text: string): NameFault | undefined {
    if (!hasVisible(text)) return 'missing'
    const name = validName(text)
    if (name === undefined) return 'unfit'
    this.#name = name
    this.#kept.write(nameKey, name)
    for (const listener of this.#listeners) listener(name)
    return undefined
  }

  /** Calls the listener with each name that is taken; returns the undo. */
  onName(listener: (name: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #makeSecret(fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void): string {
    const bytes = new Uint8Array(secretBytes)
    fillRandom(bytes)
    const secret = base64Url(bytes)
    this.#kept.write(secretKey, secret)
    return secret
  }
}

function validName(text: string): string | undefined {
  const name = shownName.safeParse(text.trim())
  return name.success ? name.data : undefined
}

function validSecret(text: string | undefined): string | undefined {
  return text !== undefined && text.length > 0 && text.length <= limits.maxKeyLength ? text : undefined
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
