import { describe, expect, it } from 'vitest'
import { createCounters } from '../../server/counters.ts'

describe('counters', () => {
  it('count by name, and by label apart', () => {
    const counters = createCounters()
    counters.add('link_opened')
    counters.add('refused', 1, 'text_too_long')
    counters.add('refused', 2, 'malformed')
    counters.add('link_opened')
    counters.add('refused', 1, 'text_too_long')
    expect(counters.all()).toEqual([
      { name: 'link_opened', value: 2 },
      { name: 'refused', label: 'text_too_long', value: 2 },
      { name: 'refused', label: 'malformed', value: 2 },
    ])
  })

  it('keep what has a label apart from what has none', () => {
    const counters = createCounters()
    counters.add('refused')
    counters.add('refused', 1, '')
    expect(counters.all()).toEqual([
      { name: 'refused', value: 1 },
      { name: 'refused', label: '', value: 1 },
    ])
  })

  it('tell what was counted until they were asked, not after', () => {
    const counters = createCounters()
    counters.add('served')
    const before = counters.all()
    counters.add('served')
    expect(before).toEqual([{ name: 'served', value: 1 }])
  })
})
