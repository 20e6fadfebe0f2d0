// Owns the sockets of many viewers as one: how many bytes went over them, heads and all. What is said on them is not its.

import type { Socket } from 'node:net'

/** Sockets, and the bytes of all of them: what TCP carried, without its own heads. */
export class Wires {
  readonly #open = new Set<Socket>()
  #closed = { received: 0, sent: 0 }

  /** Counts a socket, from its first byte on; telling it again is fine. */
  add(socket: Socket): void {
    if (this.#open.has(socket)) return
    this.#open.add(socket)
    socket.once('close', () => {
      this.#open.delete(socket)
      this.#closed = sumOf(this.#closed, socket)
    })
  }

  /** What came, and what went, since the first. */
  get bytes(): { readonly received: number; readonly sent: number } {
    return [...this.#open].reduce(sumOf, this.#closed)
  }
}

function sumOf({ received, sent }: Wires['bytes'], { bytesRead, bytesWritten }: Socket): Wires['bytes'] {
  return { received: received + bytesRead, sent: sent + bytesWritten }
}
