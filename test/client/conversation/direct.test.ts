import type { Annotation } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { Claims } from '../../../client/conversation/claims.ts'
import { Direct, othersOf } from '../../../client/conversation/direct.ts'
import { continuesBlock } from '../../../client/conversation/rows.ts'
import { Kept } from '../../../client/kept.ts'
import { FakeGroup, memoryStorage } from '../../support/fake-group.ts'

const written = (author: string, ...recipients: string[]): Annotation => ({
  id: 1,
  revision: 1,
  time: 0,
  author,
  text: 'hush',
  recipients,
})

describe('my direct messages', () => {
  it('are answered to all others who have them, and to me where nobody else has', () => {
    expect(othersOf(written('Bob', 'Ana', 'Cem'), 'Ana')).toEqual(['Bob', 'Cem'])
    expect(othersOf(written('Ana', 'Bob'), 'Ana')).toEqual(['Bob'])
    expect(othersOf(written('Ana', 'Ana'), 'Ana')).toEqual(['Ana'])
  })

  it('are unread until they are looked at, and mine never', () => {
    const inbox = new FakeGroup()
    const kept = new Kept(memoryStorage)
    const direct = new Direct(inbox, { now: () => 0, kept }, new Claims(undefined))
    inbox.say('Bob', 'one')
    inbox.say('Ana', 'two')
    inbox.say('Cem', 'three')
    inbox.push()
    expect([direct.unread, direct.known]).toEqual([2, ['Cem', 'Ana', 'Bob']])
    direct.store.markRead(inbox.state.lastId)
    expect(direct.unread).toBe(0)
    direct.close()
    expect(inbox.isClosed).toBe(false)
  })

  it('stand under a head of their own when they are for others than the one before', () => {
    const row = { type: 'message', key: 'message 1', annotation: written('Bob', 'Ana'), hasHead: true } as const
    expect(continuesBlock(row, { author: 'Bob', time: 5, recipients: ['Ana'] })).toBe(true)
    expect(continuesBlock(row, { author: 'Bob', time: 5, recipients: ['Ana', 'Cem'] })).toBe(false)
    expect(continuesBlock(row, { author: 'Bob', time: 5 })).toBe(false)
  })
})
