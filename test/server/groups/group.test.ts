import { type Change, cursorOf, encodeCursor, type GroupState, limits, type Update } from '@chartroom/shared'
import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../../server/engine/engine.ts'
import { createMemoryEngine } from '../../../server/engine/memory.ts'
import { UpdateFrame } from '../../../server/groups/frame.ts'
import { Group } from '../../../server/groups/group.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { receive, subscriberAt } from '../../support/fake-link.ts'

const start = 1_795_178_659_000

describe('group', () => {
  let clock: FakeClock
  let engine: Engine
  let group: Group
  let state: GroupState

  beforeEach(async () => {
    clock = new FakeClock()
    engine = createMemoryEngine({ now: () => start + clock.now(), random: () => 0.5 })
    const followed = await engine.open('ops')
    state = followed.state
    group = new Group(followed, clock, engine, () => {})
    return () => group.close()
  })

  const append = async (change: Change) => {
    const accepted = await engine.append({ group: 'ops', change })
    expect(accepted.ok).toBe(true)
  }
  const number = (metric: string, value: number) => append({ type: 'batch', samples: [{ metric, value }] })
  const say = (text: string, kind?: 'log' | 'alert') =>
    append({ type: 'annotate', author: 'ana', draft: { text, ...(kind === undefined ? {} : { kind }) } })

  it('[3] answers a subscribe with an update at once, empty for a group nobody wrote to', () => {
    const ana = subscriberAt(1_000, 'ana')
    group.join(ana, {})
    expect(ana.link.take()).toMatchObject([
      { type: 'update', epoch: '0', from: 0, to: 0 },
      { type: 'presence', count: 1, people: [{ name: 'ana' }] },
    ])
  })

  it('[4] pushes the first change at once and the next at the pace, as one difference', async () => {
    const ana = subscriberAt(1_000)
    group.join(ana, {})
    ana.link.take()
    await number('cpu', 1)
    clock.advance(0)
    expect(ana.link.takeUpdates()).toMatchObject([{ to: 1 }])
    await number('cpu', 2)
    clock.advance(300)
    await number('cpu', 3)
    clock.advance(699)
    expect(ana.link.take()).toEqual([])
    clock.advance(1)
    expect(ana.link.takeUpdates()).toMatchObject([{ from: 1, to: 3, values: [[1, 3, expect.any(Number), 2, 3]] }])
  })

  it('[4] sends a new annotation within 50 ms, with the numbers that wait', async () => {
    const ana = subscriberAt(10_000)
    group.join(ana, {})
    await number('cpu', 1)
    clock.advance(20)
    ana.link.take()
    await number('cpu', 2)
    await say('look')
    clock.advance(50)
    expect(ana.link.takeUpdates()).toMatchObject([{ values: [[1, 2]], annotations: [{ text: 'look' }] }])
  })

  it.each(['log', 'alert'] as const)(
    '[4] [J3] lets a log line, and an alert that is repeated, travel at the pace: %s',
    async (kind) => {
      const ana = subscriberAt(10_000)
      group.join(ana, {})
      ana.link.take()
      await say('disk full', 'alert')
      clock.advance(50)
      expect(ana.link.takeUpdates()).toMatchObject([{ annotations: [{ text: 'disk full' }] }])
      await say('disk full', kind)
      clock.advance(9_000)
      expect(ana.link.take()).toEqual([])
      clock.advance(1_000)
      expect(ana.link.takeUpdates()).toMatchObject([{ annotations: [{ text: 'disk full', kind }] }])
    },
  )

  it('[5] costs one encoding for all subscribers of a pace', async () => {
    const many = Array.from({ length: 500 }, () => subscriberAt(1_000))
    for (const one of many) {
      group.join(one, {})
      one.link.take()
    }
    await number('cpu', 1)
    clock.advance(20)
    for (let turns = 0; turns < 10; turns++) clock.turn()
    const frames = new Set(many.map((one) => one.link.frames[0]))
    expect(many.every((one) => one.link.frames.length === 1)).toBe(true)
    expect(frames.size).toBe(1)
  })

  it('[5] writes in slices, and the next round waits until the last has ended', async () => {
    const many = Array.from({ length: 300 }, () => subscriberAt(100))
    for (const one of many) {
      group.join(one, {})
      one.link.take()
    }
    const reached = () => many.filter((one) => one.link.frames.length > 0).length
    const slow = new FakeClock()
    const followed = await engine.open('ops')
    const stretched = new Group(
      followed,
      {
        now: slow.now,
        setTimer: slow.setTimer,
        yieldTo: (run) => pending.push(run),
      },
      engine,
      () => {},
    )
    const pending: (() => void)[] = []
    const watchers = Array.from({ length: 300 }, () => subscriberAt(100))
    for (const one of watchers) {
      stretched.join(one, {})
      one.link.take()
    }
    await number('cpu', 1)
    slow.advance(20)
    const first = watchers.filter((one) => one.link.frames.length > 0).length
    expect(first).toBeGreaterThan(0)
    expect(first).toBeLessThan(300)
    await number('cpu', 2)
    slow.advance(1_000)
    expect(watchers.every((one) => one.link.frames.length <= 1)).toBe(true)
    for (let run = pending.shift(); run !== undefined; run = pending.shift()) run()
    slow.advance(0)
    for (let run = pending.shift(); run !== undefined; run = pending.shift()) run()
    expect(watchers.every((one) => one.link.frames.length === 2)).toBe(true)
    stretched.close()
    expect(reached()).toBe(0)
  })

  it('[6] gives a full link nothing until it drains, then its own difference once, and who is here', async () => {
    const slow = subscriberAt(1_000, 'slow')
    const quick = subscriberAt(1_000, 'quick')
    group.join(slow, {})
    group.join(quick, {})
    clock.advance(1_000)
    slow.link.take()
    quick.link.take()
    slow.link.isFull = true
    for (let value = 1; value <= 3; value++) {
      await number('cpu', value)
      clock.advance(1_000)
    }
    expect(slow.link.take()).toEqual([])
    expect(quick.link.takeUpdates()).toHaveLength(3)
    slow.link.isFull = false
    group.catchUp(slow)
    const caughtUp = slow.link.take()
    expect(caughtUp).toMatchObject([
      { type: 'update', from: 0, to: 3 },
      { type: 'presence', count: 2 },
    ])
    group.catchUp(slow)
    expect(slow.link.take()).toEqual([])
  })

  it('[S7] tells a link that was full what its lines missed, with the difference', async () => {
    const slow = subscriberAt(1_000, 'slow', true)
    await number('cpu', 0)
    group.join(slow, {})
    clock.advance(1_000)
    slow.link.take()
    slow.link.isFull = true
    for (let value = 1; value <= 5; value++) {
      await number('cpu', value)
      clock.advance(1_000)
    }
    slow.link.isFull = false
    group.catchUp(slow)
    const [update] = slow.link.takeUpdates()
    const [, points = []] = update?.window?.series[0] ?? []
    const lasts = points.filter((_, at) => at % 4 === 1)
    expect(lasts).toEqual(expect.arrayContaining([1, 2, 3, 4, 5]))
    expect(update?.window?.start).toBeLessThanOrEqual(start + 1_000)
    await number('cpu', 6)
    clock.advance(1_000)
    expect(slow.link.takeUpdates()).toMatchObject([{ values: [[1, 6]] }])
  })

  it('resumes with only what was missed', async () => {
    await number('cpu', 1)
    await say('one')
    const cursor = cursorOf(state)
    await say('two')
    const ana = subscriberAt(1_000)
    group.join(ana, { cursor })
    expect(ana.link.takeUpdates()).toMatchObject([{ from: 2, to: 3, annotations: [{ text: 'two' }] }])
  })

  it('[12] never answers a resume from behind the cursor it is shown', async () => {
    await number('cpu', 1)
    const first = subscriberAt(1_000)
    group.join(first, {})
    await number('cpu', 2)
    const cursor = cursorOf(state)
    const second = subscriberAt(1_000)
    group.join(second, { cursor })
    expect(second.link.takeUpdates()).toMatchObject([{ from: 2, to: 2 }])
  })

  it('serves a storm of joins with one encoding, and all of them hear what came meanwhile', async () => {
    await number('cpu', 1)
    const before = subscriberAt(1_000)
    group.join(before, { windowMs: 60_000 })
    await number('cpu', 2)
    const after = subscriberAt(1_000)
    group.join(after, { windowMs: 60_000 })
    expect(after.link.frames[0]).toBe(before.link.frames[0])
    clock.advance(20)
    for (const { link } of [before, after]) {
      expect([...receive('ops', link.take()).series.values()].map(({ value }) => value)).toEqual([2])
    }
  })

  it('keeps nothing of a join once the storm is over', async () => {
    await number('cpu', 1)
    const before = subscriberAt(1_000)
    group.join(before, { windowMs: 50_000 })
    clock.advance(100)
    const after = subscriberAt(1_000)
    group.join(after, { windowMs: 50_000 })
    expect(after.link.frames[0]).not.toBe(before.link.frames[0])
  })

  it('serves windows of nearly one length with one encoding', async () => {
    await number('cpu', 1)
    const [one, other] = [subscriberAt(1_000), subscriberAt(1_000)]
    group.join(one, { windowMs: 299_000 })
    group.join(other, { windowMs: 250_000 })
    expect(other.link.frames[0]).toBe(one.link.frames[0])
  })

  it('carries the past of the series when a window is asked for', async () => {
    for (let value = 1; value <= 3; value++) {
      await number('cpu', value)
      clock.advance(1_000)
    }
    const ana = subscriberAt(1_000)
    group.join(ana, { windowMs: 60_000 })
    const [update] = ana.link.takeUpdates()
    const points = update?.window?.series[0]?.[1] ?? []
    expect(points.filter((_, at) => at % 4 === 1)).toEqual([1, 2, 3])
  })

  it('[13] tells presence whole, at the pace, and counts a person once', () => {
    const tab = subscriberAt(1_000, 'ana')
    const secondTab = subscriberAt(1_000, 'ana')
    const wei = subscriberAt(1_000, 'wei')
    group.join(tab, {})
    group.join(secondTab, {})
    clock.advance(2_000)
    tab.link.take()
    group.join(wei, {})
    group.leave(secondTab)
    expect(tab.link.take()).toEqual([])
    clock.advance(20)
    expect(tab.link.take()).toEqual([
      { type: 'presence', group: 'ops', count: 2, people: [{ name: 'ana' }, { name: 'wei' }] },
    ])
  })

  it('[13] sends one presence frame at the pace for two thousand who come and go', () => {
    const reader = subscriberAt(1_000, 'reader')
    group.join(reader, {})
    clock.advance(1_000)
    reader.link.take()
    const crowd = Array.from({ length: 2_000 }, (_, n) => subscriberAt(60_000, `p${n}`))
    for (const one of crowd) group.join(one, {})
    for (const one of crowd.slice(0, 1_500)) group.leave(one)
    clock.advance(1_000)
    const frames = reader.link.take()
    expect(frames).toHaveLength(1)
    expect(frames).toMatchObject([{ type: 'presence', count: 501 }])
  })

  it('[13] sends one small presence frame at the pace for two thousand who point', () => {
    const reader = subscriberAt(1_000, 'reader')
    group.join(reader, {})
    const crowd = Array.from({ length: 2_000 }, (_, n) => subscriberAt(60_000, `p${n}`))
    for (const one of crowd) group.join(one, {})
    clock.advance(2_000)
    reader.link.take()
    for (const metric of ['cpu', 'ram', 'disk']) for (const one of crowd) group.point(one, { metric, typing: true })
    clock.advance(1_000)
    const [frame] = reader.link.frames
    expect(frame?.bytes.length).toBeLessThan(2_000)
    const told = reader.link.take()
    expect(told).toHaveLength(1)
    expect(told).toMatchObject([{ type: 'presence', count: 2_001 }])
    for (const one of crowd.slice(limits.presenceNames)) group.point(one, { metric: 'net' })
    clock.advance(5_000)
    expect(reader.link.take()).toEqual([])
  })

  it('leaves no timer behind when it closes', async () => {
    group.join(subscriberAt(1_000, 'ana'), {})
    await number('cpu', 1)
    group.close()
    expect(clock.waiting).toBe(0)
  })

  it('encodes no round when nobody is left', async () => {
    const ana = subscriberAt(1_000, 'ana')
    group.join(ana, {})
    group.leave(ana)
    expect(group.isEmpty).toBe(true)
    // What was made for the join is let go.
    clock.advance(100)
    await number('cpu', 1)
    expect(clock.waiting).toBe(0)
  })

  it('brings every subscriber to the same end, whatever its pace, its fullness, its comings and goings', async () => {
    const act = fc.oneof(
      fc.record({ do: fc.constant('number' as const), metric: fc.constantFrom('a', 'b', 'c'), value: fc.integer() }),
      fc.record({ do: fc.constant('say' as const) }),
      fc.record({ do: fc.constant('renew' as const) }),
      fc.record({ do: fc.constantFrom('fill' as const, 'drain' as const, 'rejoin' as const), who: fc.nat(5) }),
      fc.record({ do: fc.constant('wait' as const), ms: fc.nat(2_500) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
        const time = new FakeClock()
        const lab = createMemoryEngine({ now: () => start + time.now(), random: () => 0.25 })
        const followed = await lab.open('lab')
        const room = new Group(followed, time, lab, () => {})
        const receivers = [100, 100, 1_000, 1_000, 2_000, 10_000].map((paceMs) => {
          const subscriber = subscriberAt(paceMs)
          room.join(subscriber, {})
          return { subscriber, state: receive('lab', subscriber.link.take()) }
        })
        const listen = () => {
          for (const one of receivers) receive(one.state, one.subscriber.link.take())
        }
        const change = (made: Change) => lab.append({ group: 'lab', change: made })
        let life = 0
        for (const one of acts) {
          const receiver = 'who' in one ? receivers[one.who] : undefined
          if (one.do === 'number') await change({ type: 'batch', samples: [{ metric: one.metric, value: one.value }] })
          if (one.do === 'say') await change({ type: 'annotate', author: 'ana', draft: { text: 'hi' } })
          if (one.do === 'renew') await change({ type: 'renew', epoch: `life${++life}` })
          if (one.do === 'wait') time.advance(one.ms)
          if (receiver !== undefined && one.do === 'fill') receiver.subscriber.link.isFull = true
          if (receiver !== undefined && one.do === 'drain') {
            receiver.subscriber.link.isFull = false
            room.catchUp(receiver.subscriber)
          }
          if (receiver !== undefined && one.do === 'rejoin') {
            // A cut: what was in flight is lost, and the client comes back with its cursor at another pace.
            room.leave(receiver.subscriber)
            receiver.subscriber = subscriberAt(receiver.subscriber.paceMs === 100 ? 1_000 : 100)
            room.join(receiver.subscriber, { cursor: cursorOf(receiver.state) })
          }
          listen()
        }
        for (const { subscriber } of receivers) {
          subscriber.link.isFull = false
          room.catchUp(subscriber)
        }
        time.advance(20_000)
        listen()
        const values = (of: GroupState) => [...of.series.values()].map(({ key, value }) => [key, value]).sort()
        for (const { state: received } of receivers) {
          expect(encodeCursor(cursorOf(received))).toBe(encodeCursor(cursorOf(followed.state)))
          expect(values(received)).toEqual(values(followed.state))
          expect(received.talk.annotations).toEqual(followed.state.talk.annotations)
        }
        room.close()
        expect(time.waiting).toBe(0)
      }),
      { numRuns: 300 },
    )
  })
})

describe('update frame', () => {
  const update: Update = { type: 'update', group: 'ops', epoch: 'e', from: 3, to: 5, time: 0 }

  it('joins on a receiver at or after its start, in the same epoch', () => {
    const frame = new UpdateFrame(update)
    expect(frame.joinsOn({ epoch: 'e', revision: 2 })).toBe(false)
    expect(frame.joinsOn({ epoch: 'e', revision: 3 })).toBe(true)
    expect(frame.joinsOn({ epoch: 'e', revision: 4 })).toBe(true)
    expect(frame.joinsOn({ epoch: 'other', revision: 4 })).toBe(false)
    expect(frame.isKnownAt({ epoch: 'e', revision: 5 })).toBe(true)
  })

  it('is encoded once, when it is made', () => {
    const stringify = vi.spyOn(JSON, 'stringify')
    const frame = new UpdateFrame(update)
    for (let link = 0; link < 10; link++) expect(frame.bytes.length).toBeGreaterThan(0)
    expect(stringify).toHaveBeenCalledTimes(1)
    stringify.mockRestore()
  })
})
