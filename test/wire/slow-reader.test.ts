// A reader that stops, over a real socket: the kernel takes megabytes for it before the server sees that it does not
// read, so the updates are large. The server's clock is the test's, so that 30 s need not pass.
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { applyUpdate, createState, limits } from '@chartroom/shared'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Counters, createCounters } from '../../server/counters.ts'
import type { Engine } from '../../server/engine/engine.ts'
import { createMemoryEngine } from '../../server/engine/memory.ts'
import { Groups } from '../../server/groups/groups.ts'
import { LinkLimit } from '../../server/guards/link-limit.ts'
import { createUpgradeDoor, type UpgradeDoor } from '../../server/links/upgrade.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { createFakeLog } from '../support/fake-log.ts'
import { patience } from '../support/patience.ts'
import { greet, type WireClient } from '../support/wire-client.ts'

/** A clock that stands still, and lets the others go first for real. */
class YieldingClock extends FakeClock {
  override readonly yieldTo = (run: () => void): void => void setImmediate(run)
}

const paceMs = 100

describe('a reader that stopped', () => {
  let clock: FakeClock
  let engine: Engine
  let server: Server
  let door: UpgradeDoor
  let counters: Counters
  let client: WireClient
  let log: ReturnType<typeof createFakeLog>
  /** Both ends of one connection. */
  let socket: Socket
  let reader: Socket

  beforeEach(async () => {
    clock = new YieldingClock()
    engine = createMemoryEngine({ now: clock.now, random: () => 0.5 })
    server = createServer()
    counters = createCounters()
    log = createFakeLog()
    const connected = new Promise<Socket>((resolve) => server.once('connection', resolve))
    door = createUpgradeDoor(server, {
      ...{ engine, groups: new Groups(engine, clock), clock, log, counters, now: clock.now, links: new LinkLimit() },
      personOf: (secret) => secret,
      isHostAllowed: () => true,
      isOriginAllowed: () => true,
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    reader = connect(port, '127.0.0.1')
    client = await greet(`http://127.0.0.1:${port}/ws/ops`, 'Ana', { createConnection: () => reader })
    socket = await connected
    client.send({ type: 'subscribe', id: 2, group: 'ops', paceMs })
    await client.next('update')
    client.socket.pause()
  })

  afterEach(async () => {
    client.close()
    await new Promise((resolve) => server.close(resolve))
  })

  /** One round of 2,000 series, and what can be written of it. */
  async function push(): Promise<void> {
    const samples = Array.from({ length: limits.maxSeriesPerGroup }, (_, at) => ({
      metric: `m${at}`,
      value: Math.random(),
    }))
    await engine.append({ group: 'ops', change: { type: 'batch', samples } })
    clock.advance(paceMs)
    await new Promise((resolve) => setImmediate(resolve))
  }

  async function fill(): Promise<void> {
    for (let at = 0; at < 1_000 && socket.writableLength < limits.fullLinkBytes; at++) await push()
    expect(socket.writableLength).toBeGreaterThanOrEqual(limits.fullLinkBytes)
  }

  it('[S7] gets nothing while it is full, and then one difference', async () => {
    await fill()
    const waiting = socket.writableLength
    for (let at = 0; at < 50; at++) await push()
    expect(socket.writableLength).toBe(waiting)

    const { state } = await engine.open('ops')
    const received = createState('ops')
    const steps: number[] = []
    client.socket.resume()
    await vi.waitFor(() => {
      for (const envelope of client.envelopes.splice(0)) {
        if (envelope.type !== 'update') continue
        steps.push(envelope.to - envelope.from)
        applyUpdate(received, envelope)
      }
      expect(received.revision).toBe(state.revision)
    }, patience)
    // What was under way when it stopped came as it was; all that it missed came at once, last.
    expect(steps.filter((step) => step >= 50)).toEqual([steps.at(-1)])
    expect(received.series.get('m7')?.value).toBe(state.series.get('m7')?.value)
    expect(counters.all().map(({ name }) => name)).not.toContain('link_reset')
  })

  it('[C4] is closed with 3008 after 30 s, and reset when it does not read that either', async () => {
    await fill()
    clock.advance(limits.slowLinkMs)
    expect(socket.writableLength).toBeLessThan(2 * limits.maxUpdateBytes)
    expect(door.sessions.size).toBe(1)
    expect(await isEstablished(reader)).toBe(true)
    clock.advance(10_000)
    await vi.waitFor(() => expect(door.sessions.size).toBe(0), patience)
    expect(log.lines.filter(({ event }) => event === 'link_closed')).toMatchObject([{ code: 3008 }])
    expect(counters.all()).toContainEqual({ name: 'link_reset', value: 1 })

    // It does not read, and yet it is told: an orderly end would wait behind what its kernel has no room for.
    await vi.waitFor(async () => expect(await isEstablished(reader)).toBe(false), patience)
    client.socket.resume()
    expect(await client.end()).toMatchObject({ code: 1006 })
  })
})

/** Whether the kernel takes a connection for open (proc(5), /proc/net/tcp: local and remote address, state 01). */
async function isEstablished({ localPort = 0, remotePort = 0 }: Socket): Promise<boolean> {
  const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0')
  const row = `0100007F:${hex(localPort)} 0100007F:${hex(remotePort)} 01 `
  return (await readFile('/proc/net/tcp', 'utf8')).includes(row)
}
