import { describe, expect, it } from 'vitest'
import { columnsOf } from '../../../client/charts/columns.ts'
import type { Span } from '../../../client/charts/span.ts'

const [s, m, w]: readonly Span[] = ['small', 'medium', 'wide']

function columns(...spans: (Span | undefined)[]): string {
  return columnsOf(spans.filter((span) => span !== undefined)).join(' ')
}

describe('the columns of charts', () => {
  it('are 3 for small ones that fill rows of four', () => {
    expect(columns(s, s, s, s, w, m)).toBe('3 3 3 3 8 4')
  })

  it('are those of a medium one for small ones that do not: two above each other', () => {
    expect(columns(s, m, m, s, w, m)).toBe('4 4 4 4 8 4')
    expect(columns(s, s, w)).toBe('4 4 8')
  })

  it('are 8 for a wide one beside a medium one, whichever comes first', () => {
    expect(columns(w, m, m, w)).toBe('8 4 4 8')
  })

  it('are half for two wide ones that nothing stands beside, and all for a last one', () => {
    expect(columns(w, w)).toBe('6 6')
    expect(columns(w, w, w)).toBe('6 6 12')
    expect(columns(w)).toBe('12')
    expect(columns(s, m, m, s, w, w, w, m)).toBe('4 4 4 4 8 6 6 4')
  })

  it('are none for no chart', () => {
    expect(columns()).toBe('')
  })
})
