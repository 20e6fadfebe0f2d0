import { encodeCursor, limits } from '@chartroom/shared'
import { type Connection, createConnection, type FollowOptions, type Replica } from '@chartroom/shared/client'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { Queue } from '../../../shared/client/queue.ts'
import { FakeBrowser, type FakeTab } from '../../support/fake-browser.ts'
import { MemoryServer } from '../../support/memory-server.ts'
import { differenceFrom } from '../../support/receiver.ts'

const stepMs = 250

interface Person {
  readonly name?: string
  readonly secret?: string
}

interface Opened {
  readonly tab: FakeTab
  readonly connection: Connection
  readonly replica: Replica
  /** The texts of the messages in the order in which they were told. */
  readonly told: string[]
  /** The `from` of every update. */
  readonly froms: number[]
}

class Desk {
  readonly browser = new FakeBrowser()
  readonly server = new MemoryServer(this.browser.platform)

  /** A group in which there is something already. */
  constructor() {
    this.server.post('ops', { visits: 0 })
  }

  async open(how: FollowOptions = {}, person: Person = { name: 'Ann', secret: 'a secret of hers' }): Promise<Opened> {
    const tab = this.browser.openTab()
    const connection = createConnection({ url: 'http://h', platform: tab, ...person })
    const replica = connection.follow('ops', how)
    const told: string[] = []
    const froms: number[] = []
    const queue = new Queue(replica)
    replica.onUpdate(({ from }) => {
      queue.look()
      for (let next = queue.read(); next !== undefined; next = queue.read()) told.push(next.text)
      froms.push(from)
    })
    await this.settle()
    return { tab, connection, replica, told, froms }
  }

  /** All that is under way arrives, in the browser and at the server. */
  async settle(): Promise<void> {
    for (;;) {
      while (this.browser.step() || this.server.step());
      await vi.dynamicImportSettled()
      if (!this.browser.step()) return
    }
  }

  /** Time goes on, and what happens meanwhile arrives soon. */
  async advance(ms: number): Promise<void> {
    await this.settle()
    for (let past = 0; past < ms; past += stepMs) {
      this.browser.platform.advance(Math.min(stepMs, ms - past))
      await this.settle()
    }
  }

  /** The server tells its links what is new. */
  async push(): Promise<void> {
    this.server.push()
    await this.settle()
  }

  get openSockets(): number {
    return this.browser.platform.sockets.filter(({ state }) => state === 'open').length
  }
}

function presentOf({ replica }: Opened, metric: string): number | null | undefined {
  return [...replica.state.series.values()].find(({ definition }) => definition.metric === metric)?.value
}

describe('tabs of one browser', () => {
  it('share one connection, and each has the whole group', async () => {
    const desk = new Desk()
    desk.server.post('ops', { orders: 1 })
    const first = await desk.open()
    const second = await desk.open()
    expect([first.connection.way, second.connection.way]).toEqual(['websocket', 'tab'])
    expect(second.connection.state.word).toBe('live')
    expect([presentOf(first, 'orders'), presentOf(second, 'orders')]).toEqual([1, 1])
    expect(desk.openSockets).toBe(1)
    await desk.advance(1_000)
    desk.server.post('ops', { orders: 2 })
    await desk.push()
    expect([presentOf(first, 'orders'), presentOf(second, 'orders')]).toEqual([2, 2])
    expect(second.replica.name).toBe('Ann')
    expect(second.replica.people).toEqual(first.replica.people)
  })

  it('write through it, in order, each once, and are answered', async () => {
    const desk = new Desk()
    const first = await desk.open()
    const second = await desk.open()
    const written = [second.replica.annotate({ text: 'one' }), second.replica.annotate({ text: 'two' })]
    await desk.settle()
    expect((await Promise.all(written)).map((done) => done.ok && done.value.text)).toEqual(['one', 'two'])
    await desk.push()
    expect([first.told, second.told]).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ])
    expect(desk.server.heardOf('annotate')).toHaveLength(2)
  })

  it('have groups of their own, which are left when nobody wants them any more', async () => {
    const desk = new Desk()
    desk.server.post('shop', { visits: 7 })
    await desk.open()
    const { connection } = await desk.open()
    const shop = connection.follow('shop')
    await desk.settle()
    expect([...shop.state.series.values()].map(({ value }) => value)).toEqual([7])
    shop.close()
    await desk.settle()
    expect(desk.server.heardOf('unsubscribe').map(({ group }) => group)).toEqual(['shop/@ann', 'shop'])
  })

  it('follow at the fastest pace of all, with the longest past, and are seen if one of them is', async () => {
    const desk = new Desk()
    await desk.open({ paceMs: 5_000, present: false })
    await desk.open({ paceMs: 1_000, windowMs: 300_000 })
    const asked = desk.server.heardOf('subscribe').filter(({ group }) => group === 'ops')
    expect(asked.at(-1)).toMatchObject({ paceMs: 1_000, windowMs: 300_000 })
    expect(asked.at(-1)).not.toHaveProperty('present')
  })

  it('are told at their own pace what changed in it, and at once what people write', async () => {
    const desk = new Desk()
    desk.server.post('ops', { orders: 1 })
    await desk.open({ paceMs: 100 })
    const slow = await desk.open({ paceMs: 5_000 })
    await desk.advance(5_000)
    for (const orders of [2, 9, 3]) {
      await desk.advance(100)
      desk.server.post('ops', { orders })
      await desk.push()
    }
    expect(presentOf(slow, 'orders')).toBe(2)
    await desk.advance(5_000)
    expect(presentOf(slow, 'orders')).toBe(3)
    const series = slow.replica.state.series.get('orders')
    expect(series?.ring.extremesFrom(0)).toEqual({ least: 1, greatest: 9 })
    desk.server.post('ops', { orders: 4 })
    desk.server.say('ops', 'now')
    await desk.push()
    expect(slow.told).toEqual(['now'])
    expect(presentOf(slow, 'orders')).toBe(4)
  })

  it('are told at their own pace of logs, edits and the board', async () => {
    const desk = new Desk()
    await desk.open({ paceMs: 100 })
    const slow = await desk.open({ paceMs: 5_000 })
    desk.server.say('ops', 'word')
    await desk.push()
    const [said] = slow.replica.state.talk.annotations
    desk.server.commit('ops', { type: 'annotate', author: 'cron', draft: { text: 'done', kind: 'log' } })
    desk.server.commit('ops', { type: 'revise', id: said?.id ?? 0, text: 'words' })
    desk.server.commit('ops', { type: 'arrange', edits: [{ type: 'remove', chart: 'visits' }], name: 'Ben' })
    await desk.push()
    const of = ({ talk, logs, board }: Replica['state']) => [talk.annotations[0]?.text, logs.length, board === null]
    expect(of(slow.replica.state)).toEqual(['word', 0, true])
    await desk.advance(5_000)
    expect(of(slow.replica.state)).toEqual(['words', 1, false])
  })

  it('are one person: away when all of them are, and looking where one of them looks', async () => {
    const desk = new Desk()
    const first = await desk.open()
    const second = await desk.open()
    first.replica.point({ away: true, metric: 'orders' })
    await desk.advance(1_000)
    second.replica.point({ away: false, metric: 'visits', typing: true })
    await desk.advance(1_000)
    expect(desk.server.heardOf('point').at(-1)).toMatchObject({ away: false, metric: 'visits', typing: true })
    second.replica.point({ away: true, typing: false })
    await desk.advance(1_000)
    expect(desk.server.heardOf('point').at(-1)).toMatchObject({ away: true, metric: null, typing: false })
  })

  it('are attended to as those of them are that are seen there, and no longer than they are open', async () => {
    const desk = new Desk()
    const first = await desk.open({ present: false })
    const second = await desk.open()
    second.replica.point({ away: true })
    await desk.advance(1_000)
    expect(desk.server.heardOf('point').at(-1)).toMatchObject({ away: true })
    const third = await desk.open()
    third.replica.point({ typing: true, away: false })
    await desk.advance(1_000)
    expect(desk.server.heardOf('point').at(-1)).toMatchObject({ away: false, typing: true })
    third.connection.close()
    await desk.advance(1_000)
    expect(desk.server.heardOf('point').at(-1)).toMatchObject({ away: true, typing: false })
    first.replica.change({ present: true })
    second.connection.close()
    first.replica.point({ away: false })
    await desk.advance(1_000)
    expect(desk.server.heardOf('point').at(-1)).toMatchObject({ away: false })
    first.replica.point({ away: true })
    await desk.advance(1_000)
    expect(desk.server.heardOf('point').at(-1)).toMatchObject({ away: true })
  })

  it('are not all away while one of them never said so', async () => {
    const desk = new Desk()
    await desk.open({ present: false })
    await desk.open()
    const third = await desk.open()
    third.replica.point({ away: true })
    await desk.advance(1_000)
    expect(desk.server.heardOf('point').at(-1)).toMatchObject({ away: false })
  })

  it('are told also when the last of the people has gone', async () => {
    const desk = new Desk()
    const first = await desk.open()
    const second = await desk.open()
    desk.server.send({ type: 'presence', group: 'ops', count: 0, people: [] })
    await desk.settle()
    expect([first.replica.people.count, second.replica.people.count]).toEqual([0, 0])
  })

  it('ask again for a group that was refused to one of them', async () => {
    const desk = new Desk()
    desk.server.post('shop', { visits: 7 })
    const first = await desk.open()
    const second = await desk.open()
    const refused: string[] = []
    desk.server.refusals.push({ type: 'subscribe', code: 'group_limit' }, { type: 'subscribe', code: 'group_limit' })
    first.connection.follow('shop').onRefused(({ code }) => refused.push(`first ${code}`))
    await desk.settle()
    const shop = second.connection.follow('shop')
    shop.onRefused(({ code }) => refused.push(`second ${code}`))
    await desk.settle()
    expect(refused).toEqual(['first group_limit', 'first group_limit', 'second group_limit'])
    shop.close()
    const again = second.connection.follow('shop')
    await desk.settle()
    expect([...again.state.series.values()].map(({ value }) => value)).toEqual([7])
  })

  it('have the past of the lines that they ask for', async () => {
    const desk = new Desk()
    for (const orders of [1, 2, 3]) {
      desk.server.post('ops', { orders })
      desk.browser.platform.advance(10_000)
    }
    await desk.open()
    const second = await desk.open({ windowMs: 300_000 })
    const series = second.replica.state.series.get('orders')
    expect(series?.ring.extremesFrom(0)).toEqual({ least: 1, greatest: 3 })
    expect(series?.ring.length).toBe(3)
  })
})

describe('a tab', () => {
  it('of another person shares nothing', async () => {
    const desk = new Desk()
    await desk.open()
    const other = await desk.open({}, { name: 'Ben', secret: 'his' })
    expect(other.connection.way).toBe('websocket')
    expect(desk.openSockets).toBe(2)
  })

  it('of a person whose name and secret only look alike in a row shares nothing', async () => {
    const desk = new Desk()
    const first = await desk.open({}, { name: 'c', secret: 'a b' })
    const second = await desk.open({}, { name: 'b c', secret: 'a' })
    expect([first.connection.way, second.connection.way]).toEqual(['websocket', 'websocket'])
  })

  it('comes back when it is told to, though the server closed it for good', async () => {
    const desk = new Desk()
    const first = await desk.open()
    desk.server.cut(3509, 'too many errors')
    await desk.settle()
    expect(first.connection.state.word).toBe('closed')
    first.connection.reconnectNow()
    await desk.advance(stepMs)
    expect(first.connection.state.word).toBe('live')
    expect((await desk.open()).connection.way).toBe('tab')
  })

  it('that is closed leads no other, whatever is asked of it then', async () => {
    const desk = new Desk()
    const first = await desk.open()
    first.connection.close()
    first.connection.rename('Anna')
    await desk.settle()
    expect(desk.browser.channels.size).toBe(0)
  })

  it('whose person takes another name goes its own way from then on', async () => {
    const desk = new Desk()
    const first = await desk.open()
    const second = await desk.open()
    first.connection.rename('Anna')
    await desk.advance(stepMs)
    expect([first.connection.way, second.connection.way]).toEqual(['websocket', 'websocket'])
    expect(desk.openSockets).toBe(2)
    expect(second.connection.state.word).toBe('live')
  })

  it('that leaves a group which another follows through it takes nothing away', async () => {
    const desk = new Desk()
    const first = await desk.open()
    const second = await desk.open()
    first.replica.close()
    await desk.settle()
    desk.server.say('ops', 'still here')
    await desk.push()
    expect(second.told).toEqual(['still here'])
    const again = first.connection.follow('ops')
    await desk.settle()
    expect(again.state.talk.annotations.map(({ text }) => text)).toEqual(['still here'])
    expect(desk.openSockets).toBe(1)
  })

  it('whose page left a group goes on saying there what the others attend to', async () => {
    const desk = new Desk()
    const first = await desk.open()
    const second = await desk.open()
    second.replica.point({ typing: true, metric: 'visits' })
    await desk.advance(1_000)
    const said = desk.server.heardOf('point').length
    first.replica.close()
    await desk.advance(1_000)
    expect(desk.server.heardOf('point').slice(said)).toMatchObject([{ typing: true, metric: 'visits' }])
  })

  it('that joins the group of another has the direct messages there, also after that one is closed', async () => {
    const desk = new Desk()
    const first = await desk.open()
    first.replica.close()
    const second = await desk.open()
    desk.server.cut()
    await desk.advance(2_000)
    const replica = first.connection.follow('ops')
    await desk.settle()
    second.connection.close()
    await desk.settle()
    desk.server.commit('ops/@ann', { type: 'annotate', author: 'ben', draft: { text: 'hush', recipients: ['Ann'] } })
    await desk.push()
    expect(replica.inbox?.name).toBe('Ann')
    expect(replica.inbox?.state.talk.annotations.map(({ text }) => text)).toEqual(['hush'])
    void replica.inbox?.annotate({ text: 'I know', recipients: ['ben'] })
    await desk.settle()
    expect(desk.server.heardOf('annotate').at(-1)).toMatchObject({ group: 'ops' })
  })

  it('that names only what changes keeps the rest, also beside what another wants', async () => {
    const desk = new Desk()
    const first = await desk.open({ paceMs: 250, windowMs: 300_000 })
    first.replica.change({ paceMs: undefined, windowMs: undefined, present: true })
    await desk.open({ paceMs: 500, windowMs: 60_000 })
    expect(first.replica.paceMs).toBe(250)
    expect(desk.server.heardOf('subscribe').map(({ windowMs }) => windowMs)).not.toContain(60_000)
  })

  it('is let in while the server is silent to the one that leads', async () => {
    const desk = new Desk()
    desk.server.post('ops', { orders: 1 })
    const first = await desk.open()
    desk.server.deafTo.add('ping')
    for (let past = 0; past < 9; past++) await desk.advance(1_000)
    expect(first.connection.state.word).toBe('behind')
    expect(presentOf(await desk.open(), 'orders')).toBe(1)
  })

  it('that is gone without a word is let go of, whether the server pings or not', async () => {
    const desk = new Desk()
    await desk.open()
    const second = await desk.open()
    second.connection.follow('shop')
    await desk.settle()
    second.tab.crash()
    for (let past = 0; past < 40; past++) {
      desk.browser.platform.advance(5_000)
      await desk.settle()
    }
    expect(desk.server.heardOf('unsubscribe').map(({ group }) => group)).toContain('shop')
  })

  it('is told that the server is silent, or gone, when the tab that leads is', async () => {
    const desk = new Desk()
    await desk.open()
    const second = await desk.open()
    desk.server.deafTo.add('ping')
    await desk.advance(5_000)
    await desk.advance(4_000)
    await desk.advance(4_000)
    expect(second.connection.state.word).toBe('behind')
    desk.server.isDown = true
    desk.server.cut()
    await desk.settle()
    expect(second.connection.state.word).not.toBe('live')
    desk.server.isDown = false
    desk.server.deafTo.clear()
    for (let second = 0; second < 30; second++) await desk.advance(1_000)
    expect(second.connection.state.word).toBe('live')
    expect(desk.openSockets).toBe(1)
  })

  it('goes its own way when the one that leads is frozen, and nothing is lost', async () => {
    const desk = new Desk()
    const first = await desk.open()
    first.tab.isFrozen = true
    const second = await desk.open()
    await desk.advance(1_000)
    expect([second.connection.way, second.connection.state.word]).toEqual(['websocket', 'live'])
    desk.server.say('ops', 'hello')
    await desk.push()
    expect(second.told).toEqual(['hello'])
  })

  it('that does not answer is told nothing more, and then what it missed in one difference', async () => {
    const desk = new Desk()
    desk.server.post('ops', { orders: 1 })
    await desk.open()
    const second = await desk.open()
    second.tab.isFrozen = true
    for (let past = 0; past < 3; past++) await desk.advance(limits.pingMs)
    for (const orders of [5, 2, 3]) {
      await desk.advance(1_000)
      desk.server.post('ops', { orders })
      await desk.push()
    }
    const heard = second.froms.length
    second.tab.isFrozen = false
    await desk.settle()
    expect(second.froms.length).toBe(heard + 1)
    const series = second.replica.state.series.get('orders')
    expect([series?.value, series?.ring.length]).toEqual([3, 4])
  })
})

describe('a connection that follows as many groups as it may', () => {
  const many = Array.from({ length: limits.maxGroupsPerSocket }, (_, at) => `g${at}`)

  it('is not shared by a tab that follows one more', async () => {
    const desk = new Desk()
    const first = await desk.open()
    for (const group of many.slice(1)) first.connection.follow(group, { present: false })
    const second = await desk.open()
    expect(second.connection.way).toBe('tab')
    const more = second.connection.follow('more')
    await desk.advance(1_000)
    expect([first.connection.way, second.connection.way, more.isFilled]).toEqual(['websocket', 'websocket', true])
    expect(second.replica.isFilled).toBe(true)
  })

  it("is the leading tab's own, which lends what it does not need", async () => {
    const desk = new Desk()
    const first = await desk.open()
    const second = await desk.open()
    for (const group of many.slice(1)) second.connection.follow(group, { present: false })
    await desk.settle()
    expect([second.connection.way, desk.openSockets]).toEqual(['tab', 1])
    const more = first.connection.follow('more')
    await desk.advance(1_000)
    expect([second.connection.way, second.connection.state.word, desk.openSockets]).toEqual(['websocket', 'live', 2])
    expect(more.isFilled).toBe(true)
    const heard = desk.server.heard.map((envelope) => ('group' in envelope ? `${envelope.type} ${envelope.group}` : ''))
    expect(heard.lastIndexOf('unsubscribe g31')).toBeGreaterThan(0)
    expect(heard.indexOf('subscribe more')).toBeGreaterThan(heard.lastIndexOf('unsubscribe g31'))
  })
})

describe('when the tab that leads', () => {
  for (const [how, end] of [
    ['is closed', ({ connection }: Opened) => connection.close()],
    ['crashes', ({ tab }: Opened) => tab.crash()],
  ] as const) {
    it(`${how}, another does, which goes on where it was`, async () => {
      const desk = new Desk()
      const first = await desk.open()
      const [second, third] = [await desk.open(), await desk.open()]
      desk.server.say('ops', 'one')
      await desk.push()
      const written = second.replica.annotate({ text: 'two' })
      end(first)
      desk.server.say('ops', 'three')
      await desk.advance(1_000)
      await desk.advance(1_000)
      await desk.push()
      expect((await written).ok).toBe(true)
      for (const { told, froms, connection } of [second, third]) {
        expect(told.toSorted()).toEqual(['one', 'three', 'two'])
        expect(froms.filter((from) => from === 0)).toHaveLength(1)
        expect(connection.state.word).toBe('live')
      }
      expect([second.connection.way, third.connection.way]).toEqual(['websocket', 'tab'])
      expect(desk.openSockets).toBe(1)
    })
  }

  it('is closed, the lines of the others keep their past, though the next one has none', async () => {
    const desk = new Desk()
    for (const orders of [1, 2, 3]) {
      desk.server.post('ops', { orders })
      desk.browser.platform.advance(10_000)
    }
    const first = await desk.open()
    await desk.open()
    const third = await desk.open({ windowMs: 300_000 })
    const series = () => third.replica.state.series.get('orders')
    expect(series()?.ring.length).toBe(3)
    desk.server.isDown = true
    first.connection.close()
    await desk.advance(1_000)
    desk.server.isDown = false
    await desk.advance(1_000)
    expect(third.connection.way).toBe('tab')
    expect(series()?.ring.length).toBe(3)
  })

  it('knows less than one of the others, that one is not led back', async () => {
    const desk = new Desk()
    const first = await desk.open()
    const second = await desk.open()
    const third = await desk.open({ paceMs: 60_000 })
    desk.server.post('ops', { orders: 1 })
    await desk.push()
    desk.server.post('ops', { orders: 2 })
    await desk.push()
    const { revision } = third.replica.state
    expect(second.replica.state.revision).toBeGreaterThanOrEqual(revision)
    first.tab.crash()
    await desk.advance(stepMs)
    await desk.advance(1_000)
    for (const { replica } of [second, third]) {
      expect(encodeCursor(replica.state)).toBe(encodeCursor(desk.server.group('ops')))
    }
    expect(third.froms.filter((from) => from === 0)).toHaveLength(1)
  })
})

const pick = fc.nat({ max: 50 })
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ word: fc.constant('open' as const), paceMs: fc.constantFrom(100, 1_000, 5_000) }),
  },
  { weight: 6, arbitrary: fc.record({ word: fc.constant('write' as const), pick }) },
  { weight: 4, arbitrary: fc.record({ word: fc.constant('say' as const) }) },
  { weight: 4, arbitrary: fc.record({ word: fc.constant('post' as const), value: fc.nat({ max: 9 }) }) },
  { weight: 5, arbitrary: fc.record({ word: fc.constant('push' as const) }) },
  { weight: 6, arbitrary: fc.record({ word: fc.constant('move' as const), steps: fc.nat({ max: 12 }) }) },
  { weight: 3, arbitrary: fc.record({ word: fc.constant('advance' as const), ms: fc.nat({ max: 3_000 }) }) },
  { weight: 2, arbitrary: fc.record({ word: fc.constant('close' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ word: fc.constant('crash' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ word: fc.constant('freeze' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ word: fc.constant('thaw' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ word: fc.constant('cut' as const) }) },
)

describe('whatever happens to the tabs of a browser', () => {
  it('every tab that is left has all of the group, each message was told once, and what was written is stored once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const desk = new Desk()
        let open: Opened[] = [await desk.open()]
        const said = new Map<string, Opened>()
        let count = 0
        for (const one of steps) {
          switch (one.word) {
            case 'open':
              if (open.length < 4) open.push(await desk.open({ paceMs: one.paceMs }))
              break
            case 'write': {
              const from = open[one.pick % open.length]
              if (from === undefined || from.tab.isFrozen) break
              const text = `written ${count++}`
              said.set(text, from)
              void from.replica.annotate({ text })
              break
            }
            case 'say':
              desk.server.say('ops', `said ${count++}`)
              break
            case 'post':
              desk.server.post('ops', { orders: one.value })
              break
            case 'push':
              desk.server.push()
              break
            case 'move':
              for (let moved = 0; moved < one.steps; moved++) desk.browser.step() || desk.server.step()
              await vi.dynamicImportSettled()
              break
            case 'advance':
              desk.browser.platform.advance(one.ms)
              break
            case 'close':
            case 'crash': {
              const gone = open[one.pick % open.length]
              if (gone === undefined || open.length === 1) break
              if (one.word === 'close' && !gone.tab.isFrozen) gone.connection.close()
              gone.tab.crash()
              open = open.filter((other) => other !== gone)
              break
            }
            case 'freeze':
            case 'thaw': {
              const tab = open[one.pick % open.length]?.tab
              if (tab !== undefined) tab.isFrozen = one.word === 'freeze'
              break
            }
            case 'cut':
              if (desk.browser.platform.sockets.length > 0) desk.server.cut()
              break
          }
        }
        for (const { tab } of open) tab.isFrozen = false
        for (let turn = 0; turn < 20; turn++) {
          for (const { connection } of open) connection.reconnectNow()
          desk.server.push()
          await desk.advance(2 * stepMs)
        }
        const texts = desk.server.group('ops').talk.annotations.map(({ text }) => text)
        expect(new Set(texts).size).toBe(texts.length)
        for (const [text, from] of said) if (open.includes(from)) expect(texts).toContain(text)
        const { series, board } = desk.server.group('ops')
        for (const { replica, told, connection } of open) {
          expect(connection.state.word).toBe('live')
          const view = { series, board, annotations: desk.server.group('ops').talk.annotations }
          expect(differenceFrom(view, replica.state)).toBeUndefined()
          expect(new Set(told).size).toBe(told.length)
        }
      }),
      { numRuns: 40 },
    )
  })
})
