import { type Bucket, type GroupState, limits } from '@chartroom/shared'
import { createConnection, type FollowOptions } from '@chartroom/shared/client'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FakePlatform } from '../../support/fake-platform.ts'
import { MemoryServer } from '../../support/memory-server.ts'

const second = 1_000
const minute = 60 * second

/** A group that gets a number each second, and somebody who follows its line. */
class Watch {
  readonly platform = new FakePlatform()
  readonly server = new MemoryServer(this.platform)
  readonly replica
  #posted = 0

  constructor(options: FollowOptions) {
    this.platform.chance = () => (this.#posted * 0.618_034 + 0.1) % 1
    this.#post()
    this.replica = createConnection({ url: 'http://h', platform: this.platform }).follow('ops', options)
    this.server.flush()
  }

  /** Time passes: a number each second, pushed at this pace; 0 pushes nothing. */
  live(ms: number, paceMs: number, everyMs = second): void {
    for (let at = second; at <= ms; at += second) {
      this.platform.advance(second)
      if (at % everyMs === 0) this.#post()
      if (paceMs > 0 && at % paceMs === 0) this.server.push()
      this.server.flush()
    }
  }

  /** The link is cut for this long, and the numbers go on. */
  away(ms: number): void {
    this.server.cut()
    this.server.isDown = true
    this.live(ms, 0)
    this.server.isDown = false
    this.live(30 * second, second)
  }

  /** The link is full for this long, and then drains. */
  full(ms: number): void {
    this.live(ms, 0)
    this.server.push(ms)
    this.server.flush()
  }

  get asked(): (number | undefined)[] {
    return this.server.heardOf('subscribe').map(({ windowMs }) => windowMs)
  }

  /** The seconds of the last so many ms for which the server has a number and the line has not. */
  holes(ms: number): number[] {
    const from = this.server.now - ms
    // A wide bucket may begin before.
    const shown = bucketsOf(this.replica.state, from - 5 * minute)
    const isShown = ({ index, least, greatest }: Bucket) =>
      shown.some(
        (one) =>
          one.index <= index &&
          index < one.index + one.widthMs / second &&
          (one.least ?? 0) <= (least ?? 0) &&
          (one.greatest ?? 0) >= (greatest ?? 0),
      )
    const real = bucketsOf(this.server.group('ops'), from)
    if (real.length === 0) throw new Error('The server has no numbers.')
    return real.filter((bucket) => !isShown(bucket)).map(({ index }) => index)
  }

  #post(): void {
    this.#posted++
    this.server.post('ops', { cpu: this.#posted })
  }
}

function bucketsOf(state: GroupState, from: number): Bucket[] {
  return [...(state.series.get('cpu')?.ring.from(from) ?? [])]
}

describe('the line of a group has no hole', () => {
  it('after a cut, however long its window', () => {
    for (const windowMs of [5 * minute, 15 * minute]) {
      const watch = new Watch({ windowMs })
      watch.live(minute, second)
      watch.away(2 * minute)
      expect(watch.holes(4 * minute)).toEqual([])
    }
  })

  it('after a cut with a window of hours, of which only what was missed is asked for', () => {
    const watch = new Watch({ windowMs: 6 * 60 * minute })
    watch.live(minute, second)
    watch.away(2 * minute)
    expect(watch.asked.at(-1)).toBeLessThan(4 * minute)
    expect(watch.holes(4 * minute)).toEqual([])
  })

  it('after it was followed at a slower pace, and then at its own again', () => {
    const watch = new Watch({ windowMs: 5 * minute })
    watch.live(minute, second)
    watch.replica.change({ paceMs: minute })
    watch.server.flush()
    watch.live(3 * minute, minute)
    watch.replica.change({ paceMs: second })
    watch.server.flush()
    expect(watch.holes(5 * minute)).toEqual([])
    expect(watch.asked.length).toBe(3)
    expect(watch.asked[1]).toBeUndefined()
    expect(watch.asked[2]).toBeGreaterThanOrEqual(3 * minute)
    expect(watch.asked[2]).toBeLessThan(4 * minute)
  })

  it('after a cut while it was followed at a slower pace', () => {
    const watch = new Watch({ windowMs: 15 * minute })
    watch.live(minute, second)
    watch.replica.change({ paceMs: minute })
    watch.live(3 * minute, minute)
    watch.away(2 * minute)
    watch.replica.change({ paceMs: second })
    watch.server.flush()
    expect(watch.holes(7 * minute)).toEqual([])
  })

  it('after the link was full for a while', () => {
    const watch = new Watch({ windowMs: 5 * minute })
    watch.live(minute, second)
    for (const ms of [20, 4, 4]) {
      watch.full(ms * second)
      watch.live(2 * second, second)
    }
    expect(watch.holes(90 * second)).toEqual([])
    expect(watch.asked.length).toBe(1)
  })

  it('after the link was full for longer than the server has in memory', () => {
    const watch = new Watch({ windowMs: 60 * minute })
    watch.live(minute, second)
    watch.full(limits.windowMs + minute)
    expect(watch.asked.length).toBe(2)
    expect(watch.asked[1]).toBeGreaterThan(limits.windowMs)
  })

  it('after the group was replaced', () => {
    const watch = new Watch({ windowMs: 6 * 60 * minute })
    watch.live(minute, second)
    watch.server.commit('ops', { type: 'renew', epoch: 'next' })
    watch.live(2 * second, second)
    expect(watch.asked).toEqual([6 * 60 * minute, 6 * 60 * minute])
    expect(watch.holes(minute)).toEqual([])
  })

  it('after it was replaced by the answer to a subscribe that asked for less', () => {
    const watch = new Watch({ windowMs: 6 * 60 * minute })
    watch.live(minute, second)
    watch.server.commit('ops', { type: 'renew', epoch: 'next' })
    watch.away(10 * second)
    expect(watch.asked.length).toBe(3)
    expect(watch.asked[1]).toBeLessThan(minute)
    expect(watch.asked[2]).toBe(6 * 60 * minute)
    expect(watch.holes(minute)).toEqual([])
  })
})

describe('nothing is asked for again', () => {
  it('while numbers come at the pace', () => {
    const watch = new Watch({ windowMs: 5 * minute })
    watch.live(10 * minute, second)
    expect(watch.asked.length).toBe(1)
  })

  it('in a group of which little comes, each after a silence', () => {
    const watch = new Watch({ windowMs: 5 * minute })
    watch.live(10 * minute, second, 20 * second)
    expect(watch.asked.length).toBe(1)
  })

  it('in a group that gets two batches after each silence', () => {
    const watch = new Watch({ windowMs: 5 * minute })
    for (let round = 0; round < 20; round++) {
      watch.server.post('ops', { load: round })
      watch.live(20 * second, 20 * second, 20 * second)
    }
    expect(watch.asked.length).toBe(1)
  })

  it('while it is followed at a slow pace, hidden', () => {
    const watch = new Watch({ windowMs: 5 * minute })
    watch.replica.change({ paceMs: minute })
    watch.server.flush()
    watch.live(10 * minute, minute)
    expect(watch.asked).toEqual([5 * minute, undefined])
  })

  it('of lines that are not drawn', () => {
    const watch = new Watch({})
    watch.live(minute, second)
    watch.away(minute)
    watch.live(second, second)
    expect(watch.asked).toEqual([undefined, undefined])
  })
})

describe('asking for the past', () => {
  const event = fc.oneof(
    fc.constantFrom('hide', 'show', 'cut', 'renew', 'lengthen').map((type) => ({ type, ms: 0 })),
    fc.record({
      type: fc.constantFrom('live', 'full'),
      ms: fc.integer({ min: 4, max: 40 }).map((count) => count * second),
    }),
  )

  // `flush` ends when nothing moves: a circle of asking would hold it for ever.
  it('comes to an end whatever happens, and leaves no hole', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 25 }), (events) => {
        const watch = new Watch({ windowMs: 5 * minute })
        let paceMs = second
        let epochs = 0
        for (const { type, ms } of events) {
          if (type === 'hide' || type === 'show') paceMs = type === 'hide' ? minute : second
          if (type === 'hide' || type === 'show') watch.replica.change({ paceMs })
          else if (type === 'cut') watch.away(0)
          else if (type === 'renew') watch.server.commit('ops', { type: 'renew', epoch: `life${epochs++}` })
          else if (type === 'lengthen') watch.replica.change({ windowMs: limits.windowMs })
          else if (type === 'full') watch.full(ms)
          else watch.live(ms, paceMs)
          watch.server.flush()
        }
        watch.replica.change({ paceMs: minute })
        watch.server.flush()
        watch.replica.change({ paceMs: second })
        watch.server.flush()
        watch.live(2 * second, second)
        expect(watch.holes(minute)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
