// Owns what came while nobody looked: where it begins and how much it is; it does not know what is on the screen.

import type { Annotation } from '@chartroom/shared'
import type { UnreadMark } from './rows.ts'

/** Counts what arrives while the end of the log is out of sight. The mark stays after it was seen, until more comes. */
export class Unread {
  #mark: UnreadMark | undefined
  #unseen = 0
  #lastId: number | undefined
  readonly #readId: number | undefined

  /** `readId` is the newest message that was seen on an earlier visit; without one all that is there is the past. */
  constructor(readId?: number) {
    this.#readId = readId
  }

  /** Where the newest unread ones begin. */
  get mark(): UnreadMark | undefined {
    return this.#mark
  }

  /** How many have not been seen. */
  get count(): number {
    return this.#unseen
  }

  /** Takes the log as it is now. What I (`me`) wrote is no news; of the first log, what came since my last visit is. */
  take(log: readonly Annotation[], isSeen: boolean, me?: string): void {
    const isFirst = this.#lastId === undefined
    const last = this.#lastId ?? this.#readId
    this.#lastId = log.at(-1)?.id ?? last ?? 0
    if (last === undefined || (isSeen && !isFirst)) return
    const fresh = log.slice(log.findLastIndex(({ id }) => id <= last) + 1).filter(({ author }) => author !== me)
    const [first] = fresh
    if (first === undefined) return
    const fromId = this.#unseen > 0 && this.#mark !== undefined ? this.#mark.fromId : first.id
    this.#unseen += fresh.length
    this.#mark = { fromId, count: this.#unseen }
    if (isSeen) this.see()
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
