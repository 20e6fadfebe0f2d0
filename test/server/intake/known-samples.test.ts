import { limits, seriesKey } from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBatch } from '../../../server/intake/intake.ts'
import { KnownSamples } from '../../../server/intake/known-samples.ts'

const now = 1_795_178_659_000
const json = 'application/json'
const ndjson = 'application/x-ndjson'

function read(type: string, body: string, known?: KnownSamples) {
  const batch = readBatch(type, new TextEncoder().encode(body), now, known)
  return batch.ok ? { ok: true, value: batch.value.map(({ key: _, ...sample }) => sample) } : batch
}

const name = fc.oneof(
  fc.constantFrom(
    'orders',
    'value',
    'time',
    'metric',
    'add',
    '__proto__',
    'a"value":b',
    '"value":',
    '\\',
    ' ',
    'é',
    '𝄞',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
)
const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, 0.1, 1e-7, 1e21, 2 ** 53, 2 ** 53 + 2, 0.30000000000000004, 123456.789012345),
)
const time = fc.oneof(fc.constant(now), fc.integer({ min: now - 100_000, max: now + 100_000 }), number)
const sample = fc.record(
  {
    metric: name,
    labels: fc.dictionary(name, name, { maxKeys: 2 }),
    unit: name,
    value: fc.oneof({ arbitrary: number, weight: 5 }, fc.constant(null)),
    time,
    add: fc.option(number, { freq: 20, nil: undefined }),
    other: fc.jsonValue(),
  },
  { requiredKeys: ['metric', 'value'] },
)
/** As JavaScript writes, as Python does, and by lines. */
const written = fc
  .tuple(fc.array(sample, { maxLength: 5 }), fc.constantFrom('js', 'python', 'lines'))
  .map(([samples, by]) =>
    by === 'lines'
      ? { type: ndjson, body: samples.map((one) => JSON.stringify(one)).join('\n') }
      : { type: json, body: by === 'js' ? JSON.stringify(samples) : spaced(samples) },
  )

function spaced(value: unknown): string {
  return JSON.stringify(value, null, 1)
    .replace(/\n */g, ' ')
    .replace(/([[{]) | ([\]}])/g, '$1$2')
}

describe('samples that are known by how they begin', () => {
  it('are what they are without being known, however often they come', () => {
    fc.assert(
      fc.property(fc.array(written, { minLength: 1, maxLength: 4 }), (bodies) => {
        const known = new KnownSamples()
        for (const { type, body } of [...bodies, ...bodies]) {
          expect(read(type, body, known)).toEqual(read(type, body))
        }
      }),
    )
  })

  it('are refused when they would be without being known, for the same reasons', () => {
    const edit = fc.record({
      at: fc.nat(),
      length: fc.nat(3),
      text: fc.constantFrom(
        '',
        ' ',
        '0',
        '-',
        '.',
        'e',
        'E5',
        '"',
        ',',
        ':',
        '{',
        '}',
        '[',
        ']',
        '\n',
        'null',
        '"value":',
      ),
    })
    fc.assert(
      fc.property(written, edit, ({ type, body }, { at, length, text }) => {
        const known = new KnownSamples()
        read(type, body, known)
        const start = at % (body.length + 1)
        const edited = body.slice(0, start) + text + body.slice(start + length)
        expect(read(type, edited, known)).toEqual(read(type, edited))
      }),
      { numRuns: 500 },
    )
  })

  it('say which series they are of', () => {
    const samples = [{ metric: 'orders', labels: { b: '2', a: '1' }, value: 5.25, time: now }]
    const known = new KnownSamples()
    const first = known.read(JSON.stringify(samples), 'array', now)
    expect(first).toEqual([{ ...samples[0], key: seriesKey('orders', { a: '1', b: '2' }) }])
    expect(known.read('[{"metric":"orders","labels":{"b":"2","a":"1"},"value":-7}]', 'array', now)).toEqual([
      { metric: 'orders', labels: { b: '2', a: '1' }, key: first?.[0]?.key, value: -7 },
    ])
  })

  it('are read quickly as JavaScript, Python and shell scripts write them, and else left to the schema', () => {
    const known = new KnownSamples()
    expect(known.read('[{"metric":"cpu","value":1},{"metric":"cpu","value":2}]', 'array', now)).toHaveLength(2)
    expect(
      known.read(
        '[{"metric": "cpu", "value": 1, "time": 1795178659000}, {"metric": "cpu", "value": null}]',
        'array',
        now,
      ),
    ).toHaveLength(2)
    expect(known.read('{"metric":"cpu","value":1}\n{"metric":"cpu","value":2}\n', 'lines', now)).toHaveLength(2)
    expect(known.read('[{"value":1,"metric":"cpu"}]', 'array', now)).toBeUndefined()
    expect(known.read('[{"metric":"cpu","value":1e3}]', 'array', now)).toBeUndefined()
  })

  it('are not kept when they begin with more than a sample says', () => {
    const known = new KnownSamples()
    const body = (note: string) => JSON.stringify([{ metric: 'cpu', note, value: 1 }])
    expect(known.read(body('n'.repeat(900)), 'array', now)).toHaveLength(1)
    expect(known.read(body('n'.repeat(1_000)), 'array', now)).toBeUndefined()
  })

  it('are learned from so many of a batch only', () => {
    const known = new KnownSamples()
    const body = JSON.stringify(
      Array.from({ length: limits.maxSamplesPerBatch }, (_, n) => ({ metric: `m${n}`, value: n })),
    )
    const few = JSON.stringify(Array.from({ length: 150 }, (_, n) => ({ metric: `m${n}`, value: n })))
    expect(known.read(body, 'array', now)).toBeUndefined()
    expect(known.read(few, 'array', now)).toHaveLength(150)
  })
})
