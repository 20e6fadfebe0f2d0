// Owns who is in one group now, and what they attend to, always whole; it sends nothing and carries no revision.

import { limits, type PresenceEnvelope, type PresentPerson } from '@chartroom/shared'
import { Frame } from './frame.ts'
import type { Subscriber } from './subscriber.ts'

/** What one link says of its person; an absent part was never said. */
export interface Attention {
  readonly away?: boolean | undefined
  readonly typing?: boolean | undefined
  /** The chart looked at; `null`: none. */
  readonly metric?: string | null | undefined
}

interface Person {
  /** The one that pointed last stands last. */
  readonly links: Map<Subscriber, Attention>
}

/** The people of a group: each counted once, however many links they have. */
export class Presence {
  readonly #group: string
  readonly #people = new Map<string, Person>()
  /** Those with a name, as they came by it: of a crowd that only looks nobody is to be asked for theirs. */
  readonly #named = new Set<Person>()
  #version = 0
  #frame: Frame | undefined

  constructor(group: string) {
    this.#group = group
  }

  /** Grows with every change that somebody would see. */
  get version(): number {
    return this.#version
  }

  get count(): number {
    return this.#people.size
  }

  /** Somebody comes. True when the others would see it. */
  enter(subscriber: Subscriber): boolean {
    const { person } = subscriber
    if (person === undefined) return false
    const known = this.#people.get(person)
    if (known === undefined) {
      const newcomer = { links: new Map([[subscriber, {}]]) }
      this.#people.set(person, newcomer)
      this.#noteName(newcomer)
      return this.#changed()
    }
    const before = seen(known)
    known.links.set(subscriber, attentionOf(known, subscriber))
    this.#noteName(known)
    return this.#changedFrom(before, known)
  }

  /** Somebody goes. True when the others would see it. */
  leave(subscriber: Subscriber): boolean {
    const known = this.#personOf(subscriber)
    if (known === undefined || subscriber.person === undefined) return false
    const before = seen(known)
    known.links.delete(subscriber)
    this.#noteName(known)
    if (known.links.size > 0) return this.#changedFrom(before, known)
    this.#people.delete(subscriber.person)
    return this.#changed()
  }

  /** Somebody says what they attend to; absent parts stay as they were. True when the others would see it. */
  point(subscriber: Subscriber, attention: Attention): boolean {
    const known = this.#personOf(subscriber)
    const last = known?.links.get(subscriber)
    if (known === undefined || last === undefined) return false
    const before = seen(known)
    known.links.delete(subscriber)
    known.links.set(subscriber, { ...last, ...said(attention) })
    return this.#changedFrom(before, known)
  }

  /** A person says what they attend to, on whatever link. True when the others would see it; undefined: not here. */
  pointAs(person: string, attention: Attention): boolean | undefined {
    const known = this.#people.get(person)
    if (known === undefined) return undefined
    const before = seen(known)
    for (const [subscriber, last] of known.links) known.links.set(subscriber, { ...last, ...said(attention) })
    return this.#changedFrom(before, known)
  }

  /** The count and the first names, encoded once for all. */
  frame(): Frame {
    this.#frame ??= new Frame(this.#envelope())
    return this.#frame
  }

  #envelope(): PresenceEnvelope {
    const people = this.#listed().flatMap((person) => seen(person) ?? [])
    return { type: 'presence', group: this.#group, count: this.count, people }
  }

  #listed(): Person[] {
    const listed: Person[] = []
    for (const person of this.#named) {
      if (listed.length === limits.presenceNames) break
      listed.push(person)
    }
    return listed
  }

  #noteName(person: Person): void {
    if (nameOf(person) === undefined) this.#named.delete(person)
    else this.#named.add(person)
  }

  #personOf({ person }: Subscriber): Person | undefined {
    return person === undefined ? undefined : this.#people.get(person)
  }

  // What nobody is told needs no frame: of a crowd only the first names are.
  #changedFrom(before: PresentPerson | undefined, known: Person): boolean {
    const now = seen(known)
    const isSame =
      before?.name === now?.name &&
      before?.away === now?.away &&
      before?.typing === now?.typing &&
      before?.metric === now?.metric
    const isListed = before === undefined || now === undefined || this.#listed().includes(known)
    return isSame || !isListed ? false : this.#changed()
  }

  #changed(): true {
    this.#version++
    this.#frame = undefined
    return true
  }
}

// The last link that has a name says it: a tab without one takes none away.
function nameOf({ links }: Person): string | undefined {
  return [...links.keys()].findLast(({ name }) => name !== undefined)?.name
}

function seen(person: Person): PresentPerson | undefined {
  const name = nameOf(person)
  if (name === undefined) return undefined
  const all = [...person.links.values()]
  const metric = all.findLast((attention) => attention.metric !== undefined)?.metric
  return {
    name,
    ...(all.every(({ away }) => away) ? { away: true as const } : {}),
    ...(all.some(({ typing }) => typing) ? { typing: true as const } : {}),
    ...(metric === undefined || metric === null ? {} : { metric }),
  }
}

// A link that follows anew, at another pace, attends to what it did.
function attentionOf({ links }: Person, { link }: Subscriber): Attention {
  const earlier = [...links].find(([other]) => other.link === link)
  return earlier?.[1] ?? {}
}

function said({ away, typing, metric }: Attention): Attention {
  return {
    ...(away === undefined ? {} : { away }),
    ...(typing === undefined ? {} : { typing }),
    ...(metric === undefined ? {} : { metric }),
  }
}
