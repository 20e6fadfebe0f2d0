import { createConnection } from '@chartroom/shared/client'
import { describe, expect, it } from 'vitest'
import { FakePlatform } from '../../support/fake-platform.ts'
import { MemoryServer } from '../../support/memory-server.ts'

function join() {
  const platform = new FakePlatform()
  let drawn = 0
  platform.chance = () => {
    drawn++
    return (drawn * 0.618_033_988_7) % 1
  }
  const server = new MemoryServer(platform)
  const connection = createConnection({ url: 'http://h', platform, name: 'Ann' })
  const replica = connection.follow('ops')
  server.flush()
  const comeBack = () => {
    connection.reconnectNow()
    server.flush()
  }
  const texts = () => server.group('ops').talk.annotations.map(({ text }) => text)
  return { platform, server, connection, replica, comeBack, texts }
}

describe('an annotation', () => {
  it('is settled with what the server stored', async () => {
    const { server, replica } = join()
    const written = replica.annotate({ text: 'why?', kind: 'note' })
    server.flush()
    expect(await written).toMatchObject({ ok: true, value: { author: 'Ann', text: 'why?', kind: 'note', revision: 1 } })
  })

  it('carries a key of 128 random bits, another each time', () => {
    const { server, replica } = join()
    for (let n = 0; n < 20; n++) void replica.annotate({ text: `${n}` })
    server.flush()
    const keys = server.heardOf('annotate').map(({ key }) => key)
    expect(keys.every((key) => /^[0-9a-f]{32}$/.test(key ?? ''))).toBe(true)
    expect(new Set(keys).size).toBe(20)
  })

  it('does not change the state by itself: only an update does', async () => {
    const { server, replica } = join()
    const written = replica.annotate({ text: 'why?' })
    server.flush()
    await written
    expect(replica.state.talk.annotations).toEqual([])
    server.push()
    server.flush()
    expect(replica.state.talk.annotations.map(({ text }) => text)).toEqual(['why?'])
  })

  it.each([
    [{ text: 'x'.repeat(4_001) }, 'text_too_long'],
    [{ text: '' }, 'text_missing'],
    [{ text: 'a', pin: { metric: '' } }, 'malformed'],
  ])('that the server would refuse is refused before it is sent', async (draft, code) => {
    const { platform, replica } = join()
    expect(await replica.annotate(draft)).toMatchObject({ ok: false, refusal: { code } })
    expect(platform.socket.toServer).toEqual([])
  })

  it('with a key that is none is refused before it is sent', async () => {
    const { replica } = join()
    expect(await replica.annotate({ text: 'a' }, { key: 'x'.repeat(201) })).toMatchObject({ ok: false })
  })

  it('that is refused for good is settled with the refusal, and not sent again', async () => {
    const { server, replica, comeBack } = join()
    server.refusals.push({ type: 'annotate', code: 'unknown_metric' })
    const written = replica.annotate({ text: 'look', pin: { metric: 'none' } })
    server.flush()
    expect(await written).toEqual({ ok: false, refusal: { code: 'unknown_metric', message: 'no: unknown_metric' } })
    server.cut()
    comeBack()
    expect(server.heardOf('annotate').length).toBe(1)
  })

  it('that is refused for now is sent again after 5 s, with the same key', async () => {
    const { platform, server, replica } = join()
    server.refusals.push({ type: 'annotate', code: 'internal' })
    const written = replica.annotate({ text: 'look' })
    server.flush()
    platform.advance(5_000)
    server.flush()
    expect(await written).toMatchObject({ ok: true })
    const [first, second] = server.heardOf('annotate')
    expect(second?.key).toBe(first?.key)
  })
})

/** Ann has said something that everybody has, and what its id is. */
function said(text = 'hello') {
  const joined = join()
  const { server, replica } = joined
  server.commit('ops', { type: 'annotate', author: 'Ann', draft: { text } })
  server.push()
  server.flush()
  const id = replica.state.talk.lastId
  const present = () => server.group('ops').talk.find(id)
  return { ...joined, id, present }
}

describe('an edit', () => {
  it('of a text is settled with the annotation as it now is', async () => {
    const { server, replica, id, present } = said()
    const revised = replica.revise(id, 'hello all')
    server.flush()
    expect(await revised).toMatchObject({ ok: true, value: { id, text: 'hello all', editedTime: server.now } })
    expect(present()?.text).toBe('hello all')
  })

  it('takes back, and leaves the place', async () => {
    const { server, replica, id } = said()
    const retracted = replica.retract(id)
    server.flush()
    expect(await retracted).toMatchObject({ ok: true, value: { id, text: '', retracted: true } })
  })

  it('gives a reaction, and takes it back', async () => {
    const { server, replica, id, present } = said()
    void replica.react(id, '👍', true)
    server.flush()
    expect(present()?.reactions).toEqual({ '👍': ['Ann'] })
    const unset = replica.react(id, '👍', false)
    server.flush()
    expect(await unset).toMatchObject({ ok: true, value: { id } })
    expect(present()?.reactions).toBeUndefined()
  })

  it('that the server would refuse is refused before it is sent', async () => {
    const { platform, replica, id } = said()
    expect(await replica.revise(id, ' ')).toMatchObject({ ok: false, refusal: { code: 'text_missing' } })
    expect(await replica.react(id, 'x'.repeat(17), true)).toMatchObject({ ok: false, refusal: { code: 'malformed' } })
    expect(await replica.retract(0)).toMatchObject({ ok: false, refusal: { code: 'malformed' } })
    expect(platform.socket.toServer).toEqual([])
  })

  it('of what somebody else wrote is settled with the refusal', async () => {
    const { server, replica, id } = said()
    server.refusals.push({ type: 'retract', code: 'not_author' })
    const retracted = replica.retract(id)
    server.flush()
    expect(await retracted).toMatchObject({ ok: false, refusal: { code: 'not_author' } })
  })

  it('made while away goes with the messages, in order, each once and with its key', async () => {
    const { server, replica, comeBack, id } = said()
    void replica.revise(id, 'first')
    // It arrives, and its acknowledgement is lost.
    server.step()
    server.cut()
    const written = [
      replica.annotate({ text: 'more' }),
      replica.react(id, '👀', true),
      replica.revise(id, 'second', { key: 'mine' }),
      replica.retract(id),
    ]
    comeBack()
    expect((await Promise.all(written)).every(({ ok }) => ok)).toBe(true)
    const types = server.heard.map(({ type }) => type).filter((type) => /annotate|react|revise|retract/.test(type))
    expect(types).toEqual(['revise', 'revise', 'annotate', 'react', 'revise', 'retract'])
    const [first, again, second] = server.heardOf('revise')
    expect(again?.key).toBe(first?.key)
    expect(second?.key).toBe('mine')
    expect(server.group('ops').talk.annotations).toMatchObject([{ id, retracted: true }, { text: 'more' }])
  })

  it('that is refused for now holds up those after it, so that the last one wins', async () => {
    const { platform, server, replica, id, present } = said()
    server.refusals.push({ type: 'revise', code: 'storage' })
    void replica.revise(id, 'first')
    server.flush()
    const second = replica.revise(id, 'second')
    server.flush()
    expect(present()?.text).toBe('hello')
    platform.advance(5_000)
    server.flush()
    expect(await second).toMatchObject({ ok: true })
    expect(present()?.text).toBe('second')
  })
})

describe('arranging', () => {
  const put = (id: string) => ({ type: 'put' as const, chart: { id, metrics: ['cpu'] } })

  it('is settled with where the group then stood, and the board comes with the update that reaches it', async () => {
    const { server, replica } = join()
    const arranged = replica.arrange([put('a'), put('b')])
    server.flush()
    expect(await arranged).toEqual({ ok: true, value: { epoch: 'k3f9', revision: 1 } })
    expect(replica.state.board).toBeNull()
    server.push()
    server.flush()
    expect(replica.state.revision).toBe(1)
    expect(replica.state.board?.charts).toMatchObject([
      { id: 'a', author: 'Ann' },
      { id: 'b', author: 'Ann' },
    ])
  })

  it('while away goes with the messages, in order, each once and with its key', async () => {
    const { server, replica, comeBack } = join()
    void replica.arrange([put('a')])
    // It arrives, and its acknowledgement is lost.
    server.step()
    server.cut()
    const later = [replica.annotate({ text: 'better?' }), replica.arrange([{ type: 'remove', chart: 'a' }])]
    comeBack()
    expect((await Promise.all(later)).every(({ ok }) => ok)).toBe(true)
    const types = server.heard.map(({ type }) => type).filter((type) => /annotate|arrange/.test(type))
    expect(types).toEqual(['arrange', 'arrange', 'annotate', 'arrange'])
    const [first, again, second] = server.heardOf('arrange').map(({ key }) => key)
    expect(again).toBe(first)
    expect(second).not.toBe(first)
    expect(server.group('ops').board).toEqual({ charts: [], hidden: ['cpu'] })
  })

  it('that the server refuses is settled with the refusal', async () => {
    const { server, replica } = join()
    server.refusals.push({ type: 'arrange', code: 'name_held' })
    const arranged = replica.arrange([put('a')])
    server.flush()
    expect(await arranged).toMatchObject({ ok: false, refusal: { code: 'name_held' } })
  })

  it.each([
    ['no edit', [], 'malformed'],
    ['a chart without metrics', [{ type: 'put' as const, chart: { id: 'a', metrics: [] } }], 'malformed'],
    [
      'more than a frame holds',
      Array.from({ length: 50 }, (_, n) => ({
        type: 'put' as const,
        chart: { id: `${n}`, metrics: Array.from({ length: 8 }, (_, m) => `${m}`.padStart(200, 'm')) },
      })),
      'board_limit',
    ],
  ])('with %s is refused before it is sent', async (_what, edits, code) => {
    const { platform, replica } = join()
    expect(await replica.arrange(edits)).toMatchObject({ ok: false, refusal: { code } })
    expect(platform.socket.toServer).toEqual([])
  })
})

describe('annotations over a cut', () => {
  it('that were written while away are sent in order when it is back', async () => {
    const { server, replica, comeBack, texts } = join()
    server.cut()
    const written = ['a', 'b', 'c'].map((text) => replica.annotate({ text }))
    comeBack()
    expect(texts()).toEqual(['a', 'b', 'c'])
    expect((await Promise.all(written)).every(({ ok }) => ok)).toBe(true)
  })

  it('that were sent and not acknowledged are sent again, with their keys, before what was written later', async () => {
    const { server, replica, comeBack, texts } = join()
    const first = replica.annotate({ text: 'a' })
    // It arrives, and its acknowledgement is lost.
    server.step()
    const second = replica.annotate({ text: 'b' })
    server.cut()
    const third = replica.annotate({ text: 'c' })
    comeBack()
    expect(texts()).toEqual(['a', 'b', 'c'])
    expect((await Promise.all([first, second, third])).map((result) => result.ok && result.value.text)).toEqual([
      'a',
      'b',
      'c',
    ])
    const heard = server.heardOf('annotate')
    expect(heard.map(({ text }) => text)).toEqual(['a', 'a', 'b', 'c'])
    expect(heard[0]?.key).toBe(heard[1]?.key)
  })

  it('that were acknowledged are not sent again', () => {
    const { server, replica, comeBack } = join()
    void replica.annotate({ text: 'a' })
    server.flush()
    server.cut()
    comeBack()
    expect(server.heardOf('annotate').length).toBe(1)
  })

  it('with the same key are one', async () => {
    const { server, replica, comeBack, texts } = join()
    server.cut()
    const written = [1, 2].map(() => replica.annotate({ text: 'a' }, { key: 'mine' }))
    comeBack()
    const results = await Promise.all(written)
    expect(results[0]).toEqual(results[1])
    expect(texts()).toEqual(['a'])
  })

  it('that a refusal for now left waiting go once, not twice, when the connection ends too', async () => {
    const { platform, server, replica, comeBack } = join()
    server.refusals.push({ type: 'annotate', code: 'closing' })
    const written = replica.annotate({ text: 'a' })
    server.flush()
    server.cut()
    comeBack()
    platform.advance(20_000)
    server.flush()
    expect(await written).toMatchObject({ ok: true })
    expect(server.heardOf('annotate').length).toBe(2)
  })

  it('are 100 at most: one more is refused at once', async () => {
    const { server, replica, comeBack, texts } = join()
    server.cut()
    for (let n = 0; n < 100; n++) void replica.annotate({ text: `${n}` })
    const result = await replica.annotate({ text: 'one more' })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'closing', message: expect.stringContaining('100') } })
    comeBack()
    expect(texts()).toEqual(Array.from({ length: 100 }, (_, n) => `${n}`))
    const later = replica.annotate({ text: 'now' })
    server.flush()
    expect(await later).toMatchObject({ ok: true })
  })

  it('are refused when their group is left', async () => {
    const { server, replica } = join()
    server.cut()
    const written = replica.annotate({ text: 'a' })
    replica.close()
    expect(await written).toMatchObject({ ok: false, refusal: { code: 'closing' } })
  })
})
