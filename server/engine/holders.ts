// Owns who holds which name in one group: first come, by a secret, until 30 days after the last use. It lives with the
// group and not with the links, because a holder outlives the session (and, with a disk, the process).

import { canonicalName, limits } from '@chartroom/shared'

const holdMs = 30 * 86_400_000
// A use this soon after the last one is no news: who polls would have their name written with each request.
const restMs = 60_000
// Beyond this the longest unused go before their time: a bound on memory, not a promise.
const maxHolders = 10_000
// More numbers than there can be holders.
const maxDigits = 5
// What a message over HTTP is signed with that names no author: nobody holds it, and no link is given it.
const reserved = new Set(['anonymous'])
/** What the server itself is called where it puts a board from a file: nobody else is, over HTTP either. */
export const boardsName = 'boards'

interface Holder {
  /** Who holds it: a short name for a secret. */
  readonly person: string
  readonly usedAt: number
  /** As it was granted. */
  readonly name: string
  /** The canonical name that they asked for. */
  readonly asked: string
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

/** A name that is held, as it is stored. */
export interface HeldName extends Holder {
  readonly canonical: string
}

/** A name that somebody held, by its canonical form. */
export interface LostName {
  readonly canonical: string
  readonly person: string
}

/** What changed of the names since it was last taken: first they were lost, perhaps to be held by others then. */
export interface HolderChanges {
  readonly held: readonly HeldName[]
  readonly lost: readonly LostName[]
}

/** The names of one group that somebody holds. */
export class Holders {
  /** By canonical name, the longest unused first. */
  readonly #held = new Map<string, Holder>()
  /** The canonical names with a number, by who holds them and what they asked for. */
  readonly #numbered = new Map<string, string>()
  /** The canonical names that changed since they were taken, who lost one, and whether one has a new holder. */
  #changed = new Set<string>()
  #lost: LostName[] = []
  #isNew = false

  /** Whether somebody holds a name that they did not when the changes were last taken. */
  get hasNew(): boolean {
    return this.#isNew
  }

  /** Whether anything changed since then: a name that is used again too. */
  get hasChanges(): boolean {
    return this.#changed.size > 0 || this.#lost.length > 0
  }

  /** What changed since the last time; who cannot keep it gives it back. */
  takeChanges(): HolderChanges {
    const held = [...this.#changed].flatMap((canonical) => {
      const holder = this.#held.get(canonical)
      return holder === undefined ? [] : [{ ...holder, canonical }]
    })
    const lost = this.#lost
    this.#changed = new Set()
    this.#lost = []
    this.#isNew = false
    return { held, lost }
  }

  /** Takes back changes that could not be kept. */
  giveBack({ held, lost }: HolderChanges): void {
    for (const { canonical } of held) this.#changed.add(canonical)
    this.#lost = [...lost, ...this.#lost]
    this.#isNew ||= held.length > 0
  }

  /** Holds again what was held before; the longest unused first. */
  restore(names: readonly HeldName[]): void {
    for (const { canonical, ...holder } of names) {
      this.#held.set(canonical, holder)
      if (holder.asked !== canonical) this.#numbered.set(keyOf(holder.person, holder.asked), canonical)
    }
  }

  /** The name for a claim at a time (Unix ms), held from now on by who has a secret; undefined: it is another's. */
  grant(claim: Claim, now: number): Granted | undefined {
    const variant = this.#variantFor(claim, now)
    if (variant === undefined) return undefined
    const { person } = claim
    const { name, canonical } = variant
    const isHeld = person !== undefined && !reserved.has(canonical)
    if (isHeld) this.#hold(canonical, { person, usedAt: now, name, asked: canonicalName(claim.name) })
    return { name, isHeld }
  }

  /** Whether somebody holds a name (as it is shown), at a time (Unix ms). */
  isHeldBy(name: string, person: string | undefined, now: number): boolean {
    this.#forget(now)
    return person !== undefined && this.#held.get(canonicalName(name))?.person === person
  }

  /** Who holds a name (whatever its spelling), at a time (Unix ms). */
  holderOf(name: string, now: number): Pick<HeldName, 'name' | 'person' | 'canonical'> | undefined {
    this.#forget(now)
    const canonical = canonicalName(name)
    const holder = this.#held.get(canonical)
    return holder && { name: holder.name, person: holder.person, canonical }
  }

  clear(): void {
    this.#held.clear()
    this.#numbered.clear()
    this.#changed.clear()
    this.#lost = []
    this.#isNew = false
  }

  /** What `grant` would give, without holding it. */
  offer(claim: Claim, now: number): Granted | undefined {
    const variant = this.#variantFor(claim, now)
    return variant && { name: variant.name, isHeld: claim.person !== undefined && !reserved.has(variant.canonical) }
  }

  #variantFor({ name, person, isExact = false }: Claim, now: number): Variant | undefined {
    this.#forget(now)
    const asked = canonicalName(name)
    if (isExact) return reserved.has(asked) || this.#isOpen(asked, person) ? { name, canonical: asked } : undefined
    return this.#numberedOf(person, asked) ?? this.#firstOpen(name, person)
  }

  // Who was given a number keeps it, also when the name without one is free again.
  #numberedOf(person: string | undefined, asked: string): Variant | undefined {
    const canonical = person === undefined ? undefined : this.#numbered.get(keyOf(person, asked))
    const holder = canonical === undefined ? undefined : this.#held.get(canonical)
    return canonical === undefined || holder === undefined ? undefined : { name: holder.name, canonical }
  }

  #firstOpen(name: string, person: string | undefined): Variant | undefined {
    for (const variant of variantsOf(name)) {
      if (!reserved.has(variant.canonical) && this.#isOpen(variant.canonical, person)) return variant
    }
    return undefined
  }

  #isOpen(canonical: string, person: string | undefined): boolean {
    if (canonical === boardsName) return false
    const holder = this.#held.get(canonical)
    return holder === undefined || holder.person === person
  }

  // What a name was first asked by stays: it is how its holder finds it again.
  #hold(canonical: string, holder: Holder): void {
    const known = this.#held.get(canonical)
    const isSame = known?.person === holder.person && known.name === holder.name
    if (isSame && holder.usedAt - known.usedAt < restMs) return
    const asked = known?.asked ?? holder.asked
    this.#isNew ||= known?.person !== holder.person
    this.#changed.add(canonical)
    this.#held.delete(canonical)
    this.#held.set(canonical, { ...holder, asked })
    if (asked !== canonical) this.#numbered.set(keyOf(holder.person, asked), canonical)
    this.#forget(holder.usedAt)
  }

  #forget(now: number): void {
    for (const [canonical, { person, asked, usedAt }] of this.#held) {
      if (this.#held.size <= maxHolders && now - usedAt < holdMs) return
      this.#held.delete(canonical)
      this.#numbered.delete(keyOf(person, asked))
      this.#changed.delete(canonical)
      this.#lost.push({ canonical, person })
    }
  }
}

interface Variant {
  readonly name: string
  readonly canonical: string
}

// The number must fit the limit too, so a long name gives way to it. A stem serves all numbers of its length, or a
// crowd of one name would cost each newcomer as many normalizations as there are people.
function* variantsOf(name: string): Generator<Variant> {
  yield { name, canonical: canonicalName(name) }
  for (let digits = 1; digits <= maxDigits; digits++) {
    const stem = [...name.trim()]
      .slice(0, limits.maxNameLength - 1 - digits)
      .join('')
      .trimEnd()
    const canonicalStem = canonicalName(stem)
    for (let number = Math.max(2, 10 ** (digits - 1)); number < 10 ** digits; number++) {
      yield { name: `${stem} ${number}`, canonical: `${canonicalStem} ${number}`.trim() }
    }
  }
}

function keyOf(person: string, asked: string): string {
  return `${person} ${asked}`
}
