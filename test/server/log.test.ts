import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLog, type LogLevel } from '../../server/log.ts'

const time = Date.UTC(2026, 10, 21, 1, 2, 3, 4)

function openLog(level: LogLevel = 'info') {
  const lines: string[] = []
  return {
    lines,
    log: createLog(
      (line) => lines.push(line),
      () => time,
      level,
    ),
  }
}

function logged(field: unknown): unknown {
  const { lines, log } = openLog()
  log.info('tried', { field })
  return JSON.parse(lines[0] ?? '').field
}

describe('a log line', () => {
  it('is one JSON object: time, level, event, then the fields', () => {
    const { lines, log } = openLog()
    log.warn('request_refused', { code: 'malformed', link: 7 })
    expect(lines).toEqual([
      '{"time":"2026-11-21T01:02:03.004Z","level":"warn","event":"request_refused","code":"malformed","link":7}',
    ])
  })

  it('is not written beyond 200 in a second, and how many were not is told after', () => {
    let now = time
    const lines: string[] = []
    const log = createLog(
      (line) => lines.push(line),
      () => now,
      'info',
    )
    for (let at = 0; at < 250; at++) log.info('a')
    expect(lines).toHaveLength(200)
    now += 1_000
    log.info('b')
    expect(lines.slice(200).map((line) => JSON.parse(line))).toMatchObject([
      { event: 'lines_dropped', count: 50 },
      { event: 'b' },
    ])
  })

  it('leaves out what is undefined', () => {
    const { lines, log } = openLog()
    log.info('link_opened', { group: undefined })
    expect(lines).toEqual(['{"time":"2026-11-21T01:02:03.004Z","level":"info","event":"link_opened"}'])
  })

  it('is written from its level on', () => {
    const { lines, log } = openLog('warn')
    log.info('a')
    log.warn('b')
    log.error('c')
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['b', 'c'])
  })

  it('carries an error with its code, its cause and its stack', () => {
    const error = Object.assign(new Error('no room', { cause: new Error('disk') }), { code: 'ENOSPC' })
    expect(logged(error)).toEqual({ message: 'no room', code: 'ENOSPC', cause: 'Error: disk', stack: error.stack })
  })

  it('carries an error that is its own cause', () => {
    const error = new Error('round')
    error.cause = error
    expect(logged(error)).toMatchObject({ message: 'round', cause: 'Error: round' })
  })

  it('cuts a long text at 500 characters, a stack at 4,000', () => {
    expect(logged('x'.repeat(501))).toBe(`${'x'.repeat(500)}…`)
    expect(logged('x'.repeat(500))).toBe('x'.repeat(500))
    const error = new Error('deep')
    error.stack = 'y'.repeat(9_000)
    expect(logged(error)).toMatchObject({ stack: `${'y'.repeat(4_000)}…` })
  })

  it('says so when a field cannot be read', () => {
    const circular: { self?: unknown } = {}
    circular.self = circular
    expect(logged(circular)).toBe('[unreadable]')
    const { lines, log } = openLog()
    log.info('tried', {
      get field() {
        throw new Error('no')
      },
      other: 1,
    })
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ field: '[unreadable]', other: 1 })
  })

  it('writes a big integer as text', () => {
    expect(logged(2n ** 64n)).toBe('18446744073709551616')
  })

  it('never throws, never breaks the line, and never lets a control character through', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.anything({ withBigInt: true, withNullPrototype: true }),
        (event, field) => {
          const { lines, log } = openLog()
          log.error(event, { field })
          expect(lines).toHaveLength(1)
          expect(lines[0]).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
          expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'error' })
        },
      ),
    )
  })
})
