// A server of HTTP in the test's own process, with the test's clock: for what a server of its own cannot be asked.

import { createServer, Server } from 'node:http'
import type { Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { createApp } from '../../server/app.ts'
import { createCounters } from '../../server/counters.ts'
import { createMemoryEngine } from '../../server/engine/memory.ts'
import { Groups } from '../../server/groups/groups.ts'
import { LinkLimit } from '../../server/guards/link-limit.ts'
import type { DrainedLink } from '../../server/links/drained-link.ts'
import { createUpgradeDoor } from '../../server/links/upgrade.ts'
import { FakeClock } from './fake-clock.ts'
import { createFakeLog } from './fake-log.ts'

/** A clock that stands still, and lets the others go first for real. */
class YieldingClock extends FakeClock {
  override readonly yieldTo = (run: () => void): void => void setImmediate(run)
}

const start = 1_795_178_659_000

/** A server that listens. */
export class OpenApp {
  readonly clock = new YieldingClock()
  readonly engine = createMemoryEngine({ now: () => start + this.clock.now(), random: () => 0.5 })
  readonly groups = new Groups(this.engine, this.clock)
  readonly counters = createCounters()
  readonly parked = new Set<DrainedLink>()
  readonly links: LinkLimit
  readonly sockets: Socket[] = []
  isDraining = false
  readonly #server: Server

  constructor({ maxLinks }: { readonly maxLinks?: number } = {}) {
    this.links = new LinkLimit(maxLinks)
    const host = {
      ...{ engine: this.engine, groups: this.groups, counters: this.counters, parked: this.parked, links: this.links },
      clock: this.clock,
      log: createFakeLog(),
      now: () => start + this.clock.now(),
      random: () => 0.5,
      personOf: (secret: string) => secret,
      isDraining: () => this.isDraining,
      addresses: () => [],
      pageFolder: '.',
      version: '0',
      isHostAllowed: () => true,
      isOriginAllowed: () => true,
    }
    const server = createAdaptorServer({ fetch: createApp(host).fetch, createServer })
    if (!(server instanceof Server)) throw new Error('the adaptor made no HTTP/1.1 server')
    this.#server = server
    createUpgradeDoor(server, host)
    server.on('connection', (socket) => this.sockets.push(socket))
  }

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return this
  }

  get url(): string {
    const address = this.#server.address()
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  }

  /** A sample for each metric. */
  async number(values: Readonly<Record<string, number>>, group = 'ops'): Promise<void> {
    const samples = Object.entries(values).map(([metric, value]) => ({ metric, value }))
    await this.engine.append({ group, change: { type: 'batch', samples } })
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
    this.groups.close()
  }
}
