import { type Annotation, type AnnotationPage, accept, type Result, refuse } from '@chartroom/shared'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Found } from '../../../client/conversation/found.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function page(before: number, ...ids: number[]): Result<AnnotationPage> {
  const annotations = ids.map((id): Annotation => ({ id, revision: 1, time: 1, author: 'Ana', text: `stock ${id}` }))
  return accept({ annotations, before, cursor: 'a:1' })
}

function open() {
  const asked: string[] = []
  const answers: ((result: Result<AnnotationPage>) => void)[] = []
  const found = new Found(
    (query, before) => {
      asked.push(before === undefined ? query : `${query} before ${before}`)
      return new Promise((resolve) => answers.push(resolve))
    },
    () => {},
  )
  const answer = async (result: Result<AnnotationPage>) => {
    answers.shift()?.(result)
    await vi.advanceTimersByTimeAsync(0)
  }
  const write = (text: string) => {
    found.write(text)
    vi.advanceTimersByTime(200)
  }
  return { found, asked, answer, write, ids: () => found.annotations.map(({ id }) => id) }
}

describe('a search', () => {
  it('waits until the words stand still', () => {
    const { found, asked } = open()
    found.write('s')
    vi.advanceTimersByTime(199)
    found.write('stock ')
    vi.advanceTimersByTime(200)
    expect(asked).toEqual(['stock'])
    expect(found.state).toBe('reading')
  })

  it('shows what was found, and what comes next', async () => {
    const { found, asked, answer, write, ids } = open()
    write('stock')
    await answer(page(4, 6, 5))
    expect([found.state, found.hasMore, ids()]).toEqual(['found', true, [6, 5]])
    void found.more()
    await answer(page(0, 3))
    expect([found.state, found.hasMore, ids()]).toEqual(['found', false, [6, 5, 3]])
    await found.more()
    expect(asked).toEqual(['stock', 'stock before 4'])
  })

  it('asks for one page at a time', async () => {
    const { found, asked, answer, write } = open()
    write('stock')
    await answer(page(4, 6))
    void found.more()
    void found.more()
    expect(asked.length).toBe(2)
  })

  it('takes no answer to an earlier question', async () => {
    const { found, answer, write, ids } = open()
    write('stock')
    write('库存')
    await answer(page(0, 1))
    expect([found.state, ids()]).toEqual(['reading', []])
    await answer(page(0, 2))
    expect([found.query, ids()]).toEqual(['库存', [2]])
  })

  it.each(['', '   ', '?!', '👍'])('finds nothing for %o, and asks nobody', async (text) => {
    const { found, asked, answer, write, ids } = open()
    write('stock')
    await answer(page(0, 1))
    write(text)
    expect([found.state, ids(), asked]).toEqual(['none', [], ['stock']])
  })

  it('is not asked again for the same words', async () => {
    const { asked, answer, write } = open()
    write('stock')
    await answer(page(0, 1))
    write('stock ')
    expect(asked).toEqual(['stock'])
  })

  it('that failed is tried again, and keeps what it has', async () => {
    const { found, asked, answer, write, ids } = open()
    write('stock')
    await answer(refuse('closing', 'gone'))
    expect(found.state).toBe('failed')
    void found.more()
    await answer(page(4, 6))
    void found.more()
    await answer(refuse('closing', 'gone'))
    expect([found.state, ids()]).toEqual(['failed', [6]])
    void found.more()
    await answer(page(0, 3))
    expect([found.state, ids()]).toEqual(['found', [6, 3]])
    expect(asked).toEqual(['stock', 'stock', 'stock before 4', 'stock before 4'])
  })

  it('asks for nothing any more once it is closed', async () => {
    const { found, asked, answer, write, ids } = open()
    write('stock')
    found.write('stocks')
    found.close()
    vi.advanceTimersByTime(200)
    await answer(page(0, 1))
    expect([asked, ids()]).toEqual([['stock'], []])
  })
})
