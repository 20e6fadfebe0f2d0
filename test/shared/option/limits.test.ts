import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levelOf, limitsOf, placedLimits, reachWith } from '../../../shared/option/index.ts'

const mark = (value: number | null, name = 'a', isSilent = false) => ({ name, value, isSilent })
const warn = { at: 400 }
const crit = { at: 500, level: 'crit' as const }

describe('what a chart has passed', () => {
  it.each([
    ['nothing on the border', [warn], [mark(400)], undefined],
    ['nothing without a threshold', [], [mark(9)], undefined],
    ['nothing without a value', [warn], [mark(null)], undefined],
    ['nothing by what fell silent', [warn], [mark(900, 'a', true)], undefined],
    ['a warning, unless it says otherwise', [warn], [mark(401)], ['warn', 400, 'a']],
    ['the critical one before a warning', [warn, crit], [mark(501), mark(450, 'b')], ['crit', 500, 'a']],
    ['the one that is hardest to pass', [warn, { at: 450 }], [mark(460)], ['warn', 450, 'a']],
    ['by the one that went farthest', [warn], [mark(410), mark(480, 'b'), mark(420, 'c')], ['warn', 400, 'b']],
    ['below, where it says so', [{ at: 5, when: 'below' as const }], [mark(4), mark(9, 'b')], ['warn', 5, 'a']],
  ])('is %s', (_, thresholds, marks, expected) => {
    const passed = levelOf({ thresholds }, marks)
    expect(passed && [passed.level, passed.threshold.at, passed.mark.name]).toEqual(expected)
  })

  it('does not depend on the order of thresholds', () => {
    const threshold = fc.record({ at: fc.integer({ min: 0, max: 9 }), level: fc.constantFrom('warn', 'crit') })
    const marks = fc.array(fc.integer({ min: 0, max: 12 }).map((value) => mark(value)))
    fc.assert(
      fc.property(fc.uniqueArray(threshold, { selector: ({ at }) => at, maxLength: 4 }), marks, (all, values) => {
        expect(levelOf({ thresholds: [...all].reverse() }, values)).toEqual(levelOf({ thresholds: all }, values))
      }),
    )
  })
})

describe('an axis', () => {
  const limits = limitsOf({ target: 30, thresholds: [{ at: 40, level: 'crit', word: 'SLO' }] })

  it('reaches its limits, unless they are absurdly far', () => {
    expect(reachWith([10, 20], limits)).toEqual([10, 40])
    expect(reachWith([1, 5], limits)).toEqual([1, 5])
    expect(reachWith([0, 0], limits)).toEqual([0, 40])
  })

  it('has no line for a limit that is not on it', () => {
    expect(placedLimits(limits, { min: 0, max: 35 }, (value) => 100 - value)).toEqual([
      { at: 30, level: 'target', word: undefined, px: 70 },
    ])
  })
})
