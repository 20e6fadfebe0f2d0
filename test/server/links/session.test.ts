import {
  type ClientEnvelope,
  type Close,
  decodeServerEnvelope,
  encode,
  limits,
  type ServerEnvelope,
} from '@chartroom/shared'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createCounters } from '../../../server/counters.ts'
import type { Engine } from '../../../server/engine/engine.ts'
import { createMemoryEngine } from '../../../server/engine/memory.ts'
import { Groups } from '../../../server/groups/groups.ts'
import { Session } from '../../../server/links/session.ts'
import type { SessionLink } from '../../../server/links/websocket.ts'
import { createLog } from '../../../server/log.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { FakeLink } from '../../support/fake-link.ts'
import { quick } from '../../support/patience.ts'

/** A clock that stands still, and lets the others go first for real. */
class YieldingClock extends FakeClock {
  override readonly yieldTo = (run: () => void): void => void setImmediate(run)
}

class FakeSessionLink extends FakeLink implements SessionLink {
  closed: Close | undefined
  isPaused = false

  close(how: Close): void {
    this.closed ??= how
  }
  pause(): void {
    this.isPaused = true
  }
  resume(): void {
    this.isPaused = false
  }
}

describe('session', () => {
  let clock: FakeClock
  let engine: Engine
  let lines: string[]

  beforeEach(() => {
    clock = new YieldingClock()
    engine = createMemoryEngine({ now: clock.now, random: () => 0.5 })
    lines = []
  })

  function open(defaultGroup?: string, host: Partial<Engine> = {}) {
    const link = new FakeSessionLink('ws-1')
    const made = { ...engine, ...host }
    const session = new Session(
      {
        engine: made,
        groups: new Groups(made, clock),
        clock,
        log: createLog((line) => lines.push(line), clock.now, 'info'),
        counters: createCounters(),
        now: clock.now,
        personOf: (secret) => `person ${secret}`,
      },
      defaultGroup,
    )
    session.start(link)
    const say = async (...envelopes: ClientEnvelope[]): Promise<ServerEnvelope[]> => {
      for (const envelope of envelopes) session.onText(encode(envelope))
      await vi.waitFor(() => expect(session.isIdle).toBe(true), quick)
      return link.take()
    }
    return { session, link, say }
  }

  const hello = { type: 'hello', id: 1, name: 'Ana' } as const

  it('[H3] closes with 3502 when no hello came within 10 s', () => {
    const { link } = open()
    clock.advance(limits.helloMs - 1)
    expect(link.closed).toBeUndefined()
    clock.advance(1)
    expect(link.closed).toMatchObject({ code: 3502 })
    expect(clock.waiting).toBe(0)
  })

  it('[I1] pings every 25 s, and closes with 3012 when no pong came within 8 s', async () => {
    const { link, say } = open()
    await say(hello)
    clock.advance(limits.pingMs)
    expect(link.take()).toMatchObject([{ type: 'ping' }])
    await say({ type: 'pong' })
    clock.advance(limits.pingMs)
    expect(link.take()).toMatchObject([{ type: 'ping' }])
    clock.advance(limits.pongMs)
    expect(link.closed).toMatchObject({ code: 3012 })
  })

  it('[I1] neither pings a full link nor takes it for dead: whether it drains is for others to see', async () => {
    const { link, say } = open()
    await say(hello)
    link.isFull = true
    clock.advance(limits.pingMs + limits.pongMs)
    expect(link.take()).toEqual([])
    link.isFull = false
    clock.advance(limits.pingMs - limits.pongMs)
    expect(link.take()).toMatchObject([{ type: 'ping' }])
    link.isFull = true
    clock.advance(limits.pongMs)
    expect(link.closed).toBeUndefined()
    link.isFull = false
    clock.advance(limits.pingMs)
    expect(link.closed).toMatchObject({ code: 3012 })
  })

  it('lets a link that answers live for ever', async () => {
    const { link, say } = open()
    await say(hello)
    for (let beat = 0; beat < 100; beat++) {
      clock.advance(limits.pingMs)
      await say({ type: 'pong' })
    }
    expect(link.closed).toBeUndefined()
  })

  it('[T7] answers in the order of the questions, also when one takes longer', async () => {
    let release = () => {}
    const waits = new Promise<void>((resolve) => {
      release = resolve
    })
    const { session, link } = open('ops', {
      append: async (append) => {
        await waits
        return engine.append(append)
      },
    })
    for (const envelope of [hello, annotate(2, 'slow'), { type: 'ping', id: 3 }] as const) {
      session.onText(encode(envelope))
    }
    release()
    await vi.waitFor(() => expect(link.frames).toHaveLength(3), quick)
    expect(link.take().map((answer) => answer.type)).toEqual(['welcome', 'ack', 'pong'])
  })

  it('stops reading a peer that asks faster than it is served, and goes on after', async () => {
    const { session, link } = open()
    session.onText(encode(hello))
    for (let at = 0; at < 100; at++) session.onText(encode({ type: 'ping', id: at }))
    expect(link.isPaused).toBe(true)
    await vi.waitFor(() => expect(session.isIdle).toBe(true), quick)
    expect(link.isPaused).toBe(false)
  })

  it('lets the event loop turn between the frames of one read', async () => {
    const { session, link } = open()
    for (const envelope of [hello, { type: 'ping', id: 1 }, { type: 'ping', id: 2 }] as const) {
      session.onText(encode(envelope))
    }
    await Promise.resolve()
    const first = link.frames.length
    await vi.waitFor(() => expect(link.frames).toHaveLength(3), quick)
    expect(first).toBeLessThan(3)
  })

  it('asks a full link no further question until it has drained', async () => {
    const { session, link, say } = open()
    await say(hello)
    link.isFull = true
    for (let at = 0; at < 10; at++) session.onText(encode({ type: 'ping', id: at }))
    await vi.waitFor(() => expect(link.isPaused).toBe(true), quick)
    expect(link.frames).toHaveLength(1)
    link.isFull = false
    session.onDrained()
    await vi.waitFor(() => expect(link.frames).toHaveLength(10), quick)
    expect(link.isPaused).toBe(false)
  })

  it('ends when a full link goes', async () => {
    const { session, link, say } = open()
    await say(hello)
    link.isFull = true
    session.onText(encode({ type: 'ping', id: 1 }))
    await vi.waitFor(() => expect(link.isPaused).toBe(true), quick)
    session.onClosed(1006)
    await vi.waitFor(() => expect(session.isIdle).toBe(true), quick)
  })

  it('[E5] is not fooled by pings between the errors', async () => {
    const { session, link, say } = open()
    await say(hello)
    for (let at = 0; at < 21; at++) {
      session.onText('nonsense')
      session.onText(encode({ type: 'ping', id: at }))
    }
    await vi.waitFor(() => expect(link.closed).toMatchObject({ code: 3509 }), quick)
  })

  it('closes with 1011 when our own code fails, logs why, and tells the client nothing of it', async () => {
    const { link, say } = open('ops', { append: () => Promise.reject(new Error('the disk is on fire')) })
    const answers = await say(hello, annotate(2, 'hi'))
    expect(link.closed).toMatchObject({ code: 1011 })
    expect(JSON.stringify(answers)).not.toContain('fire')
    expect(lines.join()).toContain('the disk is on fire')
  })

  it('[E5] closes with 3509 after more errors than a correct client makes', async () => {
    const { session, link, say } = open()
    await say(hello)
    for (let at = 0; at < 21; at++) session.onText('nonsense')
    await vi.waitFor(() => expect(link.closed).toMatchObject({ code: 3509 }), quick)
  })

  it('[E5] forgives errors after a request that was right', async () => {
    const { session, link, say } = open()
    await say(hello)
    for (let round = 0; round < 5; round++) {
      for (let at = 0; at < 15; at++) session.onText('nonsense')
      await say({ type: 'subscribe', id: round, group: 'ops' })
    }
    expect(link.closed).toBeUndefined()
  })

  it('[E5] forgives errors that are a minute old', async () => {
    const { session, link, say } = open()
    await say(hello)
    for (let minute = 0; minute < 5; minute++) {
      for (let at = 0; at < 15; at++) session.onText('nonsense')
      await expect.poll(() => session.isIdle).toBe(true)
      // Each ping is answered, so that only the errors can close it.
      for (let step = 0; step < 12; step++) {
        clock.advance(5_000)
        session.onText(encode({ type: 'pong' }))
        await expect.poll(() => session.isIdle).toBe(true)
      }
    }
    expect(link.closed).toBeUndefined()
  })

  it('[C1] says when to come back and closes with 3001 when the server goes', async () => {
    const { session, link, say } = open()
    await say(hello)
    session.drain(1_500)
    expect(link.take()).toEqual([{ type: 'closing', afterMs: 1_500 }])
    expect(link.closed).toMatchObject({ code: 3001 })
    expect(clock.waiting).toBe(0)
  })

  it('leaves its groups and no timer behind when the link goes', async () => {
    const { session, say } = open()
    const stays = open()
    await stays.say(hello, { type: 'subscribe', id: 2, group: 'ops' })
    await say(hello, { type: 'subscribe', id: 2, group: 'ops' })
    session.onClosed(1006)
    stays.session.onClosed(1006)
    expect(clock.waiting).toBe(0)
    expect(lines.at(-1)).toContain('"event":"link_closed"')
  })

  it('ignores frames that come after it closed', async () => {
    const { session, link } = open()
    session.onClosed(1001)
    session.onText(encode(hello))
    expect(link.frames).toEqual([])
  })

  it('sends only envelopes that its own clients can decode', async () => {
    const { session, link } = open('ops')
    for (const envelope of [hello, { type: 'subscribe', id: 2, windowMs: 60_000 }, annotate(3, 'hi')] as const) {
      session.onText(encode(envelope))
    }
    await vi.waitFor(() => expect(link.frames.length).toBeGreaterThanOrEqual(4), quick)
    for (const frame of link.frames) expect(decodeServerEnvelope(frame.bytes.toString()).ok).toBe(true)
  })
})

function annotate(id: number, text: string): ClientEnvelope {
  return { type: 'annotate', id, text }
}
