// Owns which page of which group a wall shows, and which groups it follows for that. It draws nothing.

import type { GroupStore } from '../store.ts'

/** What a tour needs of the wall. */
export interface TourHost {
  /** Follows a group until its store is closed. */
  follow(group: string): GroupStore
  /** How many pages the charts of a group fill. */
  pagesOf(store: GroupStore): number
  /** Something else is shown, or is known of what is shown. */
  handleChange(): void
}

/** What is shown now: a page, counted from 0, of a group. */
export interface Stop {
  readonly store: GroupStore
  readonly page: number
}

type Way = 1 | -1

interface Followed {
  readonly store: GroupStore
  /** The server does not let us follow it. */
  isRefused: boolean
  readonly undo: () => void
}

/** The next group on a way that has charts, as far as it is found; `isDue`: it is shown as soon as it is. */
interface Search {
  readonly way: Way
  /** Where it began. */
  readonly first: string
  group: string
  isDue: boolean
}

/**
 * A way through pages and groups, again and again. The next group is followed from the last page on, and shown when it
 * has come: no page opens empty. A group without charts is passed over, and only what is shown or next is followed.
 */
export class Tour {
  readonly #host: TourHost
  readonly #everyMs: number
  #groups: readonly string[] = []
  readonly #followed = new Map<string, Followed>()
  #stop: Stop | undefined
  #search: Search | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #isHeld = false

  /** Each page stays for `everyMs`. */
  constructor(host: TourHost, everyMs: number) {
    this.#host = host
    this.#everyMs = everyMs
  }

  /** Undefined while there is no group. */
  get stop(): Stop | undefined {
    return this.#stop
  }

  get groups(): readonly string[] {
    return this.#groups
  }

  get isHeld(): boolean {
    return this.#isHeld
  }

  /** The stores of all groups that are followed. */
  get stores(): readonly GroupStore[] {
    return [...this.#followed.values()].map(({ store }) => store)
  }

  /** Goes through these groups from now on, in this order; what is shown stays for its time. */
  visit(groups: readonly string[]): void {
    this.#groups = groups
    const [first] = groups
    if (this.#stop === undefined && first !== undefined) this.#show(first, 0)
    else this.#host.handleChange()
  }

  /** Goes a page on, or back: at once within a group, to another one as soon as it is there. */
  go(way: Way): void {
    if (this.#stop === undefined) return
    const { store, page } = this.#stop
    const next = page + way
    if (next >= 0 && next < this.#host.pagesOf(store)) {
      this.#show(store.group, next)
      return
    }
    // Again when its time is over, should nothing be found.
    this.#wait()
    this.#look(way, true)
  }

  /** Holds the page that is shown, or goes on. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld
    if (isHeld && this.#search !== undefined) this.#search.isDue = false
    this.#wait()
    this.#host.handleChange()
  }

  /** Lets all groups go. */
  close(): void {
    clearTimeout(this.#timer)
    for (const group of [...this.#followed.keys()]) this.#release(group)
    this.#stop = undefined
    this.#search = undefined
  }

  #show(group: string, page: number): void {
    this.#stop = { store: this.#follow(group).store, page }
    this.#search = undefined
    for (const other of [...this.#followed.keys()]) if (other !== group) this.#release(other)
    this.#wait()
    this.#lookAhead()
    this.#host.handleChange()
  }

  #wait(): void {
    clearTimeout(this.#timer)
    if (!this.#isHeld) this.#timer = setTimeout(() => this.go(1), this.#everyMs)
  }

  // What is shown has changed: it may have lost its last page, or all of them.
  #handleCharts(group: string): void {
    if (this.#search?.group === group) this.#settle(this.#search)
    if (this.#stop?.store.group !== group) return
    const pages = this.#host.pagesOf(this.#stop.store)
    this.#stop = { ...this.#stop, page: Math.max(0, Math.min(this.#stop.page, pages - 1)) }
    this.#lookAhead()
    this.#host.handleChange()
  }

  #lookAhead(): void {
    if (this.#stop === undefined) return
    const { store, page } = this.#stop
    const pages = this.#host.pagesOf(store)
    if (isKnown(this.#follow(store.group)) && page >= pages - 1) this.#look(1, pages === 0)
  }

  #look(way: Way, isDue: boolean): void {
    if (this.#search?.way !== way) {
      const first = this.#neighbour(this.#stop?.store.group, way)
      this.#search = first === undefined ? undefined : { way, first, group: first, isDue }
    }
    if (this.#search === undefined) return
    this.#search.isDue ||= isDue
    this.#settle(this.#search)
  }

  // Looks on from group to group, until one has to be waited for, has charts, or is the one that is shown. When none has
  // any it ends, and begins again when the time of the page is over.
  #settle(search: Search): void {
    while (search.group !== this.#stop?.store.group) {
      const followed = this.#follow(search.group)
      if (!isKnown(followed)) return
      if (this.#host.pagesOf(followed.store) > 0) break
      this.#release(search.group)
      search.group = this.#neighbour(search.group, search.way) ?? search.first
      if (search.group === search.first) {
        this.#search = undefined
        return
      }
    }
    if (search.isDue) this.#arrive(search)
    else if (search.group === this.#stop?.store.group) this.#search = undefined
  }

  #arrive({ group, way }: Search): void {
    const pages = this.#host.pagesOf(this.#follow(group).store)
    // No group has charts: the one that is shown stays.
    if (pages === 0) this.#search = undefined
    else this.#show(group, way === 1 ? 0 : pages - 1)
  }

  #neighbour(group: string | undefined, way: Way): string | undefined {
    const at = group === undefined ? -1 : this.#groups.indexOf(group)
    const next = at < 0 ? 0 : at + way
    return this.#groups.at(next % Math.max(1, this.#groups.length))
  }

  #follow(group: string): Followed {
    const known = this.#followed.get(group)
    if (known !== undefined) return known
    const store = this.#host.follow(group)
    const undos = [
      store.onCharts(() => this.#handleCharts(group)),
      store.replica.onRefused(() => {
        followed.isRefused = true
        this.#handleCharts(group)
      }),
    ]
    const followed: Followed = {
      store,
      isRefused: false,
      undo: () => {
        for (const undo of undos) undo()
        store.close()
      },
    }
    this.#followed.set(group, followed)
    return followed
  }

  #release(group: string): void {
    this.#followed.get(group)?.undo()
    this.#followed.delete(group)
  }
}

function isKnown({ store, isRefused }: Followed): boolean {
  return store.replica.isFilled || isRefused
}
