// Owns the list of groups as the lobby knows it: asked for again and again while somebody looks, in an order that stands still.

import { type GroupSummary, groupList } from '@chartroom/shared'

/** How often the list is asked for, ms. */
const everyMs = 5_000

/** How the last asking went. */
export type DirectoryState = 'reading' | 'read' | 'unread'

/** What the directory needs of its host. */
export interface DirectoryHost {
  /** The answer of `GET /api/groups`; rejects when there is none. */
  read(): Promise<unknown>
  isVisible(): boolean
  /** Calls back each time the page comes into view; returns the undo. */
  onVisible(listener: () => void): () => void
}

/** All groups of a server: live as far as asking every 5 s is. */
export class Directory {
  readonly #host: DirectoryHost
  readonly #listener: () => void
  readonly #undoVisible: () => void
  readonly #timer: ReturnType<typeof setInterval>
  #groups: readonly GroupSummary[] = []
  #state: DirectoryState = 'reading'

  /** Begins to ask; the listener is called after each answer. */
  constructor(host: DirectoryHost, listener: () => void) {
    this.#host = host
    this.#listener = listener
    this.#undoVisible = host.onVisible(() => void this.#ask())
    this.#timer = setInterval(() => {
      if (host.isVisible()) void this.#ask()
    }, everyMs)
    void this.#ask()
  }

  /** The groups, the last changed first when they were first read; what came later stands behind. */
  get groups(): readonly GroupSummary[] {
    return this.#groups
  }

  get state(): DirectoryState {
    return this.#state
  }

  close(): void {
    clearInterval(this.#timer)
    this.#undoVisible()
  }

  async #ask(): Promise<void> {
    try {
      const { groups } = groupList.parse(await this.#host.read())
      this.#groups = inOrder(this.#groups, groups)
      this.#state = 'read'
    } catch {
      // Said in words by the view; the next asking is on its way, and what was read stays.
      this.#state = 'unread'
    }
    this.#listener()
  }
}

/** The newly read groups in the order of those that are shown, and the new ones behind them. */
export function inOrder(shown: readonly GroupSummary[], read: readonly GroupSummary[]): readonly GroupSummary[] {
  const byName = new Map(read.map((summary) => [summary.group, summary]))
  const kept = shown.flatMap(({ group }) => byName.get(group) ?? [])
  const known = new Set(kept.map(({ group }) => group))
  return [...kept, ...read.filter(({ group }) => !known.has(group))]
}
