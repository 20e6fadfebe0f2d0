import { describe, expect, it } from 'vitest'
import { groupPathOf, placeOf } from '../../../client/views/place.ts'

describe('an address', () => {
  it.each([
    ['/', { type: 'lobby' }],
    ['/nowhere', { type: 'lobby' }],
    ['/g/', { type: 'lobby' }],
    ['/g/ops', { type: 'group', group: 'ops' }],
    ['/g/Ops/', { type: 'group', group: 'ops' }],
    ['/room/ops/', { type: 'group', group: 'ops' }],
    ['/home/', { type: 'group', group: 'home' }],
    ['/home', { type: 'group', group: 'home' }],
    ['/g/%E5%8F%91%E5%B8%83%E6%97%A5', { type: 'group', group: '发布日' }],
    ['/g/a%20b', { type: 'wrong_name', name: 'a b' }],
    ['/g/a%2Fb', { type: 'wrong_name', name: 'a/b' }],
    ['/g/..', { type: 'wrong_name', name: '..' }],
    ['/g/%E5', { type: 'wrong_name', name: '%E5' }],
  ])('%s is %j', (path, place) => {
    expect(placeOf(path)).toEqual(place)
  })

  it.each(['ops', 'line-2', '发布日'])('of the group %s leads back to it', (group) => {
    expect(placeOf(groupPathOf(group))).toEqual({ type: 'group', group })
  })
})
