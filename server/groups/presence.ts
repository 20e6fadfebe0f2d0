// Owns who is in one group now, always whole; it sends nothing and carries no revision.

import { limits, type PresenceEnvelope } from '@chartroom/shared'
import { Frame } from './frame.ts'
import type { Subscriber } from './subscriber.ts'

interface Person {
  name: string | undefined
  links: number
}

/** The people of a group: each counted once, however many links they have. */
export class Presence {
  readonly #group: string
  readonly #people = new Map<string, Person>()
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
  enter({ person, name }: Subscriber): boolean {
    if (person === undefined) return false
    const known = this.#people.get(person)
    if (known === undefined) {
      this.#people.set(person, { name, links: 1 })
      return this.#changed()
    }
    known.links++
    if (known.name === name) return false
    known.name = name
    return this.#changed()
  }

  /** Somebody goes. True when the others would see it. */
  leave({ person }: Subscriber): boolean {
    const known = person === undefined ? undefined : this.#people.get(person)
    if (person === undefined || known === undefined) return false
    known.links--
    if (known.links > 0) return false
    this.#people.delete(person)
    return this.#changed()
  }

  /** The count and the first names, encoded once for all. */
  frame(): Frame {
    this.#frame ??= new Frame(this.#envelope())
    return this.#frame
  }

  #envelope(): PresenceEnvelope {
    const people: { name: string }[] = []
    for (const { name } of this.#people.values()) {
      if (people.length === limits.presenceNames) break
      if (name !== undefined) people.push({ name })
    }
    return { type: 'presence', group: this.#group, count: this.count, people }
  }

  #changed(): true {
    this.#version++
    this.#frame = undefined
    return true
  }
}
