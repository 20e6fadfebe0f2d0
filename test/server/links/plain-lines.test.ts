import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlainTold } from '../../../server/links/plain-form.ts'
import { plainLines } from '../../../server/links/plain-lines.ts'

const { read, write } = plainLines
const series = { metric: 'orders', labels: { category: 'Shirts' } }

describe('a line that somebody types', () => {
  it('[PT3] is a message, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        fc.pre(!/^(?:\/to|ping|close)|\n$/.test(text))
        expect(read(text)).toEqual({ ok: true, value: { type: 'message', text } })
      }),
    )
  })

  it('[PT3] may come with its end', () => {
    expect(read('hello\r\n')).toMatchObject({ value: { text: 'hello' } })
    expect(read('two\nlines\n')).toMatchObject({ value: { text: 'two\nlines' } })
    expect(read('ping\n')).toMatchObject({ value: { type: 'ping' } })
  })

  it('[PT5] is ping or close only as a whole', () => {
    expect(read('close')).toMatchObject({ value: { type: 'close' } })
    expect(read('close the door')).toMatchObject({ value: { type: 'message' } })
  })

  it.each([
    ['/to bob hello  there', 'bob', 'hello  there'],
    ['/to "ann 2" two\nlines', 'ann 2', 'two\nlines'],
    ['/to 伟 你好', '伟', '你好'],
  ])('[PT7] %j is for one person', (line, name, text) => {
    expect(read(line)).toEqual({ ok: true, value: { type: 'message', text, to: [name] } })
  })

  it.each(['/to', '/to bob', '/to bob  ', '/to "ann 2"'])('[PT7] [PT10] %j says no text, and is no message', (line) => {
    expect(read(line)).toMatchObject({ ok: false, refusal: { code: 'malformed' } })
  })

  it('[PT7] is a message where it only begins like it', () => {
    expect(read('/tomorrow then')).toMatchObject({ value: { type: 'message', text: '/tomorrow then' } })
  })
})

describe('a line that somebody reads', () => {
  const annotation = { id: 1, revision: 1, time: 1, author: 'ann', text: 'hello' }

  it.each<[string, PlainTold, string]>([
    ['[PT3] a message', { type: 'message', group: 'ops', annotation }, 'ann: hello'],
    [
      '[PT7] a direct message',
      { type: 'message', group: 'ops', annotation: { ...annotation, recipients: ['bob', 'wei'] } },
      'ann (to bob, wei): hello',
    ],
    [
      '[PT2] who is here',
      { type: 'here', group: 'ops', name: 'guest 7', count: 3, people: ['ann', 'guest 7'] },
      '[ops: you are guest 7; here: ann, guest 7, 1 more]',
    ],
    [
      '[PT9] numbers',
      {
        ...{ type: 'numbers', group: 'ops', time: 1 },
        values: [
          [series, 5],
          [{ metric: 'cpu' }, null],
          [{ metric: 'x', labels: { a: 'say "hi"\n\\', b: '1' } }, 0.5],
        ],
        removed: [series],
      },
      'orders{category="Shirts"} 5\ncpu null\nx{a="say \\"hi\\"\\n\\\\",b="1"} 0.5\norders{category="Shirts"} removed',
    ],
    [
      '[PT10] an error',
      { type: 'error', code: 'text_missing', message: 'Write something.' },
      '[error: Write something.]',
    ],
    ['[PT5] the answer to ping', { type: 'pong' }, 'pong'],
  ])('%s', (_what, told, line) => {
    expect(write(told)).toBe(line)
  })
})
