import { limits } from '@chartroom/shared'
import { beforeEach, describe, expect, it } from 'vitest'
import { Frame, UpdateFrame } from '../../../server/groups/frame.ts'
import { createEventStream, type EventStream } from '../../../server/links/event-stream.ts'
import { FakeClock } from '../../support/fake-clock.ts'

const update = (group: string, to: number, text = '') =>
  new UpdateFrame({ type: 'update', group, epoch: 'k3f9', from: 0, to, time: 0, removed: [...text].map(() => 1) })

describe('event stream', () => {
  let clock: FakeClock
  let stream: EventStream
  let reader: ReadableStreamDefaultReader<Uint8Array>
  let told: string[]

  beforeEach(() => {
    clock = new FakeClock()
    told = []
    stream = createEventStream({ clock, random: () => 0.5 }, 'sse-1', () => told.push('reset'), {
      onDrained: () => told.push('drained'),
      onEnded: (how) => told.push(how),
    })
    reader = stream.body.getReader()
  })

  const read = async () => Buffer.from((await reader.read()).value ?? []).toString()

  it('[EV2] begins with a retry, and gives an id to updates only: the cursors of all its groups', async () => {
    expect(await read()).toBe('retry: 1500\n\n')
    stream.send(new Frame({ type: 'presence', group: 'a', count: 0, people: [] }))
    stream.send(update('a', 17))
    stream.send(update('größe', 4))
    expect(await read()).toBe('data: {"type":"presence","group":"a","count":0,"people":[]}\n\n')
    expect(await read()).toMatch(/^id: a=k3f9:17\ndata: {"type":"update",.*}\n\n$/)
    expect(await read()).toMatch(/^id: a=k3f9:17,gr%C3%B6%C3%9Fe=k3f9:4\ndata: /)
  })

  it('[5] makes an event once for all streams that stand at the same place', () => {
    const frame = update('a', 17)
    expect(frame.event('a=k3f9:17')).toBe(frame.event('a=k3f9:17'))
    expect(frame.event('').toString()).toBe(`data: ${frame.bytes}\n\n`)
  })

  it('[EV5] comments every 15 s, but not where that would wait too', async () => {
    await read()
    clock.advance(15_000)
    expect(await read()).toBe(':\n\n')
    const large = update('a', 1, 'x'.repeat(limits.fullLinkBytes))
    stream.send(large)
    clock.advance(15_000)
    expect((await read()).length).toBeGreaterThan(limits.fullLinkBytes)
    stream.send(update('a', 2))
    expect(await read()).toMatch(/^id: a=k3f9:2\n/)
  })

  it('[EV5] is full with 64 KiB waiting, and tells when it has drained', async () => {
    stream.send(update('a', 1, 'x'.repeat(limits.fullLinkBytes)))
    expect(stream.isFull).toBe(true)
    await read()
    await read()
    await Promise.resolve()
    expect([stream.isFull, told]).toEqual([false, ['drained']])
    clock.advance(limits.slowLinkMs)
    expect(told).toEqual(['drained'])
  })

  it('[EV5] has room again when it was read, or is over', async () => {
    await stream.room()
    stream.send(update('a', 1, 'x'.repeat(limits.fullLinkBytes)))
    const room = stream.room().then(() => told.push('room'))
    await read()
    expect(told).toEqual([])
    await read()
    await room
    expect(told).toEqual(['drained', 'room'])
    stream.send(update('a', 2, 'x'.repeat(limits.fullLinkBytes)))
    const over = stream.room()
    clock.advance(limits.slowLinkMs)
    await over
  })

  it('[EV5] is reset when it has not drained for 30 s, and leaves no timer behind', () => {
    stream.send(update('a', 1, 'x'.repeat(limits.fullLinkBytes)))
    clock.advance(limits.slowLinkMs - 1)
    expect(told).toEqual([])
    clock.advance(1)
    expect([told, clock.waiting]).toEqual([['slow', 'reset'], 0])
  })

  it('ends when its reader leaves, once', async () => {
    await reader.cancel()
    stream.send(update('a', 1))
    stream.drain(0)
    expect([told, clock.waiting]).toEqual([['left'], 0])
  })

  it('[EV6] says when to come back before the server goes', async () => {
    stream.drain(700)
    await read()
    expect(await read()).toBe('data: {"type":"closing","afterMs":700}\n\n')
    expect(await read()).toBe('retry: 1700\n\n')
    expect((await reader.read()).done).toBe(true)
    expect(told).toEqual(['drained'])
  })
})
