import type { Annotation } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { continuesBlock, type Row, rowsOf } from '../../../client/conversation/rows.ts'

const noon = new Date(2026, 10, 20, 12, 0, 0).getTime()

function said(id: number, author: string, time: number, more: Partial<Annotation> = {}): Annotation {
  return { id, revision: id, author, time, text: 'text', ...more }
}

/** The rows, as short words. */
function told(rows: readonly Row[]): string[] {
  return rows.map((row) => {
    if (row.type === 'day') return 'day'
    if (row.type === 'unread') return `unread ${row.count}`
    if (row.type === 'message') return `${row.hasHead ? 'head' : 'body'} ${row.annotation.id}`
    return `${row.type} ${row.annotation.id}`
  })
}

describe('the rows of a log', () => {
  it('join messages of one author that come within 3 minutes', () => {
    const log = [
      said(1, 'Ana', noon),
      said(2, 'Ana', noon + 179_999),
      said(3, 'Ana', noon + 359_999),
      said(4, 'Wei', noon + 360_000),
      said(5, 'Ana', noon + 360_001),
    ]
    expect(told(rowsOf(log, undefined))).toEqual(['day', 'head 1', 'body 2', 'head 3', 'head 4', 'head 5'])
  })

  it('do not join what one wrote as nobody and what the holder of the name wrote', () => {
    const log = [
      said(1, 'ci', noon, { unheld: true }),
      said(2, 'ci', noon + 1, { unheld: true }),
      said(3, 'ci', noon + 2),
    ]
    expect(told(rowsOf(log, undefined))).toEqual(['day', 'head 1', 'body 2', 'head 3'])
  })

  it('begin each day with its name, and a block does not go over it', () => {
    const midnight = new Date(2026, 10, 21).getTime()
    const log = [said(1, 'Ana', midnight - 1), said(2, 'Ana', midnight)]
    expect(told(rowsOf(log, undefined))).toEqual(['day', 'head 1', 'day', 'head 2'])
  })

  it('have a line of their own for a deploy and an alert', () => {
    const log = [
      said(1, 'ci', noon),
      said(2, 'ci', noon, { kind: 'deploy' }),
      said(3, 'ci', noon, { kind: 'alert' }),
      said(4, 'ci', noon, { kind: 'log' }),
      said(5, 'ci', noon, { kind: 'deploy', retracted: true }),
    ]
    expect(told(rowsOf(log, undefined))).toEqual(['day', 'head 1', 'deploy 2', 'alert 3', 'head 4', 'body 5'])
  })

  it('say where the unread ones begin', () => {
    const log = [said(1, 'Ana', noon), said(2, 'Ana', noon), said(3, 'Ana', noon)]
    expect(told(rowsOf(log, { fromId: 2, count: 2 }))).toEqual(['day', 'head 1', 'unread 2', 'head 2', 'body 3'])
  })

  it('keep their keys when older ones come before them', () => {
    const log = [said(1, 'Ana', noon), said(2, 'Wei', noon)]
    const keys = (rows: readonly Row[]) => rows.map(({ key }) => key)
    expect(keys(rowsOf(log, undefined))).toEqual(expect.arrayContaining(keys(rowsOf(log.slice(1), undefined))))
  })

  it('know whether something new goes on with their end', () => {
    const last = rowsOf([said(1, 'Ana', noon)], undefined).at(-1)
    expect(continuesBlock(last, { author: 'Ana', time: noon + 1_000 })).toBe(true)
    expect(continuesBlock(last, { author: 'Wei', time: noon + 1_000 })).toBe(false)
    expect(continuesBlock(undefined, { author: 'Ana', time: noon })).toBe(false)
  })
})
