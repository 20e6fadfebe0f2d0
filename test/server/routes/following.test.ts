import { limits } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { followingOf, groupsOf } from '../../../server/routes/following.ts'

const asked = (groups: readonly string[], query: Record<string, string>, lastEventId?: string) =>
  followingOf(groups, (name) => query[name], lastEventId)

describe('what an address follows', () => {
  it('[EV3] is a list of groups in their canonical form, each once, percent-encoded where they need it', () => {
    expect(groupsOf('Ops,sales,ops,,ops%2F@a%2Cb')).toEqual({ ok: true, value: ['ops', 'sales', 'ops/@a,b'] })
  })

  it('[G3] is refused without a group, and with what is no percent-encoding', () => {
    expect(groupsOf('')).toMatchObject({ ok: false, refusal: { code: 'group_missing' } })
    expect(groupsOf('ops,%ff')).toMatchObject({ ok: false, refusal: { faults: [{ pointer: '/groups' }] } })
  })

  it('[S5] has at most 32 groups, and as many inboxes', () => {
    const names = (count: number, end = '') => Array.from({ length: count }, (_, at) => `g${at}${end}`).join(',')
    const { maxGroupsPerSocket } = limits
    expect(groupsOf(`${names(maxGroupsPerSocket)},${names(maxGroupsPerSocket, '/@a')}`).ok).toBe(true)
    expect(groupsOf(names(maxGroupsPerSocket + 1))).toMatchObject({ refusal: { code: 'socket_group_limit' } })
  })

  it('[EV3] takes one value for all groups, or one for each', () => {
    const query = { since: 'a=k3f9:17,B=x1:4', paceMs: '250', windowMs: 'b=60000', absent: 'b' }
    expect(asked(['a', 'b', 'c'], query)).toEqual({
      ok: true,
      value: [
        { group: 'a', cursor: { epoch: 'k3f9', revision: 17 }, paceMs: 250, windowMs: undefined, isPresent: true },
        { group: 'b', cursor: { epoch: 'x1', revision: 4 }, paceMs: 250, windowMs: 60_000, isPresent: false },
        { group: 'c', cursor: undefined, paceMs: 250, windowMs: undefined, isPresent: true },
      ],
    })
  })

  it('[EV2] resumes at the last event id, group by group, whatever `since` says', () => {
    const following = asked(['a', 'b', 'ops/@bob'], { since: 'x1:1' }, 'a=k3f9:17,ops%2F%40bob=k3f9:9')
    expect(following.ok && following.value.map(({ cursor }) => cursor?.revision)).toEqual([17, 1, 9])
  })

  it('does not mind a last event id that is none of ours', () => {
    expect(asked(['a'], { since: 'x1:1' }, '%,=,a=,7')).toMatchObject({ value: [{ cursor: { revision: 1 } }] })
  })

  it.each([
    ['since', 'soon'],
    ['since', 'a=soon'],
    ['paceMs', '7'],
    ['paceMs', '1e3'],
    ['windowMs', '-1'],
    ['windowMs', '86400001'],
  ])('is refused with its place where %s is %s', (name, text) => {
    expect(asked(['a'], { [name]: text })).toMatchObject({
      refusal: { code: 'malformed', faults: [{ pointer: `/${name}` }] },
    })
  })
})
