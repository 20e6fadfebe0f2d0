// A network between clients and a server that a test can spoil: it cuts, holds, delays, and swallows what is sent.

import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/**
 * What a line does: `clear` carries, `held` carries nothing until it is let go, `slow` carries each piece late, `deaf`
 * takes what is sent and drops it, both ways, and tells nobody (a half-open connection).
 */
export type Condition = 'clear' | 'held' | 'slow' | 'deaf'

/** How late a slow line carries each piece, ms. */
const slowMs = 40

/** One connection through the network. */
export class Line {
  readonly #ways: readonly Way[]
  readonly #ends: readonly Socket[]
  #condition: Condition = 'clear'

  constructor(client: Socket, server: Socket) {
    const condition = () => this.#condition
    this.#ends = [client, server]
    this.#ways = [new Way(client, server, condition), new Way(server, client, condition)]
  }

  /** What a deaf line has swallowed is lost, so it never carries again. */
  become(condition: Condition): void {
    if (this.#condition === 'deaf') return
    this.#condition = condition
    for (const way of this.#ways) way.goOn()
  }

  /** Ends it as a router does that forgot it: both sides are reset. */
  cut(): void {
    for (const end of this.#ends) end.resetAndDestroy()
  }
}

/** One direction of a line. */
class Way {
  readonly #from: Socket
  readonly #to: Socket
  readonly #condition: () => Condition
  /** A piece is under way: nothing may overtake it. */
  #isBusy = false

  constructor(from: Socket, to: Socket, condition: () => Condition) {
    this.#from = from
    this.#to = to
    this.#condition = condition
    from.on('data', (data) => this.#carry(data))
    from.on('error', () => {})
    from.on('close', () => to.destroy())
  }

  goOn(): void {
    if (this.#isBusy || this.#condition() === 'held') this.#from.pause()
    else this.#from.resume()
  }

  #carry(data: Buffer): void {
    const condition = this.#condition()
    if (condition === 'deaf') return
    this.#isBusy = true
    this.#from.pause()
    if (condition === 'slow') setTimeout(() => this.#deliver(data), slowMs)
    else this.#deliver(data)
  }

  #deliver(data: Buffer): void {
    if (this.#to.destroyed) return
    this.#to.write(data, () => {
      this.#isBusy = false
      this.goOn()
    })
  }
}

/** A network with one way to one server. */
export class BadNetwork {
  readonly #server: Server
  readonly #lines = new Set<Line>()
  /** What a new line is. */
  #newLine: () => Condition = () => 'clear'

  private constructor(port: number) {
    this.#server = createServer((client) => {
      const line = new Line(client, connect(port, '127.0.0.1'))
      line.become(this.#newLine())
      this.#lines.add(line)
      client.on('close', () => this.#lines.delete(line))
    })
  }

  /** Opens a network to a server of this machine. */
  static async to(url: string): Promise<BadNetwork> {
    const network = new BadNetwork(Number(new URL(url).port))
    network.#server.listen(0, '127.0.0.1')
    await once(network.#server, 'listening')
    return network
  }

  /** The server's address through this network. */
  get url(): string {
    const address = this.#server.address()
    if (typeof address !== 'object' || address === null) throw new Error('The network is closed.')
    return `http://127.0.0.1:${address.port}`
  }

  /** The lines that are open, oldest first. */
  get lines(): readonly Line[] {
    return [...this.#lines]
  }

  /** New lines are what this says. */
  spoilNewLines(condition: () => Condition): void {
    this.#newLine = condition
  }

  /** From now on it is a good one. What was swallowed stays lost, and who waits for it must notice. */
  heal(): void {
    this.#newLine = () => 'clear'
    for (const line of this.#lines) line.become('clear')
  }

  close(): void {
    this.#server.close()
    for (const line of this.#lines) line.cut()
  }
}
