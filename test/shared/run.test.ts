import { type Annotation, Run } from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

function annotation(id: number, revision = id): Annotation {
  return { id, revision, time: 0, author: 'ann', text: `${id}` }
}

function runOf(...ids: number[]): Run {
  const run = new Run()
  for (const id of ids) run.put(annotation(id))
  return run
}

const idsOf = (annotations: readonly Annotation[]) => annotations.map(({ id }) => id)

describe('a run', () => {
  it('is in the order of ids, whatever the order in which they come, and each once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 })), (ids) => {
        const run = runOf(...ids)
        expect(idsOf(run.annotations)).toEqual([...new Set(ids)].sort((a, b) => a - b))
        for (const id of ids) expect(run.find(id)?.id).toBe(id)
        expect(run.find(31)).toBeUndefined()
      }),
    )
  })

  it('takes the newer form of what it has, and nothing that is older than itself', () => {
    const run = runOf(1, 2, 3)
    run.cut(2)
    expect(run.put(annotation(2, 9))).toBe(true)
    expect(run.put(annotation(1, 9))).toBe(false)
    expect(run.annotations.map(({ id, revision }) => [id, revision])).toEqual([
      [2, 9],
      [3, 3],
    ])
  })

  it('that is trimmed begins at the oldest that is left, or after the last', () => {
    const run = runOf(1, 2, 3)
    expect(run.trim(3)).toEqual([])
    expect(run.earlier).toBe(0)
    expect(idsOf(run.trim(2))).toEqual([1])
    expect(run.earlier).toBe(2)
    expect(idsOf(run.trim(0))).toEqual([2, 3])
    expect([run.earlier, run.length, run.lastId]).toEqual([4, 0, 0])
  })

  it('that is extended goes on to where the older ones end', () => {
    const run = runOf(1, 2, 3, 4)
    run.cut(4)
    run.extend([annotation(2), annotation(3)], 2)
    expect([idsOf(run.annotations), run.earlier]).toEqual([[2, 3, 4], 2])
  })
})
