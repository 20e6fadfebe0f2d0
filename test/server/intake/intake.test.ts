import { gzipSync } from 'node:zlib'
import { type Fault, limits } from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBatch, readDraft } from '../../../server/intake/intake.ts'

const now = 1_795_178_659_000
const json = 'application/json'
const ndjson = 'application/x-ndjson'
const form = 'application/x-www-form-urlencoded'

function bytesOf(body: string): Uint8Array {
  return new TextEncoder().encode(body)
}

function samplesOf(type: string | undefined, body: string): unknown {
  const read = readBatch(type, bytesOf(body), now)
  return read.ok ? read.value : read.refusal
}

function faultsOf(type: string | undefined, body: string): readonly Fault[] {
  const read = readBatch(type, bytesOf(body), now)
  if (read.ok) throw new Error('the batch was taken')
  expect(read.refusal.code).toBe('malformed')
  return read.refusal.faults ?? []
}

describe('a batch in JSON', () => {
  it('is an array of samples', () => {
    const samples = [
      { metric: 'orders', labels: { category: 'Shirts' }, value: 5, time: now, unit: 'pcs' },
      { metric: 'visits', add: 3 },
      { metric: 'old', remove: true },
      { metric: 'cpu', value: null },
    ]
    expect(samplesOf(json, JSON.stringify(samples))).toEqual(samples)
  })

  it('is one sample when its metric is a string', () => {
    expect(samplesOf(json, '{"metric":"cpu","value":12.5,"host":"a"}')).toEqual([{ metric: 'cpu', value: 12.5 }])
  })

  it('is an object from metric to number, gap or categories, mixed', () => {
    expect(samplesOf(json, '{"cpu": 12.5, "load": null, "orders": {"Shirts": 5, "Socks": null}}')).toEqual([
      { metric: 'cpu', value: 12.5 },
      { metric: 'load', value: null },
      { metric: 'orders', labels: { category: 'Shirts' }, value: 5 },
      { metric: 'orders', labels: { category: 'Socks' }, value: null },
    ])
  })

  it('may have metrics that are called like the fields of a sample', () => {
    expect(samplesOf(json, '{"metric": 5, "value": {"time": 1}}')).toEqual([
      { metric: 'metric', value: 5 },
      { metric: 'value', labels: { category: 'time' }, value: 1 },
    ])
  })

  it('has its keys as they are: no dot splits them', () => {
    expect(samplesOf(json, '{"orders.Shirts": 5, "a\\\\.b": 1}')).toEqual([
      { metric: 'orders.Shirts', value: 5 },
      { metric: 'a\\.b', value: 1 },
    ])
  })

  it('may have names that are dangerous elsewhere', () => {
    expect(samplesOf(json, '{"__proto__": 1, "constructor": {"__proto__": 2}}')).toEqual([
      { metric: '__proto__', value: 1 },
      { metric: 'constructor', labels: { category: '__proto__' }, value: 2 },
    ])
  })

  it('names every fault by its place', () => {
    const body =
      '[{"metric":"a","value":1},{"metric":"","value":1},{"metric":"b","value":"5"},{"value":1},{"metric":"c"},7]'
    expect(faultsOf(json, body)).toEqual([
      { pointer: '/1/metric', message: 'must not be empty' },
      { pointer: '/2/value', message: 'must be a number' },
      { pointer: '/3/metric', message: 'is missing' },
      { pointer: '/4', message: 'must have exactly one of "value", "add" and "remove"' },
      { pointer: '/5', message: 'must be an object' },
    ])
  })

  it('names every fault of an object by its place', () => {
    const long = 'x'.repeat(limits.maxMetricLength + 1)
    const body = { cpu: '5', orders: { Shirts: true, 'a/b~c': [1], '': 1 }, list: [1], [long]: 1, ok: 1 }
    expect(faultsOf(json, JSON.stringify(body))).toEqual([
      { pointer: '/cpu', message: 'must be a number, null, or an object of numbers by category' },
      { pointer: '/orders/Shirts', message: 'must be a number or null' },
      { pointer: '/orders/a~1b~0c', message: 'must be a number or null' },
      { pointer: '/orders/', message: 'the category must not be empty' },
      { pointer: '/list', message: 'must be a number, null, or an object of numbers by category' },
      { pointer: `/${long}`, message: "the metric's name must have at most 200 characters" },
    ])
  })

  it('has no number that is beyond all numbers', () => {
    expect(faultsOf(json, '{"cpu": 1e999}')).toEqual([{ pointer: '/cpu', message: 'is out of range' }])
  })

  it.each(['5', '"cpu"', 'null', 'true'])('is no %s', (body) => {
    expect(faultsOf(json, body)).toEqual([{ pointer: '', message: 'must be an object' }])
  })

  it.each(['[]', '{}', '{"orders": {}}'])('that holds nothing is a fault: %s', (body) => {
    expect(faultsOf(json, body)).toEqual([{ pointer: '', message: 'holds no sample' }])
  })

  it('is told what to send instead of NaN', () => {
    expect(faultsOf(json, '[{"metric": "a", "value": 1}, {"metric": "b", "value": NaN}]')).toEqual([
      { pointer: '/1/value', message: 'NaN is not JSON: send null for "no value"' },
    ])
  })

  it('is told the place where it is no JSON', () => {
    expect(faultsOf(json, '{\n  "cpu": 1,\n}')).toEqual([
      { pointer: '', message: 'has an unexpected "}" at line 3, column 1' },
    ])
  })

  it('is told of a time that cannot be', () => {
    const at = (time: number) => faultsOf(json, JSON.stringify([{ metric: 'a', value: 1, time }]))
    expect(at(now + 7_200_000)).toEqual([{ pointer: '/0/time', message: expect.stringContaining('2 h ahead') }])
    expect(at(now - 45 * 86_400_000)).toEqual([{ pointer: '/0/time', message: expect.stringContaining('45 days old') }])
    expect(at(now / 1_000)).toEqual([{ pointer: '/0/time', message: expect.stringContaining('looks like seconds') }])
  })
})

describe('a batch in lines of JSON', () => {
  it('is one object a line, in any of the forms, empty lines skipped', () => {
    const body = '{"metric":"a","value":1}\r\n\n  \n{"b":2,"c":{"d":3}}\n'
    const samples = [
      { metric: 'a', value: 1 },
      { metric: 'b', value: 2 },
      { metric: 'c', labels: { category: 'd' }, value: 3 },
    ]
    expect(samplesOf(ndjson, body)).toEqual(samples)
    expect(samplesOf('application/jsonl', body)).toEqual(samples)
  })

  it('names faults by the index of their line, empty lines counted', () => {
    const body = '{"a":1}\n\n{"metric":"b","value":"x"}\n[1]\n{"c":{"d":NaN}}\n{"e":}\n{"f":"g"}'
    expect(faultsOf(ndjson, body)).toEqual([
      { pointer: '/2/value', message: 'must be a number' },
      { pointer: '/3', message: 'must be an object' },
      { pointer: '/4/c/d', message: 'NaN is not JSON: send null for "no value"' },
      { pointer: '/5/e', message: 'has an unexpected "}" at line 6, column 6' },
      { pointer: '/6/f', message: 'must be a number, null, or an object of numbers by category' },
    ])
  })
})

describe('a batch as a form', () => {
  it('is what curl -d sends', () => {
    expect(samplesOf(form, 'cpu=12.5&orders.Shirts=5')).toEqual([
      { metric: 'cpu', value: 12.5 },
      { metric: 'orders', labels: { category: 'Shirts' }, value: 5 },
    ])
  })

  it.each([
    ['a.b.c=1', { metric: 'a.b', labels: { category: 'c' }, value: 1 }],
    ['a\\.b=1', { metric: 'a.b', value: 1 }],
    ['a\\.b.c\\.d=1', { metric: 'a.b', labels: { category: 'c.d' }, value: 1 }],
    ['a\\\\.b=1', { metric: 'a\\', labels: { category: 'b' }, value: 1 }],
    ['a\\b=1', { metric: 'a\\b', value: 1 }],
    ['a\\\\\\.b=1', { metric: 'a\\.b', value: 1 }],
    ['a.b\\.c=1', { metric: 'a', labels: { category: 'b.c' }, value: 1 }],
    ['a\\=1', { metric: 'a\\', value: 1 }],
    ['a%2Eb=1', { metric: 'a', labels: { category: 'b' }, value: 1 }],
    ['new+orders.T%2Dshirts=1', { metric: 'new orders', labels: { category: 'T-shirts' }, value: 1 }],
    ['%E8%AE%A2%E5%8D%95=1', { metric: '订单', value: 1 }],
    ['load%=1', { metric: 'load%', value: 1 }],
    ['?a=1', { metric: '?a', value: 1 }],
  ])('has its keys split at the last dot that is not escaped: %s', (body, sample) => {
    expect(samplesOf(form, body)).toEqual([sample])
  })

  it.each([
    ['-4', -4],
    ['%2B5', 5],
    ['+5', 5],
    ['1e3', 1_000],
    ['.5', 0.5],
    ['5.', 5],
    ['12.5%0A', 12.5],
    ['', null],
    ['null', null],
    ['+', null],
  ])('has a number or a gap behind its "=": %s', (text, value) => {
    expect(samplesOf(form, `cpu=${text}`)).toEqual([{ metric: 'cpu', value }])
  })

  it.each(['12,5', '0x10', 'NaN', 'Infinity', '-', 'e5', '1 2', '5pcs', '1_000', '5=6'])('has no number %s', (text) => {
    expect(faultsOf(form, `a=1&cpu=${text}`)).toEqual([
      { pointer: '/cpu', message: 'must be a number, or empty for "no value"' },
    ])
  })

  it('names every fault by its key', () => {
    expect(faultsOf(form, 'hello&.x=1&orders.=1&a/b=x&c=1e999&%FF=1')).toEqual([
      { pointer: '/hello', message: 'has no "=": write metric=number' },
      { pointer: '/.x', message: "the metric's name must not be empty" },
      { pointer: '/orders.', message: 'the category must not be empty' },
      { pointer: '/a~1b', message: 'must be a number, or empty for "no value"' },
      { pointer: '/c', message: 'is out of range' },
      { pointer: '', message: 'has an escape that is not UTF-8' },
    ])
  })

  it('skips what stands empty between its separators, and the line end of a file', () => {
    expect(samplesOf(form, '&a=1&&b=2&\n')).toEqual([
      { metric: 'a', value: 1 },
      { metric: 'b', value: 2 },
    ])
  })

  it('is JSON when it begins like it', () => {
    expect(samplesOf(form, ' \n{"cpu": 12.5}')).toEqual([{ metric: 'cpu', value: 12.5 }])
    expect(samplesOf(form, '[{"metric":"a=b","value":1}]')).toEqual([{ metric: 'a=b', value: 1 }])
  })
})

describe('the limits of a batch', () => {
  const { maxFaults, maxSamplesPerBatch } = limits
  const count = (length: number) => Array.from({ length }, (_, at) => at)
  const forms: [string, string, (length: number) => string][] = [
    ['an array', json, (length) => JSON.stringify(count(length).map((at) => ({ metric: `m${at}`, value: at })))],
    ['an object', json, (length) => JSON.stringify(Object.fromEntries(count(length).map((at) => [`m${at}`, at])))],
    [
      'categories',
      json,
      (length) => JSON.stringify({ m: Object.fromEntries(count(length).map((at) => [`c${at}`, at])) }),
    ],
    [
      'lines',
      ndjson,
      (length) =>
        count(length)
          .map((at) => `{"m${at}":${at}}`)
          .join('\n'),
    ],
    [
      'a form',
      form,
      (length) =>
        count(length)
          .map((at) => `m${at}=${at}`)
          .join('&'),
    ],
  ]

  it.each(forms)('let 5,000 samples in and no more: %s', (_, type, bodyOf) => {
    expect(readBatch(type, bytesOf(bodyOf(maxSamplesPerBatch)), now)).toMatchObject({ ok: true })
    expect(faultsOf(type, bodyOf(maxSamplesPerBatch + 1))).toEqual([
      { pointer: '', message: 'has more than 5000 samples' },
    ])
  })

  it('list the first 20 faults', () => {
    const body = JSON.stringify(count(100).map(() => ({ metric: '', value: 'x' })))
    const faults = faultsOf(json, body)
    expect(faults).toHaveLength(maxFaults)
    expect(faults[0]?.pointer).toBe('/0/metric')
    expect(faultsOf(form, 'a=x&'.repeat(100))).toHaveLength(maxFaults)
    expect(faultsOf(ndjson, '?\n'.repeat(100))).toHaveLength(maxFaults)
  })

  it('hold for lines that hold nothing', () => {
    expect(faultsOf(ndjson, '{}\n'.repeat(maxSamplesPerBatch + 1))).toEqual([
      { pointer: '', message: 'has more than 5000 lines' },
    ])
  })

  it('tell no name of megabytes once for each of its faults', () => {
    const body = { ['x'.repeat(1_000_000)]: Object.fromEntries(count(100).map((at) => [`c${at}`, 'x'])) }
    const faults = faultsOf(json, JSON.stringify(body))
    expect(faults).toHaveLength(maxFaults)
    expect(JSON.stringify(faults).length).toBeLessThan(100_000)
  })

  it('take nothing of a batch with a fault', () => {
    expect(samplesOf(json, '{"a":1,"b":"x"}')).toMatchObject({
      message: 'The batch has faults: nothing of it was taken.',
    })
  })
})

describe('a body', () => {
  it('is read by its content type, however that is written', () => {
    for (const type of [
      'application/json; charset=utf-8',
      ' Application/JSON ',
      'application/vnd.x+json',
      undefined,
      '',
    ]) {
      expect(samplesOf(type, '{"a":1}')).toEqual([{ metric: 'a', value: 1 }])
    }
    for (const type of [`${form};charset=UTF-8`, undefined, '']) {
      expect(samplesOf(type, 'a=1')).toEqual([{ metric: 'a', value: 1 }])
    }
  })

  it.each([
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'text/html',
    'json',
    '__proto__',
  ])('of another type is refused: %s', (type) => {
    expect(samplesOf(type, 'a=1')).toMatchObject({ code: 'content_type' })
    expect(readDraft(type, bytesOf('text=a'))).toMatchObject({ refusal: { code: 'content_type' } })
  })

  it('begins behind its byte order mark', () => {
    expect(samplesOf(json, '\ufeff{"a":1}')).toEqual([{ metric: 'a', value: 1 }])
    expect(samplesOf(form, '\ufeffa=1')).toEqual([{ metric: 'a', value: 1 }])
  })

  it('that is not UTF-8 is refused, not guessed', () => {
    const latin = new Uint8Array([...bytesOf('{"caf'), 0xe9, ...bytesOf('": 1}')])
    for (const body of [latin, new Uint8Array([0xff, 0xfe, 0x7b, 0]), gzipSync('{}')]) {
      expect(readBatch(json, body, now)).toMatchObject({
        refusal: { faults: [{ pointer: '', message: 'is not UTF-8' }] },
      })
      expect(readDraft(json, body)).toMatchObject({ refusal: { code: 'malformed' } })
    }
  })

  it('never throws, and is taken or refused with a fault', () => {
    const anyType = fc.constantFrom(json, ndjson, form, undefined)
    const anyBody = fc.oneof(
      fc.uint8Array(),
      fc.string({ unit: 'binary' }).map(bytesOf),
      fc.json().map(bytesOf),
      fc.string({ unit: fc.constantFrom(...'{}[]":,=&.\\%+1a\n ') }).map(bytesOf),
    )
    fc.assert(
      fc.property(anyType, anyBody, (type, body) => {
        const read = readBatch(type, body, now)
        if (read.ok) expect(read.value.length).toBeGreaterThan(0)
        else expect(read.refusal.faults?.length).toBeGreaterThan(0)
        readDraft(type, body)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('the draft of an annotation', () => {
  const drafted = (type: string | undefined, body: string) => {
    const read = readDraft(type, bytesOf(body))
    return read.ok ? read.value : read.refusal
  }

  it('is a JSON object', () => {
    const draft = { text: 'deploy 1.4', author: 'ci', kind: 'deploy', pin: { metric: 'cpu', time: now }, replyTo: 7 }
    expect(drafted(json, JSON.stringify({ ...draft, extra: 1 }))).toEqual(draft)
  })

  it('is a form, with a pin by dotted fields', () => {
    const body =
      'text=deploy+1.4&author=ci&kind=deploy&replyTo=7&pin.metric=cpu&pin.category=a%26b&pin.time=5&pin.timeEnd=6'
    expect(drafted(form, body)).toEqual({
      text: 'deploy 1.4',
      author: 'ci',
      kind: 'deploy',
      replyTo: 7,
      pin: { metric: 'cpu', category: 'a&b', time: 5, timeEnd: 6 },
    })
    expect(drafted(undefined, 'text=hi')).toEqual({ text: 'hi' })
  })

  it('is the JSON that curl -d calls a form', () => {
    expect(drafted(form, '{"text":"hi = there"}')).toEqual({ text: 'hi = there' })
  })

  it('[A7] keeps whom a form is for, so that nobody else is shown it', () => {
    expect(drafted(form, 'text=hi&recipients=bob&recipients=ann')).toEqual({ text: 'hi', recipients: ['bob', 'ann'] })
    expect(drafted(form, 'text=hi&recipients=')).toMatchObject({ code: 'malformed', faults: [{}, {}] })
  })

  it('leaves out the fields of a form that were left empty', () => {
    expect(drafted(form, 'text=hi&author=&kind=&replyTo=&pin.metric=&pin.time=')).toEqual({ text: 'hi' })
  })

  it('keeps its text as it is: lines, signs and all', () => {
    expect(drafted(form, 'text=a%0Ab%3Cb%3E+%2B+&text=second')).toEqual({ text: 'a\nb<b> + ' })
  })

  it('is refused by the code of what is wrong', () => {
    expect(drafted(form, 'deploy 1.4')).toMatchObject({ code: 'text_missing' })
    expect(drafted(form, 'text=+')).toMatchObject({ code: 'text_missing' })
    expect(drafted(json, '{"text":""}')).toMatchObject({ code: 'text_missing' })
    expect(drafted(form, `text=${'x'.repeat(4_001)}`)).toMatchObject({ code: 'text_too_long' })
    expect(drafted(json, '{"text":')).toMatchObject({ code: 'malformed', faults: [{ pointer: '/text' }] })
    expect(drafted(json, '[]')).toMatchObject({ code: 'malformed' })
    expect(drafted(form, 'text=a&replyTo=x')).toMatchObject({ faults: [{ pointer: '/replyTo' }] })
    expect(drafted(form, 'text=a&pin.time=5')).toMatchObject({ faults: [{ pointer: '/pin/metric' }] })
    expect(drafted(form, 'text=%FF')).toMatchObject({ code: 'malformed' })
    expect(drafted(ndjson, '{"text":"a"}')).toMatchObject({ code: 'content_type' })
  })
})
