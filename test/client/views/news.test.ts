import { trimRun } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { lastSaid, newsOf } from '../../../client/views/news.ts'
import { GrownGroup } from '../../support/grown-group.ts'

function talk(count: number) {
  const group = new GrownGroup()
  const ids = Array.from({ length: count }, (_, at) => group.say(`message ${at}`).id)
  return { group, state: group.state, ids }
}

describe('what is new in a group', () => {
  it('is nothing where it was never opened', () => {
    expect(newsOf(talk(3).state, undefined, 'Wei')).toEqual({ count: 0, isAll: true })
  })

  it('is what others wrote after what I read', () => {
    const { state, ids } = talk(3)
    expect(newsOf(state, ids[0], 'Wei')).toEqual({ count: 2, isAll: true })
    expect(newsOf(state, ids[2], 'Wei')).toEqual({ count: 0, isAll: true })
    expect(newsOf(state, ids[0], 'ann')).toEqual({ count: 0, isAll: true })
  })

  it('is not what was taken back', () => {
    const { group, state, ids } = talk(3)
    group.commit({ type: 'retract', id: ids[2] ?? 0 })
    expect(newsOf(state, ids[0], 'Wei')).toEqual({ count: 1, isAll: true })
  })

  it('may be more than is read in', () => {
    const { state, ids } = talk(3)
    trimRun(state, 'talk', 1)
    expect(newsOf(state, ids[0], 'Wei')).toEqual({ count: 1, isAll: false })
  })
})

describe('what was said last', () => {
  it('is the newest message that has words', () => {
    const { group, state, ids } = talk(3)
    expect(lastSaid(state)?.id).toBe(ids[2])
    group.commit({ type: 'retract', id: ids[2] ?? 0 })
    expect(lastSaid(state)?.text).toBe('message 1')
  })

  it('is nothing where nothing was said', () => {
    expect(lastSaid(talk(0).state)).toBeUndefined()
  })
})
