import { batch, decodeValue, kinds, limits } from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeSample } from '../../../server/intake/sample.ts'

const now = 1_795_178_659_000

/** Whatever else JSON may hold in the place of a field; `BIG` becomes a number beyond all numbers. */
const odd = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom<unknown>(true, false, null, '5', 'BIG', 0, [], {}))

function rarely(arbitrary: fc.Arbitrary<unknown>, other: fc.Arbitrary<unknown> = odd): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 40, arbitrary }, { weight: 1, arbitrary: other })
}

/** Lengths around every limit, and characters that are one unit, two units, or forbidden. */
const atLimit = fc
  .tuple(fc.constantFrom('a', 'é', '😀', '\u2028'), fc.constantFrom(0, 1, 63, 64, 65, 100, 101, 199, 200, 201))
  .map(([character, length]) => character.repeat(length))
const name = rarely(
  fc.string({ minLength: 1, maxLength: 20 }),
  fc.oneof(odd, atLimit, fc.constantFrom('__proto__', 'constructor', '\u0000', 'a\u0085b', 'a\u007f', '\ud800')),
)
const number = rarely(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constant(-0)))
const time = rarely(
  fc.integer({ min: now - 1_000, max: now + limits.maxSampleAheadMs }),
  fc.constantFrom(now + 60_001, now - limits.maxSampleAgeMs, now - limits.maxSampleAgeMs - 1, now + 0.5, -1, 2 ** 60),
)
const labels = rarely(
  fc.array(fc.tuple(name.map(String), name), { maxLength: 4 }).map(Object.fromEntries),
  fc.array(fc.tuple(name.map(String), name), { minLength: 9, maxLength: 12 }).map(Object.fromEntries),
)
const act = fc.oneof(
  { weight: 20, arbitrary: fc.record({ value: fc.option(number) }) },
  { weight: 6, arbitrary: fc.record({ add: number }) },
  { weight: 6, arbitrary: fc.record({ remove: rarely(fc.constant(true)) }) },
  { weight: 1, arbitrary: fc.record({ value: number, add: number, remove: fc.boolean() }, { requiredKeys: [] }) },
)
const show = { title: name, unit: name, as: rarely(fc.constantFrom(...kinds)), min: number, max: number, order: number }
const rest = fc.record({ labels, time, extra: odd, ...show }, { requiredKeys: [] })
const sampleLike = fc.tuple(name, act, rest).map(([metric, does, has]) => ({ metric, ...does, ...has }))
/** As it comes from the wire, where `__proto__` is a field like any other. */
const fromWire = rarely(sampleLike).map((value): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll('"extra"', '"__proto__"').replaceAll(':"BIG"', ':1e999')),
)

function isTimely(value: { time?: number | undefined }): boolean {
  return value.time === undefined || (value.time <= now + 60_000 && value.time >= now - 2_592_000_000)
}

describe('the decoder of samples', () => {
  it('takes and refuses what the schema does, and makes the same of it', () => {
    let takenCount = 0
    fc.assert(
      fc.property(fc.array(fromWire, { maxLength: 3 }), (values) => {
        const schema = decodeValue(batch, values)
        const decoded = values.map((value) => decodeSample(value, now))
        const isTaken = schema.ok && schema.value.every(isTimely)
        expect(decoded.every(({ ok }) => ok)).toBe(isTaken)
        if (!isTaken) return
        takenCount += values.length
        expect(decoded.map((one) => one.ok && one.value)).toStrictEqual(schema.value)
      }),
      { numRuns: 2_000 },
    )
    // Both verdicts must have been tried, or this proved nothing.
    expect(takenCount).toBeGreaterThan(500)
  })

  it('names places that the value has, and at least one', () => {
    fc.assert(
      fc.property(fromWire, (value) => {
        const decoded = decodeSample(value, now)
        if (decoded.ok) return
        expect(decoded.refusal.faults?.length).toBeGreaterThan(0)
        for (const { pointer, message } of decoded.refusal.faults ?? []) {
          expect(message).not.toBe('')
          expect(pointer === '' || pointer.startsWith('/')).toBe(true)
        }
      }),
    )
  })

  it('leaves prototypes alone', () => {
    const decoded = decodeSample(
      JSON.parse('{"metric":"m","value":1,"__proto__":{"x":1},"labels":{"a":"b","__proto__":"c"}}'),
      now,
    )
    expect(decoded).toStrictEqual({ ok: true, value: { metric: 'm', value: 1, labels: { a: 'b' } } })
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })

  it('says of a time what is wrong with it, and by how much', () => {
    const faultOf = (time: unknown) => {
      const decoded = decodeSample({ metric: 'm', value: 1, time }, now)
      return decoded.ok ? undefined : decoded.refusal.faults
    }
    expect(faultOf(1_795_178_659)).toEqual([
      { pointer: '/time', message: 'looks like seconds: send Unix milliseconds, now 1795178659000' },
    ])
    expect(faultOf(1_795_178_659.25)).toEqual(faultOf(1_795_178_659))
    expect(faultOf('2026-11-21')).toEqual([{ pointer: '/time', message: 'must be Unix milliseconds, a whole number' }])
  })
})
