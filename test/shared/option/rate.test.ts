import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyUpdate, changesSince, createState, cursorOf, seriesKey } from '../../../shared/index.ts'
import { rateOf } from '../../../shared/option/rate.ts'
import { type Bucket, bucketMs, Ring } from '../../../shared/ring.ts'
import { GrownGroup, wired } from '../../support/grown-group.ts'

const start = 1_795_178_660_000

/** The rates of a counter that had these values at these seconds, at a second in which nothing came any more. */
function rates(values: Readonly<Record<number, number | null>>, second = 1_000): [number, number | null][] {
  const ring = new Ring()
  for (const [at, value] of Object.entries(values)) ring.add(start + Number(at) * 1_000, value)
  const past = rateOf(ring, start + second * 1_000)
  return Array.from({ length: past.length }, (_, at) => {
    const bucket = past.at(at)
    return [(bucket?.index ?? 0) - start / 1_000, bucket?.last ?? null]
  })
}

describe('the rate of a counter', () => {
  it('is by how much it grew a second; its first sample has none', () => {
    expect(rates({ 0: 100, 1: 110, 2: 120 })).toEqual([
      [1, 10],
      [2, 10],
    ])
  })

  it('is over the last five seconds, so that the time within a second is not seen', () => {
    expect(rates({ 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0, 6: 50 }).at(-1)).toEqual([6, 10])
  })

  it('is over the time between two samples that are further apart', () => {
    expect(rates({ 0: 0, 15: 30, 30: 90 })).toEqual([
      [15, 2],
      [30, 4],
    ])
  })

  it('begins anew at zero where the counter fell', () => {
    expect(rates({ 0: 1_000, 1: 1_010, 2: 10 })).toEqual([
      [1, 10],
      [2, 10],
    ])
  })

  it('is not known where the counter is not, and after it from there', () => {
    expect(rates({ 0: 1, 1: 2, 2: null, 3: 5, 4: 9 })).toEqual([
      [1, 1],
      [2, null],
      [3, null],
      [4, 4],
    ])
  })

  it('waits for a second to be over', () => {
    expect(rates({ 0: 0, 1: 10, 2: 12 }, 2.5)).toEqual([[1, 10]])
  })

  it('is never below zero, and of a counter that never fell adds up to what it grew', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { minLength: 2, maxLength: 40 }), (steps) => {
        const all = rates(Object.fromEntries(steps.map((value, at) => [at * 5, value])))
        for (const [, rate] of all) expect(rate).toBeGreaterThanOrEqual(0)
        const counts = steps.map((_, at) => steps.slice(0, at + 1).reduce((sum, step) => sum + step, 0))
        const grown = rates(Object.fromEntries(counts.map((count, at) => [at * 5, count])))
        const sum = grown.reduce((all, [, rate]) => all + (rate ?? 0) * 5, 0)
        expect(sum).toBeCloseTo((counts.at(-1) ?? 0) - (counts[0] ?? 0), 6)
      }),
    )
  })
})

describe('what a counter grew, also where it began anew', () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ word: fc.constant('grow' as const), by: fc.constantFrom(0, 1, 7, 4_000) }) },
    { weight: 1, arbitrary: fc.record({ word: fc.constant('restart' as const), by: fc.constant(0) }) },
    {
      weight: 4,
      arbitrary: fc.record({ word: fc.constant('wait' as const), ms: fc.constantFrom(100, 1_000, 20_000) }),
    },
    { weight: 2, arbitrary: fc.record({ word: fc.constant('round' as const) }) },
  )

  it('is in the rate of its time, at any pace', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 60 }), (steps) => {
        const group = new GrownGroup()
        const told: { readonly time: number; readonly total: number }[] = []
        let [counter, total, time] = [0, 0, group.now]
        const send = () => {
          time = group.now
          group.post({ metric: 'sent', value: counter, time })
        }
        send()
        const state = createState('ops')
        applyUpdate(state, group.since())
        const round = () => {
          applyUpdate(state, wired(changesSince(group.state, cursorOf(state))))
          told.push({ time, total })
        }
        round()
        for (const each of steps) {
          if (each.word === 'wait') group.now += each.ms
          if (each.word === 'round') round()
          if (each.word === 'wait' || each.word === 'round') continue
          counter = each.word === 'grow' ? counter + each.by : each.by
          total += each.by
          send()
          // What overtakes itself again within the same second cannot be told from one that never fell.
          if (each.word === 'grow') continue
          round()
          group.now += 1_000
        }
        round()
        const ring = state.series.get(seriesKey('sent', {}))?.ring ?? new Ring()
        const all = [...ring.from(0)]
        const past = rateOf(ring, group.now + 60_000)
        const endOf = ({ index, widthMs }: Bucket) => index * bucketMs + widthMs
        const totalAt = (bucket: Bucket) => told.findLast(({ time }) => time < endOf(bucket))?.total ?? 0
        for (const [at, bucket] of all.entries()) {
          const before = all.slice(0, at).findLast((one) => endOf(bucket) - endOf(one) >= 5_000) ?? all[0]
          if (at === 0 || before === undefined) continue
          const rate = ((totalAt(bucket) - totalAt(before)) / (endOf(bucket) - endOf(before))) * 1_000
          expect(past.at(at - 1)?.greatest).toBeCloseTo(rate, 6)
        }
      }),
    )
  })
})
