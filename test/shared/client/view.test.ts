import { connect } from '@chartroom/shared/client'
import { describe, expect, it } from 'vitest'
import { emptyView, viewOf } from '../../../shared/client/view.ts'
import { FakePlatform } from '../../support/fake-platform.ts'
import { MemoryServer } from '../../support/memory-server.ts'

/** A group with two numbers and a message, joined; `look` lets a push through and gives the view after it. */
function join() {
  const platform = new FakePlatform()
  const server = new MemoryServer(platform)
  server.post('ops', { cpu: 1, disk: 7 })
  server.say('ops', 'hello')
  const room = connect('http://h:3000', { group: 'ops', name: 'Ann', platform })
  server.flush()
  let view = viewOf(room, emptyView)
  const look = () => {
    server.push()
    server.flush()
    view = viewOf(room, view)
    return view
  }
  return { platform, server, room, first: view, look }
}

describe('a view', () => {
  it('shows the group of a room', () => {
    const { first, room } = join()
    expect(first.room).toBe(room)
    expect([...first.series].map(([key, { value }]) => [key, value])).toEqual([
      ['cpu', 1],
      ['disk', 7],
    ])
    expect(first.talk.map(({ text }) => text)).toEqual(['hello'])
    expect(first).toMatchObject({ logs: [], board: null, name: 'Ann', isFilled: true, refusal: undefined })
    expect(first.people.count).toBe(1)
    expect(first.connection.word).toBe('live')
  })

  it('stays what it was when the group changes', () => {
    const { first, server, look } = join()
    server.post('ops', { cpu: 2 })
    server.say('ops', 'and more')
    look()
    expect(first.series.get('cpu')?.value).toBe(1)
    expect(first.talk.length).toBe(1)
  })

  it('is made anew where something changed, and nowhere else', () => {
    const { first, server, look } = join()
    server.post('ops', { cpu: 2 })
    const second = look()
    expect(second).not.toBe(first)
    expect(second.series.get('cpu')).toMatchObject({ value: 2 })
    expect(second.series.get('disk')).toBe(first.series.get('disk'))
    expect(second.talk).toBe(first.talk)
    server.say('ops', 'and more')
    const third = look()
    expect(third.series).toBe(second.series)
    expect(third.talk.map(({ text }) => text)).toEqual(['hello', 'and more'])
    expect(third.talk[0]).toBe(first.talk[0])
  })

  it('takes an equal number at another time for another', () => {
    const { platform, first, server, look } = join()
    platform.advance(1_000)
    server.post('ops', { cpu: 1 })
    expect(look().series.get('cpu')?.time).toBe((first.series.get('cpu')?.time ?? 0) + 1_000)
  })

  it('loses a series that is removed, and has it again when it comes back', () => {
    const { server, look } = join()
    server.commit('ops', { type: 'batch', samples: [{ metric: 'cpu', remove: true }] })
    expect([...look().series.keys()]).toEqual(['disk'])
    server.post('ops', { cpu: 3 })
    expect(look().series.get('cpu')?.value).toBe(3)
  })

  it('shows an edit of a message as another message', () => {
    const { first, server, look } = join()
    const id = first.talk[0]?.id ?? 0
    server.commit('ops', { type: 'revise', id, text: 'hello all' })
    const second = look()
    expect(second.talk[0]?.text).toBe('hello all')
    expect(first.talk[0]?.text).toBe('hello')
  })
})
