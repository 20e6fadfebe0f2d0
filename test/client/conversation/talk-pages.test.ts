import { refuse } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { TalkPages } from '../../../client/conversation/talk-pages.ts'
import { Kept } from '../../../client/kept.ts'
import { GroupStore } from '../../../client/store.ts'
import { FakeGroup, memoryStorage } from '../../support/fake-group.ts'

/** A log of 250 messages, of which a page holds the newest 100. */
function open() {
  const group = new FakeGroup()
  for (let at = 0; at < 250; at++) group.say('Ana', `${at}`)
  group.push()
  const store = new GroupStore(group, () => 0, new Kept(memoryStorage))
  const told: string[] = []
  const pages = new TalkPages(
    () => store,
    () => told.push(pages.state),
  )
  return { group, pages, told }
}

describe('older messages', () => {
  it('are read a page at a time, whoever asks', async () => {
    const { pages, told } = open()
    await Promise.all([pages.readBack(), pages.readBack()])
    expect(told).toEqual(['reading', 'idle'])
  })

  it('are not asked for when the log begins here', async () => {
    const { pages, told } = open()
    await pages.readBack()
    await pages.readBack()
    expect(told).toEqual(['reading', 'idle'])
  })

  it('that are here are reached at once', async () => {
    const { group, pages, told } = open()
    expect(await pages.reach(group.state.talk.lastId)).toBe(true)
    expect(told).toEqual([])
  })

  it('that cannot be read are not reached', async () => {
    const { group, pages } = open()
    group.pageBack = () => Promise.resolve(refuse('closing', 'gone'))
    expect(await pages.reach(1)).toBe(false)
    expect(pages.state).toBe('failed')
  })

  it('that are not in the group are not reached', async () => {
    const { pages } = open()
    expect(await pages.reach(1)).toBe(false)
    expect(pages.state).toBe('idle')
  })
})
