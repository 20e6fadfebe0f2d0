// Owns one group for one component: joined while the component is shown, with a view of it. Frameworks are told by it.

import type { Refusal } from '../fault.ts'
import { limits } from '../limits.ts'
import { connect, type Room, type RoomOptions } from './connect.ts'
import type { Undo } from './platform.ts'
import type { FollowOptions } from './subscription.ts'
import { emptyView, type GroupView, viewOf } from './view.ts'

const nobody = () => {}

/** A group that is joined when it is opened; making one does nothing, so that a framework may throw it away. */
export class LiveGroup {
  readonly #url: string
  #options: RoomOptions
  #room: Room | undefined
  #view: GroupView = emptyView
  #listener: () => void = nobody

  constructor(url: string, options: RoomOptions) {
    this.#url = url
    this.#options = options
  }

  /** As it is now; another object after each change. Bound, so that it can be handed on. */
  readonly view = (): GroupView => this.#view

  /**
   * Joins the group, and tells the one listener of every new view until that is undone: then the room is closed. Throws
   * when the address, the name or the secret can be none, or the host has no WebSocket. Bound.
   */
  readonly open = (listener: () => void): Undo => {
    this.#listener = listener
    if (this.#room === undefined) this.#join()
    return () => {
      if (this.#listener === listener) this.#listener = nobody
      // React's StrictMode ends every effect once and begins it again in the same turn: that must not cost a connection.
      void Promise.resolve().then(() => this.#leaveIfUnheard())
    }
  }

  /** Whether it is this group, of this server, under this name: then `change` does the rest. */
  isOf(url: string, { group, name, secret, platform }: RoomOptions): boolean {
    const own = this.#options
    return (
      url === this.#url &&
      group === own.group &&
      name === own.name &&
      secret === own.secret &&
      platform === own.platform
    )
  }

  /** Follows otherwise. What is not named is as if it never had been, but a window stays: the past is here already. */
  change({ paceMs, windowMs, present }: FollowOptions): void {
    const before = this.#options
    this.#options = { ...before, paceMs, windowMs, present }
    this.#room?.change({
      paceMs: changed(before.paceMs, paceMs, limits.defaultPaceMs),
      windowMs: changed(before.windowMs, windowMs, undefined),
      present: changed(before.present, present, true),
    })
  }

  #join(): void {
    const room = connect(this.#url, this.#options)
    this.#room = room
    const show = (refusal?: Refusal) => this.#show(viewOf(room, this.#view, refusal))
    for (const event of ['update', 'page', 'people'] as const) room.on(event, () => show())
    room.on('inbox', (inbox) => {
      inbox?.onUpdate(() => show())
      inbox?.onPage(() => show())
      show()
    })
    room.on('connection', () => show(this.#view.refusal))
    room.on('refused', show)
    this.#show(viewOf(room, emptyView))
  }

  #show(view: GroupView): void {
    this.#view = view
    this.#listener()
  }

  #leaveIfUnheard(): void {
    if (this.#listener !== nobody) return
    this.#room?.close()
    this.#room = undefined
  }
}

function changed<T>(before: T | undefined, now: T | undefined, unnamed: T | undefined): T | undefined {
  const wanted = now ?? unnamed
  return wanted === (before ?? unnamed) ? undefined : wanted
}
