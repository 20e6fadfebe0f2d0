import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Stride } from '../../../client/charts/stride.ts'

/** What an update costs a page: so many frames in which charts are drawn, each of this length. */
interface Cost {
  readonly frames: number
  readonly frameMs: number
}

const light: Cost = { frames: 6, frameMs: 17 }
const heavy: Cost = { frames: 9, frameMs: 80 }

/** A page on a clock of its own: an update comes at the stride's pace, and what came meanwhile waits. */
class FakePage {
  now = 0
  readonly stride = new Stride(() => this.now)
  /** When it became which pace. */
  readonly changes: { readonly at: number; readonly paceMs: number }[] = []

  constructor(wantedMs: number) {
    this.stride.want(wantedMs)
    this.stride.onChange(() => this.changes.push({ at: this.now, paceMs: this.stride.paceMs }))
  }

  run(forMs: number, { frames, frameMs }: Cost): void {
    const end = this.now + forMs
    while (this.now < end) {
      const next = this.now + this.stride.paceMs
      for (let frame = 0; frame < frames; frame++) {
        this.now += frameMs
        this.stride.take(frameMs)
      }
      this.now = Math.max(this.now, next)
    }
  }
}

describe("the page's stride", () => {
  it('is the pace that its reader wants, as long as no frame is long', () => {
    const page = new FakePage(100)
    page.run(60_000, light)
    expect([page.stride.paceMs, page.stride.isSlowed, page.changes]).toEqual([100, false, []])
  })

  it('is slower within seconds where charts keep it in long frames, so that it rests more than half of the time', () => {
    const page = new FakePage(1_000)
    page.run(7_000, heavy)
    expect([page.stride.paceMs, page.stride.isSlowed]).toEqual([2_000, true])
  })

  it('is not judged by what a page draws first, with code that never ran before', () => {
    const page = new FakePage(1_000)
    page.run(3_000, { frames: 12, frameMs: 200 })
    page.run(60_000, light)
    expect(page.changes).toEqual([])
  })

  it('is slow in steps where nobody knows how slow it must be', () => {
    const page = new FakePage(100)
    page.run(9_000, heavy)
    const paces = page.changes.map(({ paceMs }) => paceMs)
    expect(paces).toEqual(paces.toSorted((a, b) => a - b))
    expect(page.stride.paceMs).toBeGreaterThanOrEqual(2_000)
    page.run(60_000, heavy)
    expect(page.stride.paceMs).toBe(2_000)
  })

  it('is never slower than 5 s by itself, and never quicker than is wanted', () => {
    const page = new FakePage(100)
    page.run(120_000, { frames: 100, frameMs: 200 })
    expect(page.stride.paceMs).toBe(5_000)
    page.stride.want(60_000)
    expect([page.stride.paceMs, page.stride.isSlowed]).toEqual([60_000, false])
  })

  it('is what is wanted again when that can be kept', () => {
    const page = new FakePage(100)
    page.run(20_000, heavy)
    page.run(20_000, light)
    expect([page.stride.paceMs, page.stride.isSlowed]).toEqual([100, false])
  })

  it('is tried again later each time that it was tried in vain', () => {
    const page = new FakePage(1_000)
    for (let turn = 0; turn < 3; turn++) {
      page.run(8_000, heavy)
      while (page.stride.isSlowed) page.run(1_000, light)
    }
    const slow = page.changes.filter((_, at) => at % 2 === 0)
    const rests = slow.map(({ at }, turn) => (page.changes[2 * turn + 1]?.at ?? 0) - at)
    expect(rests[0]).toBeGreaterThanOrEqual(10_000)
    expect(rests[1]).toBeGreaterThanOrEqual(20_000)
    expect(rests[2]).toBeGreaterThanOrEqual(40_000)
  })

  it('is not changed by one long frame, nor by a page that slept', () => {
    const page = new FakePage(100)
    page.run(10_000, light)
    page.now += 3_600_000
    page.stride.take(3_600_000)
    page.run(1_000, light)
    page.now += 900
    page.stride.take(900)
    page.run(10_000, light)
    expect(page.changes).toEqual([])
  })

  it('comes to rest at one pace under any steady load, and leaves the page some rest there', () => {
    const cost = fc.record({ frames: fc.integer({ min: 1, max: 40 }), frameMs: fc.integer({ min: 17, max: 200 }) })
    fc.assert(
      fc.property(cost, fc.constantFrom(100, 250, 1_000, 5_000), (load, wantedMs) => {
        const page = new FakePage(wantedMs)
        page.run(200_000, load)
        const before = page.changes.length
        page.run(600_000, load)
        expect(page.changes.length).toBe(before)
        const isRested = load.frameMs < 50 || load.frames * load.frameMs <= 0.6 * page.stride.paceMs
        expect(isRested || page.stride.paceMs === 5_000).toBe(true)
      }),
    )
  })
})
