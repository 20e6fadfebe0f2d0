// What is asked of the bench, and how a report reads.

import { describe, expect, it } from 'vitest'
import { askedOf, textOf } from './bench.ts'

describe('the words of the command line', () => {
  it('run the usual scenarios as a whole when there are none', () => {
    const asked = askedOf([])
    expect(asked).toMatchObject({ type: 'run', effort: 'whole', file: undefined })
    expect(asked.type === 'run' && asked.scenarios.map(({ name }) => name)).not.toContain('slow-readers')
  })

  it('name scenarios, an effort and a file in any order', () => {
    const asked = askedOf(['--json', 'out.json', 'slow-readers', '--quick'])
    expect(asked).toMatchObject({
      type: 'run',
      effort: 'quick',
      file: 'out.json',
      scenarios: [{ name: 'slow-readers' }],
    })
  })

  it.each([['fan-in'], ['--fast'], ['--json']])('are refused when they mean nothing: %s', (word) => {
    expect(askedOf([word])).toMatchObject({ type: 'wrong', text: expect.stringContaining(word) })
  })
})

describe('a report', () => {
  const columns = [{ key: 'us', title: 'us' }]

  it('says of each goal whether it is met', () => {
    const findings = [
      { text: 'times the floor', measured: 1.3, atMost: 1.35 },
      { text: 'times Socket.IO', measured: 0.7, atMost: 0.62 },
    ]
    expect(textOf({ columns, rows: [{ us: 5 }], findings })).toBe(
      'us\n 5\ntimes the floor: 1.30, to reach at most 1.35: met\ntimes Socket.IO: 0.70, to reach at most 0.62: not met',
    )
  })

  it('says why nothing was measured', () => {
    expect(textOf({ columns, rows: [], findings: [], left: 'needs a C compiler' })).toBe('needs a C compiler')
  })
})
