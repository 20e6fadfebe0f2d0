// Owns a wire to a server that carries so many bytes back and is cut then, in the middle of whatever it carries.

import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A wire that is cut after so many bytes that the server sent, over all its connections; nobody comes through it then. */
export class Scissors {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #left: number
  /** The bytes that came from the server so far. */
  carried = 0

  private constructor(port: number, maxBytes: number) {
    this.#left = maxBytes
    this.#server = createServer((client) => this.#carry(client, connect(port, '127.0.0.1')))
  }

  static async open(target: string, maxBytes: number): Promise<Scissors> {
    const scissors = new Scissors(Number(new URL(target).port), maxBytes)
    scissors.#server.listen(0, '127.0.0.1')
    await once(scissors.#server, 'listening')
    return scissors
  }

  get url(): string {
    const address = this.#server.address()
    if (typeof address !== 'object' || address === null) throw new Error('The wire is closed.')
    return `http://127.0.0.1:${address.port}`
  }

  get isCut(): boolean {
    return this.#left === 0
  }

  close(): void {
    this.#server.close()
    this.#cut()
  }

  #carry(client: Socket, server: Socket): void {
    for (const [end, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(end)
      end.on('error', () => {})
      end.on('close', () => {
        this.#sockets.delete(end)
        other.destroy()
      })
    }
    if (this.#left === 0) this.#cut()
    client.pipe(server)
    server.on('data', (bytes) => {
      const piece = bytes.subarray(0, this.#left)
      this.carried += piece.length
      this.#left -= piece.length
      client.write(piece, () => {
        if (this.#left === 0) this.#cut()
      })
    })
  }

  #cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }
}
