// Owns what came while nobody looked: where it begins and how much it is; it does not know what is on the screen.

import type { Annotation } from '@chartroom/shared'
import type { UnreadMark } from './rows.ts'

/** Counts what arrives while the end of the log is out of sight. The mark stays after it was seen, until more comes. */
export class Unread {
  #mark: UnreadMark | undefined
  #unseen = 0
  #lastId: number | undefined

  /** Where the newest unread ones begin. */
  get mark(): UnreadMark | undefined {
    return this.#mark
  }

  /** How many have not been seen. */
  get count(): number {
    return this.#unseen
  }

  /** Takes the log as it is now. The first log is the past, and what I (`me`) wrote is no news. */
  take(log: readonly Annotation[], isSeen: boolean, me?: string): void {
    const last = this.#lastId
    this.#lastId = log.at(-1)?.id ?? last ?? 0
    if (last === undefined || isSeen) return
    const fresh = log.slice(log.findLastIndex(({ id }) => id <= last) + 1).filter(({ author }) => author !== me)
    const [first] = fresh
    if (first === undefined) return
    const fromId = this.#unseen > 0 && this.#mark !== undefined ? this.#mark.fromId : first.id
    this.#unseen += fresh.length
    this.#mark = { fromId, count: this.#unseen }
  }

  /** The end was looked at. */
  see(): void {
    this.#unseen = 0
  }

  /** The mark has served: I answered. */
  clear(): void {
    this.see()
    this.#mark = undefined
  }
}
