import { trimRun } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { newsOf } from '../../../client/views/news.ts'
import { GrownGroup } from '../../support/grown-group.ts'

function talk(count: number) {
  const group = new GrownGroup()
  const ids = Array.from({ length: count }, (_, at) => group.say(`message ${at}`).id)
  return { state: group.state, ids }
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

  it('may be more than is read in', () => {
    const { state, ids } = talk(3)
    trimRun(state, 'talk', 1)
    expect(newsOf(state, ids[0], 'Wei')).toEqual({ count: 1, isAll: false })
  })
})
