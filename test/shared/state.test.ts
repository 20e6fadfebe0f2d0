import {
  type Annotation,
  changesSince,
  createState,
  emptyState,
  findAnnotation,
  limits,
  startCursor,
  takeAnnotation,
  trimRun,
} from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { arrangeTo } from '../support/arranging.ts'
import { GrownGroup } from '../support/grown-group.ts'

function annotation(id: number, revision: number, more: Partial<Annotation> = {}): Annotation {
  return { id, revision, time: 0, author: 'ann', text: `${id}`, ...more }
}

describe('an annotation that is taken in', () => {
  it('is remembered as changed, the last one last, and of several changes the last', () => {
    const state = createState('ops')
    for (const [id, revision] of [
      [1, 1],
      [2, 2],
      [1, 3],
    ] as const)
      takeAnnotation(state, annotation(id, revision))
    expect([...state.changed]).toEqual([
      [2, 2],
      [1, 3],
    ])
    expect(findAnnotation(state, 1)?.revision).toBe(3)
  })

  it('[J4] of the logs is not remembered when it is new, and is when it was edited', () => {
    const state = createState('ops')
    const kind = 'log'
    takeAnnotation(state, annotation(1, 1, { kind }))
    takeAnnotation(state, annotation(2, 2, { kind }))
    expect([...state.changed]).toEqual([])
    takeAnnotation(state, annotation(1, 3, { kind }))
    takeAnnotation(state, annotation(3, 4, { kind }))
    expect([...state.changed]).toEqual([[1, 3]])
  })

  it('[J4] of the logs lets the one before be remembered that was edited before it was seen here', () => {
    const state = createState('ops')
    const kind = 'log'
    takeAnnotation(state, annotation(1, 3, { kind }))
    takeAnnotation(state, annotation(2, 2, { kind }))
    expect([...state.changed]).toEqual([[1, 3]])
  })

  it('[J4] of the logs is remembered when it was edited and memory has no log any more', () => {
    const state = createState('ops')
    const kind = 'log'
    takeAnnotation(state, annotation(1, 1, { kind }))
    trimRun(state, 'logs', 0)
    takeAnnotation(state, annotation(1, 2, { kind }))
    expect([...state.changed]).toEqual([[1, 2]])
    expect(findAnnotation(state, 1)?.revision).toBe(2)
  })

  it('[8] lets the oldest of 1,000 remembered go, and with it what stood aside', () => {
    const state = createState('ops')
    state.talk.clear(10)
    takeAnnotation(state, annotation(5, 1))
    expect(state.aside.has(5)).toBe(true)
    for (let at = 0; at < limits.rememberedChanges; at++) takeAnnotation(state, annotation(10 + at, 2 + at))
    expect([state.changed.size, state.floor, state.aside.size]).toEqual([limits.rememberedChanges, 1, 0])
  })

  it('[1] stays aside when its run is trimmed, as long as its change can be told', () => {
    const state = createState('ops')
    takeAnnotation(state, annotation(1, 1))
    takeAnnotation(state, annotation(2, 2))
    trimRun(state, 'talk', 1)
    expect([state.talk.length, state.talk.earlier, findAnnotation(state, 1)?.text]).toEqual([1, 2, '1'])
  })
})

describe('a group that is emptied', () => {
  it('is in its place what a group is that nobody wrote to', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 1 }, { metric: 'load', value: 1 })
    group.post({ metric: 'load', remove: true })
    const { id } = group.say('why?', { pin: { metric: 'cpu' } })
    group.say('a line', { kind: 'log' })
    group.commit(arrangeTo({ charts: [] }))
    trimRun(group.state, 'talk', 0)
    const { state } = group
    emptyState(state)
    expect(state).toEqual(createState('ops'))
    expect([state.talk.length, state.talk.earlier, state.logs.length, state.logs.earlier]).toEqual([0, 0, 0, 0])
    expect(findAnnotation(state, id)).toBeUndefined()
    expect(changesSince(state, { epoch: 'k3f9', revision: 2 })).toEqual(changesSince(createState('ops'), startCursor))
  })

  it('begins another life with its next change, with series counted from 1', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 1 })
    emptyState(group.state)
    expect(group.post({ metric: 'load', value: 1 })).toEqual({ epoch: 'k3f9', revision: 1 })
    expect(group.series('load').definition.n).toBe(1)
  })
})
