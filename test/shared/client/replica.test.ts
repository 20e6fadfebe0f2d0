import type { Refusal } from '@chartroom/shared'
import { createConnection, type FollowOptions, type Replica } from '@chartroom/shared/client'
import { describe, expect, it } from 'vitest'
import { FakePlatform } from '../../support/fake-platform.ts'
import { MemoryServer } from '../../support/memory-server.ts'

interface Joined {
  readonly platform: FakePlatform
  readonly server: MemoryServer
  readonly replica: Replica
}

/** A group `ops` with one number, and somebody who follows it. */
function join(options: FollowOptions = {}): Joined {
  const platform = new FakePlatform()
  const server = new MemoryServer(platform)
  server.post('ops', { cpu: 1 })
  const connection = createConnection({ url: 'ws://localhost:3000/ws', platform, name: 'Ann' })
  const replica = connection.follow('ops', options)
  server.flush()
  return { platform, server, replica }
}

/** The link is cut, and the client comes back. */
function comeBack({ platform, server }: Joined, awayMs: number): void {
  server.cut()
  server.isDown = true
  platform.advance(awayMs)
  server.isDown = false
  platform.advance(20_000)
  server.flush()
}

describe('a followed group', () => {
  it('is one state object for its life, empty until the first update', () => {
    const joined = join()
    const { server, replica } = joined
    const { state } = replica
    expect(replica.isFilled).toBe(true)
    expect(state.series.get('cpu')?.value).toBe(1)
    server.post('ops', { cpu: 2 })
    server.push()
    server.flush()
    comeBack(joined, 0)
    expect(replica.state).toBe(state)
    expect(state.series.get('cpu')?.value).toBe(2)
  })

  it('tells what was granted: its pace and name', () => {
    const { replica } = join({ paceMs: 1_500 })
    expect(replica.paceMs).toBe(2_000)
    expect(replica.name).toBe('Ann')
  })

  it('says what its person attends to after it subscribed, and all of it again after a cut', () => {
    const joined = join()
    const { server, platform, replica } = joined
    replica.point({ metric: 'cpu' })
    replica.point({ typing: true })
    platform.advance(500)
    server.flush()
    expect(server.heardOf('point')).toMatchObject([{ group: 'ops', metric: 'cpu' }, { typing: true }])
    comeBack(joined, 0)
    expect(server.heardOf('point').at(-1)).toMatchObject({ group: 'ops', metric: 'cpu', typing: true })
    expect(server.heard.findLast(({ type }) => type === 'subscribe' || type === 'point')?.type).toBe('point')
    replica.close()
    replica.point({ typing: false })
    platform.advance(1_000)
    server.flush()
    expect(server.heardOf('point')).toHaveLength(3)
  })

  it('tells who is here, and what they attend to', () => {
    const { server, replica } = join()
    const people = [{ name: 'Ann' }, { name: 'Ann 2', typing: true as const, metric: 'cpu' }]
    server.send({ type: 'presence', group: 'ops', count: 2, people })
    server.flush()
    expect(replica.people).toEqual({ count: 2, people })
  })

  it('tells each update that changed it, after it did, and no other', () => {
    const { server, replica } = join()
    const told: (number | null | undefined)[] = []
    replica.onUpdate((_update, outcome) => {
      expect(outcome).toBe('merged')
      told.push(replica.state.series.get('cpu')?.value)
    })
    server.post('ops', { cpu: 2 })
    server.push()
    server.send({ type: 'update', group: 'ops', epoch: 'k3f9', from: 1, to: 1, time: 1, values: [[1, 99]] })
    server.flush()
    expect(told).toEqual([2])
  })

  it('tells no more to whoever undid it', () => {
    const { server, replica } = join()
    const told: string[] = []
    const undos = [replica.onUpdate(() => told.push('update')), replica.onPeople(() => told.push('people'))]
    for (const undo of undos) undo()
    server.post('ops', { cpu: 2 })
    server.push()
    server.send({ type: 'presence', group: 'ops', count: 2, people: [{ name: 'Bob' }] })
    server.flush()
    expect(told).toEqual([])
    expect(replica.people).toEqual({ count: 2, people: [{ name: 'Bob' }] })
  })

  it('tells a listener that another one threw nothing of it', () => {
    const { platform, server, replica } = join()
    const told: string[] = []
    replica.onUpdate(() => {
      throw new Error('mine')
    })
    replica.onUpdate(() => told.push('update'))
    server.post('ops', { cpu: 2 })
    server.push()
    server.flush()
    expect(told).toEqual(['update'])
    expect(() => platform.advance(0)).toThrow('mine')
  })
})

describe('[consequence 3] only an update moves the cursor', () => {
  it('and an ack that tells a later one does not', () => {
    const { platform, server, replica } = join()
    server.send({ type: 'ack', id: 3, cursor: 'k3f9:900' })
    platform.socket.receive(JSON.stringify({ type: 'ack', id: 2, group: 'ops', cursor: 'k3f9:900' }))
    server.flush()
    expect(replica.state.revision).toBe(1)
  })
})

describe('a group that is resumed', () => {
  it('is asked for from the cursor that the state has', () => {
    const joined = join()
    const { server, replica } = joined
    server.post('ops', { cpu: 2 })
    server.push()
    server.flush()
    server.post('ops', { load: 3 })
    comeBack(joined, 60_000)
    expect(server.heardOf('subscribe').map(({ cursor }) => cursor)).toEqual([undefined, 'k3f9:2'])
    expect(replica.state.revision).toBe(3)
    expect([...replica.state.series.values()].map(({ value }) => value)).toEqual([2, 3])
  })

  it('is asked for from the beginning when nothing had come yet', () => {
    const platform = new FakePlatform()
    const server = new MemoryServer(platform)
    const replica = createConnection({ url: 'http://h', platform }).follow('ops')
    platform.socket.open()
    platform.socket.end(1006)
    platform.advance(500)
    server.flush()
    expect(server.heardOf('subscribe')).toMatchObject([{ group: 'ops' }])
    expect(server.heardOf('subscribe')[0]).not.toHaveProperty('cursor')
    expect(replica.isFilled).toBe(true)
  })

  it.each([
    [300_000, 60_000, 300_000],
    [300_000, 7_200_000, 300_000],
    [86_400_000, 60_000, 83_600],
    [86_400_000, 7_200_000, 7_366_400],
    [3_600_000, 7_200_000, 3_600_000],
  ])(
    'with lines of %i ms after %i ms asks for %i ms: short lines whole, of long ones what was missed',
    (linesMs, awayMs, windowMs) => {
      const joined = join({ windowMs: linesMs })
      comeBack(joined, awayMs)
      expect(joined.server.heardOf('subscribe').at(-1)?.windowMs).toBe(windowMs)
    },
  )

  it('asks for no past when its lines need none', () => {
    const joined = join()
    comeBack(joined, 60_000)
    expect(joined.server.heardOf('subscribe').at(-1)).not.toHaveProperty('windowMs')
  })

  it('is replaced when the server tells another epoch', () => {
    const joined = join()
    const { server, replica } = joined
    server.commit('ops', { type: 'renew', epoch: 'next' })
    comeBack(joined, 0)
    expect(replica.state.epoch).toBe('next')
  })
})

describe('a gap', () => {
  const gap = { type: 'update', group: 'ops', epoch: 'k3f9', from: 7, to: 9, time: 1 } as const

  it('is closed by subscribing again with the cursor, once at a time', () => {
    const { server, replica } = join({ windowMs: 60_000 })
    server.post('ops', { cpu: 5 })
    server.send(gap)
    server.send(gap)
    server.send(gap)
    server.flush()
    expect(server.heardOf('subscribe').slice(1)).toMatchObject([{ cursor: 'k3f9:1', windowMs: 2_000 }])
    expect(replica.state.series.get('cpu')?.value).toBe(5)
    server.send({ ...gap, from: 70 })
    server.flush()
    expect(server.heardOf('subscribe').length).toBe(3)
  })

  it('in the answer to that is closed by the whole group', () => {
    const { server, platform, replica } = join()
    server.deafTo.add('subscribe')
    server.send(gap)
    server.flush()
    const id = server.heardOf('subscribe').at(-1)?.id ?? 0
    server.send({ type: 'ack', id, group: 'ops', paceMs: 1_000 })
    server.send(gap)
    server.deafTo.clear()
    server.flush()
    expect(server.heardOf('subscribe').length).toBe(3)
    expect(server.heardOf('subscribe').at(-1)).not.toHaveProperty('cursor')
    expect(replica.state.series.get('cpu')?.value).toBe(1)
    expect(platform.sockets.length).toBe(1)
  })
})

describe('a whole group that comes unasked', () => {
  it('is asked for its past again, where lines need it', () => {
    const { platform, server, replica } = join({ windowMs: 60_000 })
    platform.advance(10_000)
    server.post('ops', { cpu: 2 })
    server.push()
    server.flush()
    server.commit('ops', { type: 'renew', epoch: 'next' })
    server.push()
    server.flush()
    expect(server.heardOf('subscribe').at(-1)).toMatchObject({ cursor: 'next:3', windowMs: 60_000 })
    expect(server.heardOf('subscribe').length).toBe(2)
    expect(replica.state.series.get('cpu')?.ring.length).toBe(2)
  })
})

describe('a subscribe that is refused', () => {
  it('for good is told, and tried again with the next connection only', () => {
    const joined = join()
    const { platform, server, replica } = joined
    const refused: Refusal[] = []
    replica.onRefused((refusal) => refused.push(refusal))
    server.refusals.push({ type: 'subscribe', code: 'group_limit' })
    replica.change({ paceMs: 5_000 })
    server.flush()
    platform.advance(20_000)
    server.flush()
    expect(refused).toEqual([{ code: 'group_limit', message: 'no: group_limit' }])
    expect(server.heardOf('subscribe').length).toBe(2)
    comeBack(joined, 0)
    expect(server.heardOf('subscribe').length).toBe(3)
  })

  it('for now is tried again after 5 s, and told to nobody', () => {
    const { platform, server, replica } = join()
    const refused: Refusal[] = []
    replica.onRefused((refusal) => refused.push(refusal))
    server.refusals.push({ type: 'subscribe', code: 'internal' })
    replica.change({ paceMs: 5_000 })
    server.flush()
    platform.advance(4_999)
    server.flush()
    expect(server.heardOf('subscribe').length).toBe(2)
    platform.advance(1)
    server.flush()
    expect(server.heardOf('subscribe').length).toBe(3)
    expect(replica.paceMs).toBe(5_000)
    expect(refused).toEqual([])
  })

  it('because no group can be called so is told with the words of the server', () => {
    const platform = new FakePlatform()
    const server = new MemoryServer(platform)
    const replica = createConnection({ url: 'http://h', platform }).follow('no such/group')
    const refused: Refusal[] = []
    replica.onRefused((refusal) => refused.push(refusal))
    server.flush()
    expect(refused).toMatchObject([{ code: 'group_name' }])
  })
})

describe('a change of how a group is followed', () => {
  it('of the pace asks for nothing that is there already', () => {
    const { server, replica } = join({ windowMs: 60_000 })
    replica.change({ paceMs: 250 })
    server.flush()
    expect(server.heardOf('subscribe').at(-1)).toEqual({
      type: 'subscribe',
      id: expect.any(Number),
      group: 'ops',
      paceMs: 250,
      cursor: 'k3f9:1',
    })
    expect(replica.paceMs).toBe(250)
  })

  it('of the window asks for it, and is remembered', () => {
    const joined = join()
    joined.replica.change({ windowMs: 600_000 })
    joined.server.flush()
    expect(joined.server.heardOf('subscribe').at(-1)).toMatchObject({ windowMs: 600_000, paceMs: 1_000 })
    comeBack(joined, 0)
    expect(joined.server.heardOf('subscribe').at(-1)?.windowMs).toBe(600_000)
  })

  it('before the group has come does not lose its past', () => {
    const platform = new FakePlatform()
    const server = new MemoryServer(platform)
    server.post('ops', { cpu: 1 })
    const replica = createConnection({ url: 'http://h', platform }).follow('ops', { windowMs: 60_000 })
    platform.socket.open()
    replica.change({ paceMs: 500 })
    expect(platform.socket.toServer.map((frame) => JSON.parse(frame).windowMs)).toEqual([undefined, 60_000, 60_000])
  })

  it('while there is no connection is asked with the next', () => {
    const joined = join()
    joined.server.cut()
    joined.replica.change({ paceMs: 10_000 })
    joined.platform.advance(500)
    joined.server.flush()
    expect(joined.server.heardOf('subscribe').at(-1)?.paceMs).toBe(10_000)
  })

  it.each([0, -5, 0.5, 1e12])('to a window of %d ms asks for what the protocol has', (windowMs) => {
    const { server, replica } = join()
    replica.change({ windowMs })
    server.flush()
    expect(server.heardOf('subscribe').length).toBe(2)
  })
})
