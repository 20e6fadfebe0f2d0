// Owns which groups are followed here: opened at the first subscriber, let go after the last.

import { limits } from '@chartroom/shared'
import type { Engine } from '../engine/engine.ts'
import { Group, type Start } from './group.ts'
import type { Attention } from './presence.ts'
import type { Clock } from './rounds.ts'
import type { Subscriber } from './subscriber.ts'

/** What somebody who was let into a group can do there. */
export interface Membership {
  /** Says what they attend to. */
  point(attention: Attention): void
  /** Their link has drained: they are told what they missed. */
  catchUp(): void
  leave(): void
}

/** A group that is held open. */
export interface Visit {
  readonly group: Group
  /** Lets go of it; once. */
  end(): void
}

/** The groups that somebody here subscribes to. */
export class Groups {
  readonly #engine: Engine
  readonly #clock: Clock
  readonly #open = new Map<string, Promise<Group>>()
  readonly #groups = new Map<string, Group>()
  /** Those that nothing was written to when they were opened: anybody can make up as many as they like. */
  readonly #unwritten = new Map<string, Group>()
  /** Those between opening and joining: a group is not let go under them. */
  readonly #awaited = new Map<string, number>()

  constructor(engine: Engine, clock: Clock) {
    this.#engine = engine
    this.#clock = clock
  }

  /** Whether somebody may be let into an open group: not, where it is one too many to which nobody ever wrote. */
  hasRoomIn({ isWritten }: Group): boolean {
    if (isWritten || this.#unwritten.size <= limits.maxGroups) return true
    for (const [name, group] of this.#unwritten) if (group.isWritten) this.#unwritten.delete(name)
    return this.#unwritten.size <= limits.maxGroups
  }

  /** How many people are in a group now. */
  people(group: string): number {
    return this.#groups.get(group)?.people ?? 0
  }

  /** How many people are in all groups now; one in two groups counts twice. */
  get allPeople(): number {
    let count = 0
    for (const group of this.#groups.values()) count += group.people
    return count
  }

  /**
   * Lets a subscriber into a group. `admit` makes it when the group is open, ahead of the first update, so that it can
   * say what was granted; it makes none when the link has gone meanwhile. Leaving twice is fine.
   */
  async join(
    name: string,
    start: Start,
    admit: (group: Group) => Promise<Subscriber | undefined>,
  ): Promise<Membership | undefined> {
    const visit = await this.visit(name)
    try {
      const { group } = visit
      const past = await group.past(start)
      const subscriber = await admit(group)
      if (subscriber === undefined) return undefined
      group.join(subscriber, start, past)
      return {
        point: (attention) => group.point(subscriber, attention),
        catchUp: () => group.catchUp(subscriber),
        leave: () => {
          group.leave(subscriber)
          this.#letGo(name, group)
        },
      }
    } finally {
      visit.end()
    }
  }

  /** Holds a group open until the end of the visit, without being in it. */
  async visit(name: string): Promise<Visit> {
    this.#awaited.set(name, (this.#awaited.get(name) ?? 0) + 1)
    try {
      const group = await this.#follow(name)
      return { group, end: () => this.#settled(name) }
    } catch (error) {
      this.#settled(name)
      throw error
    }
  }

  /** A person says what they attend to, on whatever link; false when they are not in the group. */
  pointAs(name: string, person: string, attention: Attention): boolean {
    return this.#groups.get(name)?.pointAs(person, attention) ?? false
  }

  close(): void {
    for (const group of this.#groups.values()) group.close()
    this.#groups.clear()
    this.#unwritten.clear()
    this.#open.clear()
  }

  #follow(name: string): Promise<Group> {
    const known = this.#open.get(name)
    if (known !== undefined) return known
    const opening = this.#engine.open(name).then((followed) => {
      const group: Group = new Group(followed, this.#clock, this.#engine, () => this.#letGo(name, group))
      this.#groups.set(name, group)
      if (!group.isWritten) this.#unwritten.set(name, group)
      return group
    })
    this.#open.set(name, opening)
    opening.catch(() => this.#open.delete(name))
    return opening
  }

  #settled(name: string): void {
    const left = (this.#awaited.get(name) ?? 1) - 1
    if (left > 0) this.#awaited.set(name, left)
    else this.#awaited.delete(name)
    const group = this.#groups.get(name)
    if (group !== undefined) this.#letGo(name, group)
  }

  #letGo(name: string, group: Group): void {
    if (!group.isEmpty || this.#awaited.has(name) || this.#groups.get(name) !== group) return
    this.#groups.delete(name)
    this.#unwritten.delete(name)
    this.#open.delete(name)
    group.close()
  }
}
