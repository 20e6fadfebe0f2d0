import type { RoomOptions } from '@chartroom/shared/client'
import { describe, expect, it } from 'vitest'
import { LiveGroup } from '../../../shared/client/live-group.ts'
import { FakePlatform } from '../../support/fake-platform.ts'
import { MemoryServer } from '../../support/memory-server.ts'

const url = 'http://h:3000'

function make(options: Partial<RoomOptions> = {}) {
  const platform = new FakePlatform()
  const server = new MemoryServer(platform)
  server.post('ops', { cpu: 1 })
  const live = new LiveGroup(url, { group: 'ops', name: 'Ann', platform, ...options })
  return { platform, server, live }
}

describe('a live group', () => {
  it('does nothing until it is opened', () => {
    const { platform, live } = make()
    expect(live.view()).toMatchObject({ room: undefined, isFilled: false, connection: { word: 'connecting' } })
    expect(platform.sockets).toEqual([])
  })

  it('tells its listener of each new view, the first one with its room', () => {
    const { server, live } = make()
    const told: unknown[] = []
    live.open(() => told.push(live.view()))
    expect(told).toEqual([live.view()])
    expect(live.view().room?.group).toBe('ops')
    server.flush()
    expect(new Set(told).size).toBe(told.length)
    expect(live.view().series.get('cpu')?.value).toBe(1)
    server.post('ops', { cpu: 2 })
    server.push()
    server.flush()
    expect(told.at(-1)).toBe(live.view())
    expect(live.view().series.get('cpu')?.value).toBe(2)
  })

  it('closes its room when nobody listens, in the next turn', async () => {
    const { platform, server, live } = make()
    let told = 0
    const undo = live.open(() => told++)
    server.flush()
    const before = told
    undo()
    await Promise.resolve()
    expect(platform.socket.state).toBe('closed')
    expect(platform.waiting).toBe(0)
    expect(told).toBe(before)
  })

  it('keeps its connection when it is left and opened again in one turn', async () => {
    const { platform, server, live } = make()
    live.open(() => {})()
    let told = 0
    const undo = live.open(() => told++)
    await Promise.resolve()
    server.flush()
    expect(platform.sockets.length).toBe(1)
    expect(told).toBeGreaterThan(0)
    undo()
    await Promise.resolve()
    expect(platform.socket.state).toBe('closed')
  })

  it('joins anew when it is opened later', async () => {
    const { platform, server, live } = make()
    live.open(() => {})()
    await Promise.resolve()
    live.open(() => {})
    server.flush()
    expect(platform.sockets.length).toBe(2)
    expect(live.view()).toMatchObject({ isFilled: true, connection: { word: 'live' } })
  })

  it('says why it is refused, until the group comes', () => {
    const { server, live } = make()
    server.refusals.push({ type: 'subscribe', code: 'group_limit' })
    live.open(() => {})
    server.flush()
    expect(live.view().refusal?.code).toBe('group_limit')
    live.view().room?.change({ paceMs: 500 })
    server.flush()
    expect(live.view()).toMatchObject({ refusal: undefined, isFilled: true })
  })

  it('shows direct messages apart, once there is an inbox', () => {
    const { server, live } = make({ secret: 's3' })
    live.open(() => {})
    server.flush()
    expect(live.view().direct).toEqual([])
    server.commit('ops/@ann', { type: 'annotate', author: 'bob', draft: { text: 'hush', recipients: ['Ann'] } })
    server.push()
    server.flush()
    expect(live.view().direct.map(({ text }) => text)).toEqual(['hush'])
    expect(live.view().talk).toEqual([])
  })

  it('shows what was paged back', async () => {
    const { platform, server, live } = make()
    for (let at = 0; at < 110; at++) server.say('ops', `message ${at}`)
    live.open(() => {})
    server.flush()
    const older = server.group('ops').talk.annotations.slice(0, 10).reverse()
    const page = { annotations: older, before: 0, cursor: 'k3f9:111' }
    platform.answer = () => Promise.resolve({ ok: true, status: 200, json: () => Promise.resolve(page) })
    expect(live.view().talk.length).toBe(100)
    await live.view().room?.pageBack()
    expect(live.view().talk.length).toBe(110)
  })

  it('tells what it cannot join', () => {
    const { live } = make({ name: ' ' })
    expect(() => live.open(() => {})).toThrow('Nobody can connect so')
  })
})

describe('its options', () => {
  it('are those it is opened with', () => {
    const { server, live } = make()
    live.change({ paceMs: 5_000, windowMs: 60_000, present: false })
    live.open(() => {})
    server.flush()
    expect(server.heardOf('subscribe')).toMatchObject([{ paceMs: 5_000, windowMs: 60_000, present: false }])
  })

  it('change how it follows, and only what differs is asked for', () => {
    const { server, live } = make({ windowMs: 60_000 })
    live.open(() => {})
    server.flush()
    live.change({ windowMs: 60_000 })
    server.flush()
    expect(server.heardOf('subscribe').length).toBe(1)
    live.change({ windowMs: 60_000, paceMs: 5_000 })
    server.flush()
    const [, second] = server.heardOf('subscribe')
    expect(second).toMatchObject({ paceMs: 5_000 })
    expect(second).not.toHaveProperty('windowMs')
  })

  it('fall back to what they are by default', () => {
    const { server, live } = make({ paceMs: 5_000, present: false })
    live.open(() => {})
    server.flush()
    live.change({})
    server.flush()
    const last = server.heardOf('subscribe').at(-1)
    expect(last).toMatchObject({ paceMs: 1_000 })
    expect(last).not.toHaveProperty('present')
  })

  it.each([{ group: 'lab' }, { name: 'Bo' }, { secret: 's3' }, { platform: new FakePlatform() }])(
    'tell whether it is another room: %j',
    (other) => {
      const { platform, live } = make()
      const own = { group: 'ops', name: 'Ann', platform }
      expect(live.isOf(url, { ...own, paceMs: 5_000 })).toBe(true)
      expect(live.isOf(url, { ...own, ...other })).toBe(false)
      expect(live.isOf('http://h:4000', own)).toBe(false)
    },
  )
})
