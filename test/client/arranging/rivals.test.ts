import type { Board } from '@chartroom/shared'
import { expect, it } from 'vitest'
import { Rivals } from '../../../client/arranging/rivals.ts'

const draft = { id: 'orders', metrics: ['orders'] }
const boardBy = (by: string, revision: number): Board => ({ charts: [{ ...draft, author: by, revision }] })

function mineAt(revision: number): Rivals {
  const rivals = new Rivals()
  rivals.arranged(draft, revision)
  return rivals
}

it('tells who changed a chart after me', () => {
  expect(mineAt(4).found(boardBy('Ben', 5), 'Ana')).toEqual([{ id: 'orders', by: 'Ben', mine: draft }])
})

it('tells nothing of who was earlier, nor of myself, nor of a chart that I left alone', () => {
  expect(mineAt(4).found(boardBy('Ben', 3), 'Ana')).toEqual([])
  expect(mineAt(4).found(boardBy('Ana', 5), 'Ana')).toEqual([])
  expect(new Rivals().found(boardBy('Ben', 5), 'Ana')).toEqual([])
})

it('tells of a chart that is gone, without a name', () => {
  const gone = [{ id: 'orders', by: undefined, mine: draft }]
  expect(mineAt(4).found({ charts: [] }, 'Ana')).toEqual(gone)
  expect(mineAt(4).found(null, 'Ana')).toEqual(gone)
})

it('tells nothing of what I forgot, or of anything once I minded nothing any more', () => {
  const rivals = mineAt(4)
  rivals.forget('orders')
  expect(rivals.found(boardBy('Ben', 5), 'Ana')).toEqual([])
  rivals.arranged(draft, 6)
  rivals.forgetAll()
  expect(rivals.found(boardBy('Ben', 7), 'Ana')).toEqual([])
})
