import { describe, expect, it } from 'vitest'
import type { PlainTold } from '../../../server/links/plain-form.ts'
import { plainObjects } from '../../../server/links/plain-objects.ts'

function read(frame: unknown) {
  return plainObjects.read(typeof frame === 'string' ? frame : JSON.stringify(frame))
}

function written(told: PlainTold): unknown {
  return JSON.parse(plainObjects.write(told))
}

describe('an object that a page sends', () => {
  it.each([
    [{ message: 'hello' }, { text: 'hello' }],
    [{ text: 'hello', user: 'x' }, { text: 'hello' }],
    [{ type: 'chat_message', message: 'ping' }, { text: 'ping' }],
    [
      { message: 'hello', to: 'bob' },
      { text: 'hello', to: ['bob'] },
    ],
    [
      { message: 'hello', to: ['bob', 'wei'] },
      { text: 'hello', to: ['bob', 'wei'] },
    ],
    [{ message: 'hello', to: [] }, { text: 'hello' }],
  ])('[PT8] is a message: %j', (frame, said) => {
    expect(read(frame)).toEqual({ ok: true, value: { type: 'message', ...said } })
  })

  it('[PT8] is a ping or a close', () => {
    expect(read({ type: 'ping' })).toEqual({ ok: true, value: { type: 'ping' } })
    expect(read({ type: 'close' })).toEqual({ ok: true, value: { type: 'close' } })
  })

  it.each(['hello', '{', '[]', '"hello"', 'null', '{}', '{"message":5}', '{"message":"a","to":5}', 'ping'])(
    '[PT8] is nothing else: %s',
    (frame) => {
      expect(read(frame)).toMatchObject({ ok: false, refusal: { code: 'malformed' } })
    },
  )
})

describe('an object that a page reads', () => {
  const annotation = { id: 9, revision: 1, time: 3, author: 'ann', text: 'hello' }

  it('[PT8] has the words of a message under both names that pages look for', () => {
    const words = { type: 'message', group: 'ops', id: 9, time: 3, author: 'ann', message: 'hello', text: 'hello' }
    expect(written({ type: 'message', group: 'ops', annotation })).toEqual(words)
    const direct = { ...annotation, kind: 'alert' as const, recipients: ['bob'] }
    expect(written({ type: 'message', group: 'ops', annotation: direct })).toEqual({
      ...words,
      kind: 'alert',
      to: ['bob'],
    })
  })

  it.each<PlainTold>([
    { type: 'here', group: 'ops', name: 'ann', count: 1, people: ['ann'] },
    { type: 'error', code: 'malformed', message: 'No.' },
    { type: 'left_out', group: 'ops' },
    { type: 'closing', afterMs: 5 },
  ])('[PT8] has a message that can be shown: $type', (told) => {
    expect(written(told)).toEqual({ ...told, message: expect.stringMatching(/\w/) })
  })

  it('[PT9] has the numbers by metric and labels', () => {
    const orders = { n: 4, metric: 'orders', labels: { category: 'Shirts' }, unit: 'pcs' }
    const numbers = written({
      ...{ type: 'numbers', group: 'ops', time: 7 },
      values: [
        [orders, 5],
        [{ metric: 'cpu' }, null],
      ],
      removed: [orders],
    })
    expect(numbers).toEqual({
      ...{ type: 'numbers', group: 'ops', time: 7 },
      values: [
        { metric: 'orders', labels: { category: 'Shirts' }, value: 5 },
        { metric: 'cpu', value: null },
      ],
      removed: [{ metric: 'orders', labels: { category: 'Shirts' } }],
    })
  })
})
