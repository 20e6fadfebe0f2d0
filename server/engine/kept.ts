// Owns one group as an engine keeps it in memory: its state, its keys and names, and who follows it. It stores nothing.

import {
  type Accepted,
  accept,
  type Change,
  createState,
  cursorOf,
  type Draft,
  emptyState,
  encodeCursor,
  findAnnotation,
  type GroupState,
  type Result,
  refuse,
  seriesKey,
} from '@chartroom/shared'
import { AcceptedKeys, type Done } from './accepted.ts'
import type { FollowedGroup, StoredGroup } from './engine.ts'
import { type Claim, Holders } from './holders.ts'
import { nameOf } from './inbox.ts'

/** A group in memory, or an inbox: then its name is a key that only its engine knows. */
export class KeptGroup {
  readonly name: string
  readonly state: GroupState
  readonly keys = new AcceptedKeys()
  readonly holders = new Holders()
  readonly #listeners = new Set<(change: Change) => void>()
  readonly #resetListeners = new Set<() => void>()
  #followers = 0

  constructor(name: string) {
    this.name = name
    this.state = createState(nameOf(name))
  }

  get isFollowed(): boolean {
    return this.#followers > 0
  }

  /** Whether somebody wrote to it. */
  get isWritten(): boolean {
    return this.state.revision > 0
  }

  /** Lets somebody follow; `letGo` is called when they follow no longer. */
  follow(letGo: () => void): FollowedGroup {
    const undos = new Set<() => void>()
    let isOpen = true
    this.#followers++
    return {
      state: this.state,
      onChange: (listener) => listen(this.#listeners, listener, undos),
      onReset: (listener) => listen(this.#resetListeners, listener, undos),
      close: () => {
        if (!isOpen) return
        isOpen = false
        for (const undo of undos) undo()
        this.#followers--
        letGo()
      },
    }
  }

  /** Tells who follows of a change that has become visible. */
  tell(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change)
  }

  /** Tells who follows that the state was replaced. */
  tellReset(): void {
    for (const listener of [...this.#resetListeners]) listener()
  }

  /** What a key is answered with that was done already: what is there now. */
  answerOf(key: string | undefined, now: number): Accepted | undefined {
    const done = key === undefined ? undefined : this.keys.find(key, now)
    return done === undefined ? undefined : this.present(done)
  }

  /** What there is now of what was done. */
  present(done: Done): Accepted {
    const annotation = done.annotation === undefined ? undefined : findAnnotation(this.state, done.annotation)
    return { cursor: cursorOf(this.state), ...(annotation === undefined ? {} : { annotation }) }
  }

  /**
   * The change in the name of who asks for it, or why they may not. Who is refused holds nothing. `draft` is what it
   * will be prepared against.
   */
  signed(change: Change, claim: Claim | undefined, now: number, draft: Pick<Draft, 'find'>): Result<Change> {
    if (claim === undefined) return accept(change)
    switch (change.type) {
      case 'annotate': {
        const granted = this.holders.offer(claim, now)
        if (granted === undefined) return nameHeld(claim)
        return accept({ ...change, author: granted.name, ...(granted.isHeld ? {} : { unheld: true as const }) })
      }
      case 'arrange': {
        const granted = this.holders.offer(claim, now)
        return granted === undefined ? nameHeld(claim) : accept({ ...change, name: granted.name })
      }
      case 'react': {
        const granted = this.holders.offer(claim, now)
        if (granted === undefined) return nameHeld(claim)
        return granted.isHeld ? accept({ ...change, name: granted.name }) : noHolder
      }
      case 'revise':
      case 'retract': {
        const old = draft.find(change.id)
        const isTheirs = old === undefined || (!old.unheld && this.holders.isHeldBy(old.author, claim.person, now))
        return isTheirs ? accept(change) : noAuthor
      }
      case 'batch':
      case 'renew':
        return accept(change)
      default:
        return change satisfies never
    }
  }

  /** What a list of groups says of it. */
  get summary(): StoredGroup {
    const { group, time, series, talk } = this.state
    return { group, cursor: encodeCursor(cursorOf(this.state)), time, series: series.size, annotations: talk.length }
  }

  /** Makes it a group that nobody wrote to, and tells who follows. */
  empty(): void {
    emptyState(this.state)
    this.keys.clear()
    this.holders.clear()
    this.tellReset()
  }

  /** Whether a change adds no more series than so many, or none at all. */
  addsAtMost(change: Change, room: number): boolean {
    // Mostly there is room for more than it names, and nothing is to be counted.
    if (change.type !== 'batch' || change.samples.length <= room) return true
    const series = this.newSeries(change)
    return series === 0 || series <= room
  }

  /** How many series a change would add. */
  newSeries(change: Change): number {
    if (change.type !== 'batch') return 0
    const keys = new Set<string>()
    for (const { metric, labels, key = seriesKey(metric, labels) } of change.samples) {
      if (!this.state.series.has(key)) keys.add(key)
    }
    return keys.size
  }
}

const noHolder = refuse('not_holder', 'Only who holds a name here may react: say hello with a name and a secret.')
const noAuthor = refuse('not_author', 'Only who holds the name of its author may change an annotation.')

function nameHeld({ name }: Claim): Result<never> {
  return refuse('name_held', `"${name}" is held by somebody else in this group.`)
}

/** The order of a list of groups: the last changed first. */
export function byTime(a: StoredGroup, b: StoredGroup): number {
  return b.time - a.time || (a.group < b.group ? -1 : 1)
}

function listen<T>(listeners: Set<T>, listener: T, undos: Set<() => void>): () => void {
  const undo = () => {
    listeners.delete(listener)
    undos.delete(undo)
  }
  listeners.add(listener)
  undos.add(undo)
  return undo
}
