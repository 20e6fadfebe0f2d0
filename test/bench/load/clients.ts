// Our own clients, many in this process: they join, are cut, and come back as people's browsers do.

import type { Socket } from 'node:net'
import { connect, createPlatform, type Platform, type Room } from '@chartroom/shared/client'
import WebSocket from 'ws'

/** What came to all of them since they were last asked to begin. */
export interface Arrival {
  /** Until each of them had its update, ms. */
  readonly allMs: number
  readonly bytes: number
  /** How many were sent the whole group. */
  readonly snapshots: number
}

/** Clients of one group. */
export interface Clients {
  /** Cuts all lines at once, without a word; they come back by themselves. */
  cut(): void
  /** Resolves when each of them was told something since `cut`, or since they were made. */
  arrived(): Promise<Arrival>
  close(): void
}

// As the jitter of those who come back spreads them (DESIGN.md, "Reconnect").
const spreadMs = 500

/** So many clients join within half a second. */
export function openClients(url: string, group: string, count: number): Clients {
  const lines = new Lines()
  const rooms: Room[] = []
  let told = new Set<number>()
  let snapshots = 0
  let startMs = performance.now()
  let tellAll = (_allMs: number) => {}
  let all: Promise<number>

  function begin(): void {
    told = new Set()
    snapshots = 0
    startMs = performance.now()
    all = new Promise((resolve) => {
      tellAll = resolve
    })
    lines.forget()
  }

  function join(number: number): void {
    const room = connect(url, { group, platform: lines.platform })
    rooms.push(room)
    room.on('update', ({ from }) => {
      if (from === 0) snapshots++
      told.add(number)
      if (told.size === count) tellAll(performance.now() - startMs)
    })
  }

  begin()
  for (let number = 0; number < count; number++) setTimeout(() => join(number), (number * spreadMs) / count)
  return {
    cut() {
      begin()
      lines.cut()
    },
    async arrived() {
      const allMs = await all
      return { allMs, bytes: lines.bytes, snapshots }
    },
    close() {
      for (const room of rooms) room.close()
    },
  }
}

/** The sockets of all clients: a platform that knows what it opened. */
class Lines {
  readonly platform: Platform
  #open = new Set<WebSocket>()
  readonly #sockets = new Set<Socket>()

  constructor() {
    const open = this.#open
    const sockets = this.#sockets
    class Line extends WebSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol)
        open.add(this)
        this.on('upgrade', ({ socket }) => sockets.add(socket))
        this.on('close', () => open.delete(this))
      }
    }
    this.platform = createPlatform({ WebSocket: Line })
  }

  /** What came over all of them, heads of the upgrades too. */
  get bytes(): number {
    return [...this.#sockets].reduce((sum, { bytesRead }) => sum + bytesRead, 0)
  }

  forget(): void {
    this.#sockets.clear()
  }

  cut(): void {
    for (const line of this.#open) line.terminate()
  }
}
