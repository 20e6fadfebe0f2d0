import { type Connection, type ConnectionState, createConnection } from '@chartroom/shared/client'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FakePlatform } from '../../support/fake-platform.ts'
import { MemoryServer } from '../../support/memory-server.ts'

interface Opened {
  readonly platform: FakePlatform
  readonly server: MemoryServer
  readonly connection: Connection
  readonly words: ConnectionState['word'][]
}

/** A connection that has not opened yet, and the server that it will find. */
function open(options: { readonly name?: string; readonly secret?: string } = {}): Opened {
  const platform = new FakePlatform()
  const server = new MemoryServer(platform)
  const connection = createConnection({ url: 'http://localhost:3000', platform, ...options })
  const words: ConnectionState['word'][] = []
  connection.onState(({ word }) => words.push(word))
  return { platform, server, connection, words }
}

/** A connection that is welcomed and follows `ops`. */
function join(options: { readonly name?: string; readonly secret?: string } = {}) {
  const opened = open(options)
  const replica = opened.connection.follow('ops')
  opened.server.flush()
  return { ...opened, replica }
}

function types(frames: readonly string[]): string[] {
  return frames.map((frame) => JSON.parse(frame).type)
}

describe('a connection that opens', () => {
  it('asks for the socket of that address and our subprotocol', () => {
    const { platform } = open()
    expect(platform.socket.url).toBe('ws://localhost:3000/ws')
    expect(platform.socket.protocol).toBe('chartroom.v1')
  })

  it('sends hello and then subscribe, without waiting for the welcome', () => {
    const { platform, connection } = open({ name: 'Ann', secret: 's3' })
    connection.follow('ops', { paceMs: 2_000, windowMs: 300_000, present: false })
    platform.socket.open()
    expect(platform.socket.toServer.map((frame) => JSON.parse(frame))).toEqual([
      { type: 'hello', id: 1, name: 'Ann', secret: 's3' },
      { type: 'subscribe', id: 2, group: 'ops', paceMs: 2_000, windowMs: 300_000, present: false },
    ])
  })

  it('is connecting until it is welcomed, and live then', () => {
    const { server, connection, words } = open()
    expect(connection.state).toEqual({ word: 'connecting' })
    server.flush()
    expect(connection.state).toEqual({ word: 'live', lagMs: 0 })
    expect(words).toEqual(['live'])
  })

  it('comes back when it is not welcomed within 10 s', () => {
    const { platform, server, connection } = open()
    server.deafTo.add('hello')
    server.flush()
    platform.advance(9_999)
    expect(connection.state.word).toBe('connecting')
    platform.advance(1)
    expect(connection.state.word).toBe('waiting')
    expect(platform.socket.state).toBe('closed')
  })

  it('comes back when no socket can even be begun', () => {
    const { platform, server, connection } = open()
    platform.refusal = new Error('not from a page over https')
    server.flush()
    server.cut()
    platform.advance(10_000)
    expect(connection.state.word).toBe('waiting')
    platform.refusal = undefined
    platform.advance(20_000)
    server.flush()
    expect(connection.state.word).toBe('live')
  })

  it('is closed for good when its hello is refused for good, and tells why', () => {
    const { server, connection } = open({ name: 'Ann' })
    server.refusals.push({ type: 'hello', code: 'name_missing' })
    server.flush()
    expect(connection.state).toEqual({ word: 'closed', code: 3500, reason: 'no: name_missing' })
  })

  it.each([{ name: '' }, { name: 'a\nb' }, { name: 'x'.repeat(65) }, { secret: '' }, { secret: 'x'.repeat(201) }])(
    'refuses at once to be %j',
    (identity) => {
      expect(() => open(identity)).toThrow('Nobody can connect so')
    },
  )
})

describe('a connection that ends', () => {
  it('waits with jitter before it comes back, longer each time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 8 }),
        (chances) => {
          const { platform, connection } = open()
          for (const [n, chance] of chances.entries()) {
            platform.chance = () => chance
            const before = platform.now()
            platform.socket.end(1006)
            if (connection.state.word !== 'waiting') throw new Error(connection.state.word)
            const waitMs = connection.state.untilMs - before
            expect(waitMs).toBe(Math.min(20_000, Math.round(500 + chance * 500 * 2 ** n)))
            platform.advance(waitMs)
            expect(platform.sockets.length).toBe(n + 2)
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  it.each([
    [9_999, 1_500],
    [10_000, 1_000],
  ])('after %i ms of being live waits %i ms: only a stable life resets the backoff', (liveMs, waitMs) => {
    const { platform, server, connection } = open()
    platform.chance = () => 0.999_999_999_9
    platform.socket.end(1006)
    platform.advance(1_000)
    server.flush()
    platform.advance(liveMs)
    server.cut()
    expect(connection.state).toEqual({ word: 'waiting', untilMs: platform.now() + waitMs })
  })

  it.each([1001, 1006, 1011, 1012, 1013, 3001, 3008, 3012, 3499, 4000, 4499])('comes back after %i', (code) => {
    const { server, connection } = join()
    server.cut(code)
    expect(connection.state.word).toBe('waiting')
  })

  it.each([1000, 1002, 1008, 1009, 3500, 3501, 3509, 4500])('stays away after %i, and says so', async (code) => {
    const { platform, server, connection, replica } = join({ name: 'Ann' })
    const written = replica.annotate({ text: 'lost?' })
    server.cut(code, 'because')
    expect(connection.state).toEqual({ word: 'closed', code, reason: 'because' })
    platform.advance(600_000)
    platform.wake()
    expect(platform.sockets.length).toBe(1)
    expect(await written).toMatchObject({ ok: false, refusal: { code: 'closing' } })
    expect(await replica.annotate({ text: 'now?' })).toMatchObject({ ok: false, refusal: { code: 'closing' } })
  })

  it('comes back after it was closed for good when somebody wants it to', async () => {
    const { server, connection, replica } = join({ name: 'Ann' })
    server.cut(3509)
    connection.reconnectNow()
    const written = replica.annotate({ text: 'again' })
    server.flush()
    expect(connection.state.word).toBe('live')
    expect(await written).toMatchObject({ ok: true, value: { text: 'again' } })
  })

  it('waits as long as the server asked when it is closing, also when it wakes', () => {
    const { platform, server, connection } = join()
    server.send({ type: 'closing', afterMs: 7_300 })
    server.flush()
    server.cut(3001)
    expect(connection.state).toEqual({ word: 'waiting', untilMs: platform.now() + 7_300 })
    platform.wake()
    platform.advance(7_299)
    expect(platform.sockets.length).toBe(1)
    platform.advance(1)
    expect(platform.sockets.length).toBe(2)
    platform.socket.end(1006)
    expect(connection.state).toEqual({ word: 'waiting', untilMs: platform.now() + 500 })
  })

  it('comes back at the next slower pace after 3008, on every group', () => {
    const { platform, server, connection, replica } = join()
    connection.follow('sales', { paceMs: 60_000 })
    server.flush()
    server.cut(3008)
    platform.advance(500)
    server.flush()
    expect(server.heardOf('subscribe').slice(2)).toMatchObject([
      { group: 'ops', paceMs: 2_000 },
      { group: 'sales', paceMs: 60_000 },
    ])
    expect(replica.paceMs).toBe(2_000)
  })

  it('slows down again when even that pace was too fast', () => {
    const { platform, server, replica } = join()
    server.cut(3008)
    platform.advance(500)
    platform.socket.end(3008)
    expect(replica.paceMs).toBe(5_000)
  })

  it('waits no longer when it is told to come back now', () => {
    const { platform, server, connection } = join()
    server.cut()
    connection.reconnectNow()
    connection.reconnectNow()
    expect(platform.sockets.length).toBe(2)
    platform.advance(600)
    expect(platform.sockets.length).toBe(2)
  })

  it('ignores what an old socket tells late', () => {
    const { platform, connection, replica } = join()
    const [old] = platform.sockets
    connection.rename('Ann')
    old?.receive(JSON.stringify({ type: 'update', group: 'ops', epoch: 'x', from: 0, to: 9, time: 1 }))
    old?.end(3500)
    expect(connection.state).toEqual({ word: 'connecting' })
    expect(replica.state.revision).toBe(0)
  })
})

describe('liveness', () => {
  it('answers the ping of the server at once', () => {
    const { platform, server } = join()
    server.send({ type: 'ping', time: 1 })
    server.flush()
    expect(server.heardOf('pong')).toEqual([{ type: 'pong' }])
    expect(platform.sockets.length).toBe(1)
  })

  it('comes back when no frame came for 25 + 10 s', () => {
    const { platform, server, connection } = join()
    server.deafTo.add('ping')
    server.flush()
    platform.advance(34_999)
    expect(connection.state.word).toBe('behind')
    platform.advance(1)
    expect(connection.state.word).toBe('waiting')
    expect(platform.socket.closedWith).toEqual({ code: 3012, reason: 'no pong' })
  })

  it('stays while any frame comes, however late the timers are', () => {
    const { platform, server, connection } = join()
    for (let n = 0; n < 5; n++) {
      platform.suspend(60_000)
      server.send({ type: 'ping', time: server.now })
      server.flush()
      platform.advance(0)
    }
    expect(platform.sockets.length).toBe(1)
    expect(connection.state.word).not.toBe('waiting')
  })

  it('asks on waking, and comes back when there is no answer within 5 s', () => {
    const { platform, server, connection } = join()
    server.deafTo.add('ping')
    platform.wake()
    server.flush()
    expect(server.heardOf('ping').length).toBe(2)
    platform.advance(4_999)
    expect(connection.state.word).not.toBe('waiting')
    platform.advance(1)
    expect(connection.state.word).toBe('waiting')
  })

  it('stays on waking when the server answers', () => {
    const { platform, server } = join()
    platform.suspend(30_000)
    platform.wake()
    server.flush()
    platform.advance(20_000)
    expect(platform.sockets.length).toBe(1)
  })

  it('finds on waking that it slept too long, and need not wait for an answer', () => {
    const { platform, connection } = join()
    platform.suspend(3_600_000)
    platform.wake()
    platform.advance(0)
    expect(connection.state.word).toBe('waiting')
  })

  it('comes back on waking when it was waiting', () => {
    const { platform, server } = join()
    server.cut()
    platform.wake()
    expect(platform.sockets.length).toBe(2)
  })
})

describe('frames of the server', () => {
  it('of an unknown type are ignored', () => {
    const { platform, connection } = join()
    platform.socket.receive(JSON.stringify({ type: 'confetti' }))
    expect(connection.state.word).toBe('live')
  })

  it.each(['', '{', '[]', '{"type":"update"}', '{"type":"ack","id":"x"}', new Uint8Array(3)])(
    'that are nonsense (%j) close the socket, and it comes back with backoff',
    (frame) => {
      const { platform, connection } = join()
      platform.chance = () => 0.5
      platform.socket.receive(frame)
      expect(platform.socket.closedWith).toEqual({ code: 3500, reason: 'bad frame' })
      expect(connection.state).toEqual({ word: 'waiting', untilMs: platform.now() + 750 })
    },
  )

  it('for groups that nobody follows, and answers that nobody waits for, are no harm', () => {
    const { server, connection } = join()
    server.send({ type: 'update', group: 'other', epoch: 'x', from: 0, to: 1, time: 1 })
    server.send({ type: 'presence', group: 'other', count: 1, people: [] })
    server.send({ type: 'ack', id: 99 })
    server.send({ type: 'error', code: 'newer_than_us', message: 'no', temporary: false })
    server.send({ type: 'pong', id: 99, time: 1 })
    server.flush()
    expect(connection.state.word).toBe('live')
  })
})

describe('lag', () => {
  it('is how old an update is when it comes, by the clock of the server', () => {
    const { platform, server, connection } = open()
    server.aheadMs = 86_400_000
    connection.follow('ops')
    server.flush()
    server.post('ops', { cpu: 1 })
    platform.advance(400)
    server.push()
    server.flush()
    expect(connection.state).toEqual({ word: 'live', lagMs: 400 })
    expect(connection.serverNow()).toBe(server.now)
  })

  it('is never below 0', () => {
    const { server, connection } = join()
    server.aheadMs = 5_000
    server.post('ops', { cpu: 1 })
    server.push()
    server.flush()
    expect(connection.state).toEqual({ word: 'live', lagMs: 0 })
  })

  it('is not told by the update that answers a subscribe: a quiet group is not behind', () => {
    const { platform, server, connection, words } = open()
    server.post('ops', { cpu: 1 })
    platform.advance(3_600_000)
    connection.reconnectNow()
    platform.advance(20_000)
    connection.follow('ops').change({ paceMs: 500 })
    server.flush()
    expect(connection.state).toEqual({ word: 'live', lagMs: 0 })
    expect(words).not.toContain('behind')
  })

  it.each([
    [1_000, 3_000, 3_001],
    [2_000, 4_000, 4_001],
    [60_000, 120_000, 120_001],
  ])('at a pace of %i ms is still live at %i ms and behind at %i ms', (paceMs, liveMs, behindMs) => {
    const { platform, server, connection } = open()
    connection.follow('ops', { paceMs })
    server.flush()
    for (const [lagMs, word] of [
      [liveMs, 'live'],
      [behindMs, 'behind'],
      [liveMs, 'live'],
    ] as const) {
      server.post('ops', { cpu: lagMs })
      platform.suspend(lagMs)
      server.push()
      server.flush()
      expect(connection.state.word).toBe(word)
    }
  })

  it('is behind when a ping is unanswered for 3 s, and live again with the next timely answer', () => {
    const { platform, server, connection } = join()
    server.deafTo.add('ping')
    platform.advance(5_000)
    server.flush()
    platform.advance(2_999)
    expect(connection.state.word).toBe('live')
    platform.advance(1)
    expect(connection.state).toEqual({ word: 'behind', lagMs: 3_000 })
    server.deafTo.clear()
    platform.advance(2_000)
    server.flush()
    expect(connection.state).toEqual({ word: 'live', lagMs: 0 })
  })

  it('is asked for every 5 s while nothing comes, and every 20 s while numbers do', () => {
    const { platform, server } = join()
    const pingsOf = (seconds: number, each: () => void) => {
      let pings = 0
      for (let second = 0; second < seconds; second++) {
        each()
        platform.advance(1_000)
        pings += platform.socket.toServer.filter((text) => JSON.parse(text).type === 'ping').length
        server.flush()
      }
      return pings
    }
    const post = () => {
      server.post('ops', { cpu: 1 })
      server.push()
    }
    expect(pingsOf(20, () => {})).toBe(4)
    expect(pingsOf(60, post)).toBe(3)
    expect(pingsOf(20, () => {})).toBe(4)
  })

  it('stays behind when the answer itself took longer than 3 s', () => {
    const { platform, server, connection } = join()
    platform.advance(5_000)
    platform.advance(3_500)
    server.flush()
    expect(connection.state.word).toBe('behind')
  })

  it('is half of what the welcome took, until numbers come', () => {
    const { platform, connection } = open()
    platform.socket.open()
    const hello = JSON.parse(platform.socket.toServer[0] ?? '')
    platform.suspend(600)
    platform.socket.receive(JSON.stringify({ type: 'welcome', id: hello.id, time: 1, pingMs: 25_000, limits: {} }))
    expect(connection.state).toEqual({ word: 'live', lagMs: 300 })
  })
})

describe('groups on one socket', () => {
  it('are each told what is theirs', () => {
    const { platform, server, connection, replica } = join()
    const sales = connection.follow('sales')
    server.flush()
    server.post('ops', { cpu: 1 })
    server.post('sales', { orders: 2 })
    server.push()
    server.flush()
    expect(replica.state.series.get('cpu')?.value).toBe(1)
    expect(sales.state.series.get('orders')?.value).toBe(2)
    expect(replica.state.series.size + sales.state.series.size).toBe(2)
    expect(platform.sockets.length).toBe(1)
  })

  it('are found under their canonical name', () => {
    const { server, connection } = open()
    server.post('ops', { cpu: 1 })
    const replica = connection.follow('OPS')
    server.flush()
    expect(replica.group).toBe('ops')
    expect(replica.isFilled).toBe(true)
    expect(connection.follow('Ops')).toBe(replica)
  })

  it('that are followed again are the same, followed as asked now', () => {
    const { server, connection } = open()
    const replica = connection.follow('ops', { present: false })
    server.flush()
    expect(connection.follow('ops')).toBe(replica)
    server.flush()
    expect(server.heardOf('subscribe').length).toBe(1)
    connection.follow('ops', { present: true, paceMs: 250 })
    server.flush()
    expect(server.heardOf('subscribe').at(-1)).toMatchObject({ paceMs: 250 })
    expect(server.heardOf('subscribe').map(({ present }) => present)).toEqual([false, undefined])
  })

  it('can be left and followed again, and an update under way to the first does no harm', () => {
    const { server, connection, replica } = join()
    server.post('ops', { cpu: 1 })
    server.push()
    replica.close()
    const again = connection.follow('ops')
    expect(again).not.toBe(replica)
    server.post('ops', { load: 2 })
    server.flush()
    expect(server.heardOf('unsubscribe')).toEqual([{ type: 'unsubscribe', id: expect.any(Number), group: 'ops' }])
    expect([...again.state.series.keys()]).toEqual(['cpu', 'load'])
    expect(again.state.revision).toBe(2)
    expect(replica.state.revision).toBe(0)
  })

  it('that were left are not followed after a reconnect', () => {
    const { platform, server, replica } = join()
    replica.close()
    server.flush()
    server.cut()
    platform.advance(500)
    server.flush()
    expect(server.heardOf('subscribe').length).toBe(1)
  })
})

describe('another name', () => {
  it('is said by another hello, and the groups resume', () => {
    const { platform, server, connection, replica } = join({ secret: 's3' })
    server.post('ops', { cpu: 1 })
    server.push()
    server.flush()
    expect(connection.rename('Ann')).toEqual({ ok: true, value: 'Ann' })
    server.flush()
    expect(platform.sockets[0]?.closedWith).toEqual({ code: 1000, reason: 'done' })
    expect(server.heardOf('hello').at(-1)).toMatchObject({ name: 'Ann', secret: 's3' })
    expect(server.heardOf('subscribe').findLast(({ group }) => group === 'ops')).toMatchObject({ cursor: 'k3f9:1' })
    expect(replica.name).toBe('Ann')
    expect(replica.state.series.get('cpu')?.value).toBe(1)
    expect(connection.state.word).toBe('live')
  })

  it('that nobody can have changes nothing', () => {
    const { platform, connection } = join()
    expect(connection.rename('a\nb')).toMatchObject({ ok: false, refusal: { code: 'malformed' } })
    expect(connection.state.word).toBe('live')
    expect(platform.sockets.length).toBe(1)
  })

  it('taken while waiting is said when it comes back', () => {
    const { platform, server, connection } = join()
    server.cut()
    connection.rename('Ann')
    expect(platform.sockets.length).toBe(1)
    platform.advance(500)
    server.flush()
    expect(server.heardOf('hello').at(-1)).toMatchObject({ name: 'Ann' })
  })
})

describe('a connection that is closed from this side', () => {
  it('says goodbye, is final, and leaves nothing behind', async () => {
    const { platform, connection, replica } = join({ name: 'Ann' })
    const written = replica.annotate({ text: 'late' })
    connection.close()
    connection.close()
    connection.reconnectNow()
    expect(platform.socket.closedWith).toEqual({ code: 1000, reason: 'done' })
    expect(connection.state).toEqual({ word: 'closed', code: 1000, reason: 'done' })
    expect(await written).toMatchObject({ ok: false, refusal: { code: 'closing' } })
    expect(platform.waiting).toBe(0)
    expect(platform.sockets.length).toBe(1)
    expect(() => connection.follow('ops')).toThrow('closed connection')
  })

  it.each(['connecting', 'live', 'behind', 'waiting'] as const)(
    'by a listener, when it is told "%s", leaves nothing behind either',
    (word) => {
      const { platform, server, connection } = open()
      connection.onState((state) => {
        if (state.word === word) connection.close()
      })
      server.flush()
      server.deafTo.add('ping')
      platform.advance(40_000)
      expect(connection.state.word).toBe('closed')
      expect(platform.waiting).toBe(0)
      expect(platform.sockets.every(({ state }) => state === 'closed')).toBe(true)
    },
  )

  it.each([
    ['closed', 'closed'],
    ['renamed', 'connecting'],
  ] as const)('when %s by who hears of an update it is %s, and stays so', (how, word) => {
    const { platform, server, connection, replica } = join()
    replica.onUpdate(() => (how === 'closed' ? connection.close() : connection.rename('Ann')))
    server.post('ops', { cpu: 1 })
    server.push()
    while (platform.sockets.length === 1 && server.step()) {}
    expect(connection.state.word).toBe(word)
  })

  it('says nothing more while it was waiting to come back', () => {
    const { platform, server, connection } = join()
    server.cut()
    connection.close()
    platform.advance(600_000)
    expect(platform.sockets.length).toBe(1)
    expect(platform.waiting).toBe(0)
  })
})

it('sends pings and requests with ids that never repeat', () => {
  const { platform, server, connection } = join({ name: 'Ann' })
  platform.advance(20_000)
  server.flush()
  connection.follow('sales')
  server.flush()
  const ids = server.heard.flatMap((envelope) => ('id' in envelope ? [envelope.id] : []))
  expect(types(server.heard.map((envelope) => JSON.stringify(envelope)))).toContain('ping')
  expect(new Set(ids).size).toBe(ids.length)
})
