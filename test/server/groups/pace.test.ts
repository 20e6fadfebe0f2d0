import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Pace } from '../../../server/groups/pace.ts'

/** A pace of 1 s that pushed an update at this time, ms. */
function pushedAt(at: number): Pace {
  const pace = new Pace(1_000)
  pace.changed(at, 'numbers')
  pace.begin(at)
  pace.end()
  return pace
}

describe('pace', () => {
  it('[4] lets a change after a quiet time go at once', () => {
    const pace = new Pace(1_000)
    pace.changed(5_000, 'numbers')
    expect(pace.dueAt).toBe(5_000)
  })

  it('[4] waits 20 ms for what came in a row the time before, and no more when it came alone', () => {
    const pace = pushedAt(5_000)
    pace.changed(5_008, 'numbers')
    expect(pace.dueAt).toBe(6_000)
    pace.begin(6_000)
    pace.end()
    pace.changed(10_000, 'numbers')
    expect(pace.dueAt).toBe(10_020)
    pace.begin(10_020)
    pace.end()
    pace.changed(15_000, 'numbers')
    expect(pace.dueAt).toBe(15_000)
  })

  it('[4] lets what follows wait for the pace', () => {
    const pace = pushedAt(5_000)
    pace.changed(5_100, 'numbers')
    expect(pace.dueAt).toBe(6_000)
  })

  it('[4] ends the wait 50 ms after the first of several annotations', () => {
    const pace = pushedAt(5_000)
    pace.changed(5_100, 'numbers')
    pace.changed(5_200, 'annotation')
    pace.changed(5_240, 'annotation')
    expect(pace.dueAt).toBe(5_250)
  })

  it('[4] starts the pace anew at an annotation', () => {
    const pace = pushedAt(5_000)
    pace.changed(5_200, 'annotation')
    pace.begin(5_250)
    pace.end()
    pace.changed(5_300, 'numbers')
    expect(pace.dueAt).toBe(6_250)
  })

  it('[5] has nothing due while a round runs, and stretches when it was slow', () => {
    const pace = new Pace(100)
    pace.changed(20, 'numbers')
    pace.begin(20)
    pace.changed(50, 'numbers')
    expect(pace.dueAt).toBeUndefined()
    pace.end()
    expect(pace.dueAt).toBe(120)
  })

  it('[13] tells who is here at the pace, and makes no number wait for it', () => {
    const pace = pushedAt(5_000)
    pace.changed(5_500, 'people')
    expect(pace.dueAt).toBe(6_000)
    expect(pace.begin(6_000)).toBe(false)
    pace.end()
    pace.changed(6_010, 'people')
    expect(pace.dueAt).toBe(7_000)
    pace.changed(6_020, 'numbers')
    expect(pace.dueAt).toBe(6_020)
    expect(pace.begin(6_020)).toBe(true)
  })

  it('[13] pushes no number before its time because somebody came', () => {
    const pace = pushedAt(5_000)
    pace.changed(5_100, 'people')
    pace.changed(5_200, 'annotation')
    expect(pace.begin(5_250)).toBe(true)
    pace.end()
    pace.changed(5_300, 'numbers')
    expect(pace.dueAt).toBe(6_250)
  })

  it('has nothing due when nothing changed', () => {
    expect(pushedAt(0).dueAt).toBeUndefined()
  })

  it('never waits longer than the pace after a change, nor than 50 ms after an annotation', () => {
    const changes = fc.array(
      fc.record({
        afterMs: fc.nat(3_000),
        what: fc.constantFrom('numbers' as const, 'annotation' as const, 'people' as const),
      }),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(fc.constantFrom(100, 1_000, 10_000), changes, (paceMs, events) => {
        const pace = new Pace(paceMs)
        let now = 0
        for (const { afterMs, what } of events) {
          const until = now + afterMs
          if (pace.dueAt !== undefined && pace.dueAt <= until) {
            pace.begin(Math.max(now, pace.dueAt))
            pace.end()
          }
          now = until
          pace.changed(now, what)
          expect(pace.dueAt).toBeLessThanOrEqual(now + (what === 'annotation' ? 50 : Math.max(20, paceMs)))
        }
      }),
    )
  })
})
