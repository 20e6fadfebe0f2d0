// Those who are answered once and come back: how they find the clock of their pace, and their place among the people.
import { type Change, type Cursor, cursorOf, encodeCursor, type GroupState, startCursor } from '@chartroom/shared'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '../../../server/engine/engine.ts'
import { createMemoryEngine } from '../../../server/engine/memory.ts'
import type { Frame } from '../../../server/groups/frame.ts'
import { Group } from '../../../server/groups/group.ts'
import type { Link } from '../../../server/groups/subscriber.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { FakeLink, receive, subscriberAt } from '../../support/fake-link.ts'

const start = 1_795_178_659_000

describe('waiting', () => {
  let clock: FakeClock
  let engine: Engine
  let group: Group
  let state: GroupState
  let emptied: number

  beforeEach(async () => {
    clock = new FakeClock()
    engine = createMemoryEngine({ now: () => start + clock.now(), random: () => 0.5 })
    const followed = await engine.open('ops')
    state = followed.state
    emptied = 0
    group = new Group(followed, clock, engine, () => emptied++)
    return () => group.close()
  })

  const append = async (change: Change) => {
    const accepted = await engine.append({ group: 'ops', change })
    expect(accepted.ok).toBe(true)
  }
  const number = (value: number) => append({ type: 'batch', samples: [{ metric: 'cpu', value }] })

  it('ends at the next round of the pace, with what changed, encoded once for all who wait', async () => {
    const links = Array.from({ length: 1_000 }, () => new FakeLink())
    for (const link of links) expect(group.wait(link, cursorOf(state), 1_000)).toBeDefined()
    await number(1)
    clock.advance(20)
    for (let turn = 0; turn < 8; turn++) clock.turn()
    expect(new Set(links.flatMap(({ frames }) => frames)).size).toBe(1)
    expect(links.every(({ frames }) => frames.length === 1)).toBe(true)
  })

  it('leaves no clock behind in a group that nobody ever wrote to', () => {
    group.wait(new FakeLink(), cursorOf(state), 60_000)?.()
    expect(group.isEmpty).toBe(true)
    expect(clock.waiting).toBe(0)
  })

  it('ends at once by an annotation', async () => {
    const link = new FakeLink()
    await number(1)
    group.wait(new FakeLink(), cursorOf(state), 60_000)
    await number(2)
    clock.advance(20)
    group.wait(link, cursorOf(state), 60_000)
    await number(3)
    await append({ type: 'annotate', author: 'ana', draft: { text: 'hi' } })
    clock.advance(50)
    expect(link.takeUpdates()).toMatchObject([{ annotations: [{ text: 'hi' }], values: [[1, 3]] }])
  })

  it('does not begin below what the pace was sent, above the head, or in another epoch', async () => {
    group.join(subscriberAt(100), {})
    await number(1)
    const behind = cursorOf(state)
    await number(2)
    clock.advance(20)
    const { epoch, revision } = cursorOf(state)
    for (const cursor of [behind, { epoch, revision: revision + 1 }, { epoch: 'x', revision }, startCursor]) {
      expect(group.wait(new FakeLink(), cursor, 100)).toBeUndefined()
    }
    expect(group.difference({ cursor: behind }).from).toBe(behind.revision)
    expect(group.wait(new FakeLink(), { epoch, revision }, 100)).toBeDefined()
  })

  it('finds the same clock when it comes back: the pace holds, and a round that passed meanwhile is told at once', async () => {
    await number(1)
    const link = new FakeLink()
    const leave = group.wait(link, cursorOf(state), 1_000)
    await number(2)
    clock.advance(0)
    leave?.()
    const told = cursorOf(state)
    await number(3)
    clock.advance(500)
    const returned = new FakeLink()
    const leaveAgain = group.wait(returned, told, 1_000)
    clock.advance(499)
    expect(returned.frames).toEqual([])
    clock.advance(1)
    expect(returned.takeUpdates()).toMatchObject([{ from: told.revision }])
    leaveAgain?.()
    const toldAgain = cursorOf(state)
    await number(4)
    clock.advance(1_000)
    expect(group.wait(new FakeLink(), toldAgain, 1_000)).toBeUndefined()
  })

  it('lets go of a clock that nobody came back to, a pace and a little later', async () => {
    await number(1)
    group.wait(new FakeLink(), cursorOf(state), 1_000)?.()
    await number(2)
    expect(group.isEmpty).toBe(false)
    clock.advance(1_999)
    expect([group.isEmpty, emptied]).toEqual([false, 0])
    clock.advance(1)
    expect([group.isEmpty, emptied, clock.waiting]).toEqual([true, 1, 0])
  })

  it('is in time for whoever returns at once, misses nothing, and shares what is encoded', async () => {
    const act = fc.oneof(
      fc.record({ do: fc.constant('number' as const) }),
      fc.record({ do: fc.constant('say' as const) }),
      fc.record({ do: fc.constant('renew' as const) }),
      fc.record({ do: fc.constant('advance' as const), ms: fc.nat(2_500) }),
      fc.record({ do: fc.constantFrom('stop' as const, 'return' as const), who: fc.nat(4) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
        const time = new FakeClock()
        const lab = createMemoryEngine({ now: () => start + time.now(), random: () => 0.25 })
        const followed = await lab.open('lab')
        const room = new Group(followed, time, lab, () => {})
        const pollers = [100, 1_000, 1_000, 1_000, 5_000].map((paceMs) => new Poller(room, time, paceMs))
        const change = (made: Change) => lab.append({ group: 'lab', change: made })
        const isSteady = acts.every((one) => one.do !== 'say' && one.do !== 'renew')
        for (const [at, one] of acts.entries()) {
          if (one.do === 'number') await change({ type: 'batch', samples: [{ metric: 'a', value: at }] })
          if (one.do === 'say') await change({ type: 'annotate', author: 'ana', draft: { text: 'hi' } })
          if (one.do === 'renew') await change({ type: 'renew', epoch: `life${at}` })
          if (one.do === 'advance') time.advance(one.ms)
          if (one.do === 'stop') pollers[one.who]?.stop()
          if (one.do === 'return') pollers[one.who]?.poll()
        }
        for (const poller of pollers) poller.poll()
        time.advance(20_000)
        for (const poller of pollers) {
          expect(encodeCursor(cursorOf(poller.state))).toBe(encodeCursor(cursorOf(followed.state)))
          expect(poller.state.talk.annotations).toEqual(followed.state.talk.annotations)
          // Only what ends the wait comes before the pace does.
          if (isSteady) expect(poller.tooSoon).toBe(0)
        }
        // Three of one pace who were told in one round were told by one frame.
        const frames = pollers.slice(1, 4).flatMap(({ waited }) => waited)
        const byRound = new Map(frames.map(({ at, to, frame }) => [`${at} ${to}`, frame]))
        for (const { at, to, frame } of frames) expect(byRound.get(`${at} ${to}`)).toBe(frame)
        for (const poller of pollers) poller.stop()
        time.advance(20_000)
        expect([room.isEmpty, time.waiting]).toEqual([true, 0])
      }),
      { numRuns: 300 },
    )
  })
})

/** Somebody who polls, and comes back in the moment they were answered. */
class Poller implements Link {
  readonly id = 'poller'
  readonly isFull = false
  readonly state = receive('lab', [])
  /** What came at the end of a wait, and when. */
  readonly waited: { readonly at: number; readonly to: string; readonly frame: Frame }[] = []
  /** How often a wait of somebody who had never been away ended before the pace. */
  tooSoon = 0
  readonly #room: Group
  readonly #clock: FakeClock
  readonly #paceMs: number
  #leave: (() => void) | undefined
  #last = Number.NEGATIVE_INFINITY

  constructor(room: Group, clock: FakeClock, paceMs: number) {
    this.#room = room
    this.#clock = clock
    this.#paceMs = paceMs
  }

  poll(): void {
    if (this.#leave !== undefined) return
    const cursor: Cursor = cursorOf(this.state)
    this.#leave = this.#room.wait(this, cursor, this.#paceMs)
    if (this.#leave !== undefined) return
    this.#last = Number.NEGATIVE_INFINITY
    this.#take(this.#room.difference({ cursor }))
    this.#leave = this.#room.wait(this, cursorOf(this.state), this.#paceMs)
  }

  send(frame: Frame): void {
    const now = this.#clock.now()
    if (now - this.#last < this.#paceMs) this.tooSoon++
    this.#last = now
    this.#take(frame)
    this.waited.push({ at: now, to: encodeCursor(cursorOf(this.state)), frame })
    this.#leave?.()
    this.#leave = undefined
    this.poll()
  }

  stop(): void {
    this.#leave?.()
    this.#leave = undefined
    this.#last = Number.NEGATIVE_INFINITY
  }

  #take(frame: Frame): void {
    const link = new FakeLink()
    link.send(frame)
    receive(this.state, link.take())
  }
}

describe('a place', () => {
  it('is kept for 15 s after the last request, counts once, and shows the name', async () => {
    const clock = new FakeClock()
    const engine = createMemoryEngine({ now: () => start + clock.now(), random: () => 0.5 })
    let emptied = 0
    const group = new Group(await engine.open('ops'), clock, engine, () => emptied++)
    const places = [group.seat('p', 'Ana'), group.seat('p', 'Ana')]
    const link = new FakeLink()
    link.send(group.presence)
    expect(link.take()).toMatchObject([{ count: 1, people: [{ name: 'Ana' }] }])
    for (const place of places) place.end()
    clock.advance(14_999)
    group.seat('p', 'Ana B').end()
    clock.advance(14_999)
    expect(group.pointAs('p', { typing: true })).toBe(true)
    link.send(group.presence)
    expect(link.take()).toMatchObject([{ count: 1, people: [{ name: 'Ana B', typing: true }] }])
    expect([group.isEmpty, emptied]).toEqual([false, 0])
    clock.advance(1)
    expect([group.people, group.isEmpty, emptied, clock.waiting]).toEqual([0, true, 1, 0])
    expect(group.pointAs('p', { typing: true })).toBe(false)
    group.close()
  })

  it('knows what people its holder was not told of, and when that is due', async () => {
    const clock = new FakeClock()
    const engine = createMemoryEngine({ now: () => start + clock.now(), random: () => 0.5 })
    const group = new Group(await engine.open('ops'), clock, engine, () => {})
    const place = group.seat('p', 'Ana')
    expect(place.peopleDueMs(1_000)).toBeUndefined()
    place.told()
    place.end()
    clock.advance(300)
    group.seat('q', 'Bob')
    expect(group.seat('p', 'Ana').peopleDueMs(1_000)).toBe(700)
    clock.advance(5_000)
    const returned = group.seat('p', 'Ana')
    expect(returned.peopleDueMs(1_000)).toBe(0)
    returned.told()
    expect(returned.peopleDueMs(1_000)).toBeUndefined()
    group.close()
  })
})
