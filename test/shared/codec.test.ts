import {
  annotateEnvelope,
  annotationDraft,
  type Board,
  type ClientEnvelope,
  decodeClientEnvelope,
  decodeServerEnvelope,
  decodeValue,
  encode,
  isErrorCode,
  limits,
  type ServerEnvelope,
} from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const decoders = [decodeClientEnvelope, decodeServerEnvelope]

function refusalOf(envelope: unknown): unknown {
  const decoded = decodeClientEnvelope(JSON.stringify(envelope))
  return decoded.ok ? undefined : decoded.refusal
}

const annotation = { id: 7, revision: 3, time: 5, author: 'ann', text: 'why?' }
const board: Board = { charts: [{ id: 'a', metrics: ['cpu'], kind: 'line', title: 'CPU', revision: 3, author: 'Ana' }] }

/** One of each, with every field. */
const clientEnvelopes: readonly ClientEnvelope[] = [
  { type: 'hello', id: 1, name: 'ann', secret: 's' },
  { type: 'subscribe', id: 2, group: 'ops', paceMs: 1_000, windowMs: 300_000, cursor: 'k3f9:17', present: false },
  { type: 'unsubscribe', id: 3, group: 'ops' },
  {
    ...{
      type: 'annotate',
      id: 4,
      group: 'ops',
      key: 'k',
      text: 'why?',
      kind: 'alert',
      replyTo: 7,
      recipients: ['bob'],
    },
    pin: { metric: 'orders', category: 'Shirts', time: 1, timeEnd: 2 },
  },
  { type: 'revise', id: 5, group: 'ops', key: 'k', annotation: 7, text: 'better' },
  { type: 'retract', id: 6, group: 'ops', key: 'k', annotation: 7 },
  { type: 'react', id: 7, group: 'ops', key: 'k', annotation: 7, reaction: '\u{1F44D}', on: true },
  { type: 'arrange', id: 8, group: 'ops', key: 'k', edits: [{ type: 'move', chart: 'a' }] },
  { type: 'point', id: 9, group: 'ops', metric: 'cpu', typing: true, away: false },
  { type: 'ping', id: 10 },
  { type: 'pong' },
]

const serverEnvelopes: readonly ServerEnvelope[] = [
  { type: 'welcome', id: 1, name: 'ann', time: 5, pingMs: 25_000, limits: { maxTextLength: 4_000, pacesMs: [100] } },
  { type: 'ack', id: 2, group: 'ops', cursor: 'k3f9:17', name: 'ann', paceMs: 1_000, annotation },
  {
    ...{ type: 'update', group: 'ops', epoch: 'k3f9', from: 0, to: 17, time: 5, removed: [3], earlier: 0, board },
    series: [
      {
        n: 1,
        metric: 'orders',
        labels: { item: 'Shirts' },
        unit: 'pcs',
        min: 0,
        max: 9,
        as: 'bar',
        order: 1,
        title: 'O',
      },
    ],
    values: [
      [1, 5],
      [2, null, 1_500],
      [4, 5, 0, 1, 9],
    ],
    annotations: [{ ...annotation, editedTime: 6, reactions: { '\u{1F44D}': ['bob'] } }],
    window: { bucketMs: 1_000, start: 0, series: [[1, [0, 5, 1, 9, 1, null, null, null]]] },
  },
  { type: 'presence', group: 'ops', count: 2, people: [{ name: 'ann' }] },
  { type: 'error', id: 3, code: 'text_too_long', message: 'm', temporary: false },
  { type: 'ping', time: 5 },
  { type: 'pong', id: 10, time: 5 },
  { type: 'closing', afterMs: 500 },
]

describe('an envelope', () => {
  it.each(clientEnvelopes)('of a client comes out of the wire as it went in: $type', (envelope) => {
    expect(decodeClientEnvelope(encode(envelope))).toEqual({ ok: true, value: envelope })
  })

  it.each(serverEnvelopes)('of a server comes out of the wire as it went in: $type', (envelope) => {
    expect(decodeServerEnvelope(encode(envelope))).toEqual({ ok: true, value: envelope })
  })

  it('may hold unknown fields, which are ignored', () => {
    expect(decodeClientEnvelope('{"type":"ping","id":1,"since":"v9"}')).toEqual({
      ok: true,
      value: { type: 'ping', id: 1 },
    })
  })

  it('of an unknown type is refused as such, and its id is told', () => {
    expect(refusalOf({ type: 'dance', id: 7 })).toMatchObject({ code: 'unknown_type', id: 7 })
    expect(refusalOf({ id: 7 })).toMatchObject({ code: 'unknown_type', id: 7 })
    expect(refusalOf({ type: 'update', id: 7 })).toMatchObject({ code: 'unknown_type', id: 7 })
    expect(decodeServerEnvelope('{"type":"hello","id":1}')).toMatchObject({ refusal: { code: 'unknown_type', id: 1 } })
  })

  it.each([1.5, -1, '7', null, 2 ** 53])('tells no id that is none: %j', (id) => {
    expect(refusalOf({ type: 'dance', id })).not.toHaveProperty('id')
  })

  it.each(['', '{', '5', 'null', '[]', '"hello"', '\ufeff{}', '{"type":"ping",}'])(
    'is not what this is: %j',
    (text) => {
      for (const decode of decoders) expect(decode(text)).toMatchObject({ ok: false, refusal: { code: 'malformed' } })
    },
  )

  it('is refused with the place of each fault', () => {
    expect(
      refusalOf({ type: 'subscribe', id: 2, group: 7, paceMs: 123, windowMs: 0, cursor: 'nonsense' }),
    ).toMatchObject({
      code: 'malformed',
      id: 2,
      message: '"group" must be a string.',
      faults: [
        { pointer: '/group', message: 'must be a string' },
        { pointer: '/paceMs', message: 'must be one of 100, 250, 500, 1000, 2000, 5000, 10000, 60000' },
        { pointer: '/windowMs', message: 'must be more than 0' },
        { pointer: '/cursor', message: 'is not valid' },
      ],
    })
  })
})

describe('decoding', () => {
  const someEnvelope = fc.constantFrom<ClientEnvelope | ServerEnvelope>(...clientEnvelopes, ...serverEnvelopes)

  function expectAnswer(text: string): void {
    for (const decode of decoders) {
      const decoded = decode(text)
      if (decoded.ok) continue
      expect(isErrorCode(decoded.refusal.code)).toBe(true)
      expect(decoded.refusal.faults?.length ?? 0).toBeLessThanOrEqual(limits.maxFaults)
    }
  }

  it('answers any text, and never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.json({ maxDepth: 20 })), expectAnswer))
  })

  it('answers any bytes, and never throws', () => {
    const decoder = new TextDecoder()
    fc.assert(fc.property(fc.uint8Array(), (bytes) => expectAnswer(decoder.decode(bytes))))
  })

  it('answers envelopes with any wrong field, and never throws', () => {
    fc.assert(
      fc.property(someEnvelope, fc.nat(), fc.jsonValue(), (envelope, pick, value) => {
        const fields = Object.keys(envelope)
        expectAnswer(JSON.stringify({ ...envelope, [fields[pick % fields.length] ?? '']: value }))
      }),
    )
  })

  it('answers cut envelopes, and never throws', () => {
    fc.assert(
      fc.property(someEnvelope, fc.nat(), (envelope, pick) => {
        const text = encode(envelope)
        expectAnswer(text.slice(0, pick % text.length))
      }),
    )
  })

  it('survives a nesting that no stack could', () => {
    expectAnswer('['.repeat(100_000))
    expectAnswer(`{"type":"hello","id":1,"name":${'['.repeat(30_000)}${']'.repeat(30_000)}}`)
  })

  it('is not misled by names that every object has', () => {
    expect(refusalOf({ type: 'toString', id: 1 })).toMatchObject({ code: 'unknown_type' })
    expect(decodeClientEnvelope('{"type":"ping","id":1,"__proto__":{"polluted":true}}')).toEqual({
      ok: true,
      value: { type: 'ping', id: 1 },
    })
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('the text of an annotation', () => {
  function codeOf(text: unknown): unknown {
    const decoded = decodeValue(annotationDraft, { text })
    return decoded.ok ? 'ok' : decoded.refusal.code
  }

  it('has a code of its own when it is too long, counted in characters and not in UTF-16', () => {
    expect(codeOf('\u{1F600}'.repeat(limits.maxTextLength))).toBe('ok')
    expect(codeOf('x'.repeat(limits.maxTextLength + 1))).toBe('text_too_long')
  })

  it('has a code of its own when it is empty or blank', () => {
    expect([codeOf(''), codeOf(' \n\u3000')]).toEqual(['text_missing', 'text_missing'])
  })

  it('is malformed when it is no text', () => {
    expect([codeOf(7), codeOf(undefined)]).toEqual(['malformed', 'malformed'])
  })

  it('[L3] is malformed when it holds half of a surrogate pair, which no file and few programs can hold', () => {
    expect([codeOf('cut \ud83d'), codeOf('\ude00 cut'), codeOf('whole \ud83d\ude00')]).toEqual([
      'malformed',
      'malformed',
      'ok',
    ])
  })

  it('carries the request id with its code', () => {
    const text = 'x'.repeat(limits.maxTextLength + 1)
    expect(refusalOf({ type: 'annotate', id: 9, text })).toMatchObject({ code: 'text_too_long', id: 9 })
  })
})

describe('what may stand in an envelope', () => {
  it.each([
    ['a blank name', { type: 'hello', id: 1, name: '  ' }, '/name'],
    ['a name of two lines', { type: 'hello', id: 1, name: 'a\nb' }, '/name'],
    ['a name of 65 characters', { type: 'hello', id: 1, name: 'x'.repeat(65) }, '/name'],
    ['half a character', { type: 'hello', id: 1, name: 'cut \ud83d' }, '/name'],
    ['an empty secret', { type: 'hello', id: 1, secret: '' }, '/secret'],
    ['a window of more than a day', { type: 'subscribe', id: 1, windowMs: 86_400_001 }, '/windowMs'],
    ['an empty key', { type: 'annotate', id: 1, text: 'x', key: '' }, '/key'],
    ['a key of 201 characters', { type: 'annotate', id: 1, text: 'x', key: 'x'.repeat(201) }, '/key'],
    ['21 recipients', { type: 'annotate', id: 1, text: 'x', recipients: Array(21).fill('bob') }, '/recipients'],
    ['no recipients at all', { type: 'annotate', id: 1, text: 'x', recipients: [] }, '/recipients'],
    ['an end without a beginning', { type: 'annotate', id: 1, text: 'x', pin: { metric: 'a', timeEnd: 5 } }, '/pin'],
    [
      'an end before its beginning',
      { type: 'annotate', id: 1, text: 'x', pin: { metric: 'a', time: 6, timeEnd: 5 } },
      '/pin',
    ],
    [
      'a reaction of 17 characters',
      { type: 'react', id: 1, annotation: 7, on: true, reaction: 'x'.repeat(17) },
      '/reaction',
    ],
    ['a blank reaction', { type: 'react', id: 1, annotation: 7, on: true, reaction: ' ' }, '/reaction'],
    [
      'a reaction that no record could hold',
      { type: 'react', id: 1, annotation: 7, on: true, reaction: '__proto__' },
      '/reaction',
    ],
  ])('is not %s', (_what, envelope, pointer) => {
    expect(refusalOf(envelope)).toMatchObject({ code: 'malformed', id: 1, faults: [{ pointer }] })
  })

  it('is every pace there is', () => {
    for (const paceMs of limits.pacesMs) expect(refusalOf({ type: 'subscribe', id: 1, paceMs })).toBeUndefined()
  })

  it('is told by a schema that anybody may use alone', () => {
    expect(decodeValue(annotateEnvelope, { type: 'annotate', id: 1, text: 'x' }).ok).toBe(true)
  })
})
