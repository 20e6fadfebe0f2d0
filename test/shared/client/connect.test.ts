import { connect } from '@chartroom/shared/client'
import { describe, expect, it } from 'vitest'
import { FakePlatform } from '../../support/fake-platform.ts'
import { MemoryServer } from '../../support/memory-server.ts'

function join() {
  const platform = new FakePlatform()
  const server = new MemoryServer(platform)
  server.post('ops', { cpu: 1 })
  const room = connect('http://h:3000', {
    group: 'ops',
    name: 'Ann',
    secret: 's3',
    paceMs: 500,
    windowMs: 60_000,
    platform,
  })
  return { platform, server, room }
}

describe('a room', () => {
  it('is one line: an address and a group give a state that lives', () => {
    const { server, room } = join()
    expect(room.isFilled).toBe(false)
    server.flush()
    expect(room.isFilled).toBe(true)
    expect(room.group).toBe('ops')
    expect(room.name).toBe('Ann')
    expect(room.connection.word).toBe('live')
    expect(room.people).toEqual({ count: 1, people: [{ name: 'Ann' }] })
    expect(room.state.series.get('cpu')?.value).toBe(1)
    expect(server.heardOf('subscribe')).toMatchObject([
      { group: 'ops', paceMs: 500, windowMs: 60_000 },
      { group: 'ops/@ann' },
    ])
    expect(room.inbox?.name).toBe('Ann')
    expect(room.serverNow()).toBe(server.now)
  })

  it('tells what happens, until that is undone', () => {
    const { server, room } = join()
    const told: string[] = []
    const undos = [
      room.on('update', (update, outcome) => told.push(`${outcome} to ${update.to}`)),
      room.on('people', ({ count }) => told.push(`people ${count}`)),
      room.on('connection', ({ word }) => told.push(word)),
      room.on('inbox', (inbox) => told.push(`inbox ${inbox?.group}`)),
      room.on('refused', ({ code }) => told.push(code)),
    ]
    server.flush()
    expect(told).toEqual(['live', 'inbox ops/@ann', 'replaced to 1', 'people 1'])
    for (const undo of undos) undo()
    server.post('ops', { cpu: 2 })
    server.push()
    server.flush()
    expect(told.length).toBe(4)
    expect(room.state.series.get('cpu')?.value).toBe(2)
  })

  it('tells that it is refused', () => {
    const { server, room } = join()
    const refused: string[] = []
    room.on('refused', ({ code }) => refused.push(code))
    server.refusals.push({ type: 'subscribe', code: 'group_limit' })
    server.flush()
    expect(refused).toEqual(['group_limit'])
  })

  it('takes annotations and another pace', async () => {
    const { server, room } = join()
    const written = room.annotate({ text: 'hello' }, { key: 'mine' })
    room.change({ paceMs: 5_000 })
    server.flush()
    expect(await written).toMatchObject({ ok: true, value: { author: 'Ann', text: 'hello' } })
    expect(server.heardOf('annotate')).toMatchObject([{ key: 'mine' }])
    expect(
      server
        .heardOf('subscribe')
        .filter(({ group }) => group === 'ops')
        .at(-1)?.paceMs,
    ).toBe(5_000)
    let pages = 0
    room.on('page', () => pages++)
    expect(await room.pageBack()).toEqual({ ok: true, value: false })
    expect(pages).toBe(1)
  })

  it('takes edits and reactions', async () => {
    const { server, room } = join()
    const written = room.annotate({ text: 'hello' })
    server.flush()
    const result = await written
    const id = result.ok ? result.value.id : 0
    const edits = [
      room.react(id, '👍', true, { key: 'a' }),
      room.revise(id, 'hello all', { key: 'b' }),
      room.retract(id, { key: 'c' }),
    ]
    server.flush()
    expect((await Promise.all(edits)).map((edit) => edit.ok)).toEqual([true, true, true])
    expect(server.group('ops').talk.find(id)?.retracted).toBe(true)
  })

  it('finds words over HTTP', async () => {
    const { platform, room } = join()
    const page = { annotations: [], before: 0, cursor: '0:0' }
    platform.answer = () => Promise.resolve({ ok: true, status: 200, json: () => Promise.resolve(page) })
    expect(await room.search('hello')).toEqual({ ok: true, value: page })
  })

  it('is a queue of what is said from now on, which ends when it is closed', async () => {
    const { server, room } = join()
    server.say('ops', 'before')
    server.flush()
    const heard: string[] = []
    const listening = (async () => {
      for await (const { text } of room) heard.push(text)
    })()
    const say = (text: string) => {
      server.say('ops', text)
      server.push()
      server.flush()
    }
    say('one')
    await Promise.resolve()
    say('two')
    expect(room.waiting).toBe(1)
    expect(room.read()?.text).toBe('two')
    room.close()
    await listening
    expect(heard).toEqual(['one'])
    expect(await room.next()).toBeUndefined()
  })

  it('leaves nothing behind when it is closed', () => {
    const { platform, server, room } = join()
    server.flush()
    room.close()
    expect(room.connection.word).toBe('closed')
    expect(platform.waiting).toBe(0)
  })

  it('cannot be had at an address that is none', () => {
    expect(() => connect('nowhere', { group: 'ops', platform: new FakePlatform() })).toThrow('no address')
  })
})
