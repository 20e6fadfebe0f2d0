import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Pace } from '../../../server/groups/pace.ts'

describe('pace', () => {
  it('[4] lets a change after a quiet time go after 20 ms', () => {
    const pace = new Pace(1_000)
    pace.changed(5_000, false)
    expect(pace.dueAt).toBe(5_020)
  })

  it('[4] lets what follows wait for the pace', () => {
    const pace = new Pace(1_000)
    pace.begin(5_000)
    pace.end()
    pace.changed(5_100, false)
    expect(pace.dueAt).toBe(6_000)
  })

  it('[4] ends the wait 50 ms after the first of several annotations', () => {
    const pace = new Pace(1_000)
    pace.begin(5_000)
    pace.end()
    pace.changed(5_100, false)
    pace.changed(5_200, true)
    pace.changed(5_240, true)
    expect(pace.dueAt).toBe(5_250)
  })

  it('[4] starts the pace anew at an annotation', () => {
    const pace = new Pace(1_000)
    pace.begin(5_000)
    pace.end()
    pace.changed(5_200, true)
    pace.begin(5_250)
    pace.end()
    pace.changed(5_300, false)
    expect(pace.dueAt).toBe(6_250)
  })

  it('[5] has nothing due while a round runs, and stretches when it was slow', () => {
    const pace = new Pace(100)
    pace.changed(0, false)
    pace.begin(20)
    pace.changed(50, false)
    expect(pace.dueAt).toBeUndefined()
    pace.end()
    expect(pace.dueAt).toBe(120)
  })

  it('has nothing due when nothing changed', () => {
    const pace = new Pace(100)
    pace.begin(0)
    pace.end()
    expect(pace.dueAt).toBeUndefined()
  })

  it('never waits longer than the pace after a change, nor than 50 ms after an annotation', () => {
    const changes = fc.array(fc.record({ afterMs: fc.nat(3_000), isUrgent: fc.boolean() }), { maxLength: 60 })
    fc.assert(
      fc.property(fc.constantFrom(100, 1_000, 10_000), changes, (paceMs, events) => {
        const pace = new Pace(paceMs)
        let now = 0
        for (const { afterMs, isUrgent } of events) {
          const until = now + afterMs
          if (pace.dueAt !== undefined && pace.dueAt <= until) {
            pace.begin(Math.max(now, pace.dueAt))
            pace.end()
          }
          now = until
          pace.changed(now, isUrgent)
          expect(pace.dueAt).toBeLessThanOrEqual(now + (isUrgent ? 50 : Math.max(20, paceMs)))
        }
      }),
    )
  })
})
