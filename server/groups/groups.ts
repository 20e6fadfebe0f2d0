// Owns which groups are followed here: opened at the first subscriber, let go after the last.

import type { Engine } from '../engine/engine.ts'
import { Group, type Start } from './group.ts'
import type { Clock } from './rounds.ts'
import type { Subscriber } from './subscriber.ts'

/** The groups that somebody here subscribes to. */
export class Groups {
  readonly #engine: Engine
  readonly #clock: Clock
  readonly #open = new Map<string, Promise<Group>>()
  readonly #groups = new Map<string, Group>()
  /** Those between opening and joining: a group is not let go under them. */
  readonly #awaited = new Map<string, number>()

  constructor(engine: Engine, clock: Clock) {
    this.#engine = engine
    this.#clock = clock
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
   * Lets a subscriber into a group. `before` is called when the group is open and ahead of the first update: it says
   * what was granted, or answers false when the link has gone meanwhile. Returns the way out; leaving twice is fine.
   */
  async join(
    name: string,
    subscriber: Subscriber,
    start: Start,
    before: (group: Group) => boolean,
  ): Promise<() => void> {
    this.#awaited.set(name, (this.#awaited.get(name) ?? 0) + 1)
    try {
      const group = await this.#follow(name)
      if (!before(group)) return () => {}
      group.join(subscriber, start)
      return () => {
        group.leave(subscriber)
        this.#letGo(name, group)
      }
    } finally {
      this.#settled(name)
    }
  }

  /** A link has drained: its subscriber in this group is told what it missed. */
  catchUp(name: string, subscriber: Subscriber): void {
    this.#groups.get(name)?.catchUp(subscriber)
  }

  close(): void {
    for (const group of this.#groups.values()) group.close()
    this.#groups.clear()
    this.#open.clear()
  }

  #follow(name: string): Promise<Group> {
    const known = this.#open.get(name)
    if (known !== undefined) return known
    const opening = this.#engine.open(name).then((followed) => {
      const group = new Group(followed, this.#clock)
      this.#groups.set(name, group)
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
    this.#open.delete(name)
    group.close()
  }
}
