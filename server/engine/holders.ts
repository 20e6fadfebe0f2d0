// Owns who holds which name in one group: first come, by a secret, until 30 days after the last use. It lives with the
// group and not with the links, because a holder outlives the session (and, with a disk, the process).

import { codePoints, limits } from '@chartroom/shared'

const holdMs = 30 * 86_400_000
// Beyond this the longest unused go before their time: a bound on memory, not a promise.
const maxHolders = 10_000
// What a message over HTTP is signed with that names no author: nobody may hold it.
const reserved = new Set(['anonymous'])

interface Holder {
  /** Who holds it: a short name for a secret. */
  readonly person: string
  readonly usedAt: number
}

/** Somebody asking for a name. */
export interface Claim {
  readonly name: string
  /** A short name for their secret; undefined when they have none, and can hold nothing. */
  readonly person: string | undefined
  /** Whether another name will not do: then a held one is refused, and not numbered. @default false */
  readonly isExact?: boolean
}

/** The name that somebody got; `isHeld` when it is theirs by their secret. */
export interface Granted {
  readonly name: string
  readonly isHeld: boolean
}

/** The names of one group that somebody holds. */
export class Holders {
  /** By canonical name, the longest unused first. */
  readonly #held = new Map<string, Holder>()

  /** The name for a claim at a time (Unix ms), held from now on by who has a secret; undefined: it is another's. */
  grant({ name, person, isExact = false }: Claim, now: number): Granted | undefined {
    this.#forget(now)
    for (let number = 1; ; number++) {
      const variant = variantOf(name, number)
      const canonical = canonicalName(variant)
      if (this.#isOpen(canonical, person)) {
        if (person !== undefined) this.#hold(canonical, person, now)
        return { name: variant, isHeld: person !== undefined }
      }
      if (isExact) return undefined
    }
  }

  // A reserved name is open to whoever can hold nothing.
  #isOpen(canonical: string, person: string | undefined): boolean {
    if (reserved.has(canonical)) return person === undefined
    const holder = this.#held.get(canonical)
    return holder === undefined || holder.person === person
  }

  #hold(canonical: string, person: string, now: number): void {
    this.#held.delete(canonical)
    this.#held.set(canonical, { person, usedAt: now })
  }

  #forget(now: number): void {
    for (const [canonical, { usedAt }] of this.#held) {
      if (this.#held.size <= maxHolders && now - usedAt < holdMs) return
      this.#held.delete(canonical)
    }
  }
}

/** The form in which names are compared: case, width and white space tell no two people apart. */
export function canonicalName(name: string): string {
  return name.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/g, ' ').trim()
}

// The number must fit the limit too, so a long name gives way to it.
function variantOf(name: string, number: number): string {
  if (number === 1) return name
  const suffix = ` ${number}`
  if (codePoints(name) + suffix.length <= limits.maxNameLength) return name + suffix
  return (
    [...name]
      .slice(0, limits.maxNameLength - suffix.length)
      .join('')
      .trimEnd() + suffix
  )
}
