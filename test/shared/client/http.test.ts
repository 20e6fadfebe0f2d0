import { type AnnotationPage, limits } from '@chartroom/shared'
import { connect, createConnection, type FetchLike, type ResponseLike } from '@chartroom/shared/client'
import { describe, expect, it } from 'vitest'
import { FakePlatform } from '../../support/fake-platform.ts'
import { MemoryServer } from '../../support/memory-server.ts'

function json(value: unknown, status = 200): ResponseLike {
  return { ok: status < 400, status, json: () => Promise.resolve(value) }
}

/** A group with more annotations than a snapshot carries, and somebody who follows it. */
function join(annotations = 250) {
  const platform = new FakePlatform()
  const server = new MemoryServer(platform)
  for (let n = 1; n <= annotations; n++) server.say('ops', `${n}`)
  const asked: string[] = []
  const answerWith = (answer: FetchLike) => {
    platform.answer = (url, init) => {
      asked.push(`${init.method} ${url}`)
      return answer(url, init)
    }
  }
  answerWith((url) => Promise.resolve(json(pageOf(server, url))))
  const connection = createConnection({ url: 'wss://h/base/ws', platform })
  const replica = connection.follow('ops')
  server.flush()
  const texts = () => replica.state.talk.annotations.map(({ text }) => Number(text))
  return { platform, server, connection, replica, asked, answerWith, texts }
}

/** What the server answers to a question for a page. */
function pageOf(server: MemoryServer, url: string): AnnotationPage {
  const before = Number(/before=(\d+)/.exec(url)?.[1])
  const { talk, epoch, revision } = server.group('ops')
  const older = talk.annotations.filter(({ id }) => id < before)
  const annotations = older.slice(-limits.pageAnnotations).reverse()
  const oldest = annotations.at(-1)?.id ?? 0
  return { annotations, before: annotations.length < older.length ? oldest : 0, cursor: `${epoch}:${revision}` }
}

function upTo(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, n) => first + n)
}

describe('paging back', () => {
  it('puts a page before the log, and says whether there is more', async () => {
    const { replica, asked, texts } = join()
    expect(texts()).toEqual(upTo(151, 250))
    const { earlier } = replica.state.talk
    expect(await replica.pageBack()).toEqual({ ok: true, value: true })
    expect(asked).toEqual([`GET https://h/base/api/groups/ops/annotations?before=${earlier}&limit=50&run=talk`])
    expect(texts()).toEqual(upTo(101, 250))
    await replica.pageBack()
    expect(await replica.pageBack()).toEqual({ ok: true, value: false })
    expect(texts()).toEqual(upTo(1, 250))
  })

  it('asks for as many as it is told to', async () => {
    const { replica, asked } = join()
    const { earlier } = replica.state.talk
    await replica.pageBack('talk', 200)
    expect(asked).toEqual([`GET https://h/base/api/groups/ops/annotations?before=${earlier}&limit=200&run=talk`])
  })

  it('asks nothing when the log begins here', async () => {
    const { replica, asked } = join(3)
    expect(await replica.pageBack()).toEqual({ ok: true, value: false })
    expect(asked).toEqual([])
  })

  it('asks for one page at a time', async () => {
    const { replica, asked, texts } = join()
    await Promise.all([replica.pageBack(), replica.pageBack()])
    expect(asked.length).toBe(1)
    expect(texts()).toEqual(upTo(101, 250))
  })

  it('leaves no hole when the log was replaced while the page was under way', async () => {
    const { server, replica, texts } = join()
    const paging = replica.pageBack()
    for (let n = 251; n <= 500; n++) server.say('ops', `${n}`)
    server.commit('ops', { type: 'renew', epoch: 'next' })
    server.push()
    server.flush()
    expect(await paging).toEqual({ ok: true, value: true })
    expect(texts()).toEqual(upTo(401, 500))
    await replica.pageBack()
    expect(texts()).toEqual(upTo(351, 500))
  })

  it('is refused in the words of the server', async () => {
    const { replica, answerWith } = join()
    answerWith(() => Promise.resolve(json({ code: 'host', detail: 'Not here.', title: 'host' }, 421)))
    expect(await replica.pageBack()).toEqual({ ok: false, refusal: { code: 'host', message: 'Not here.' } })
  })

  it.each([
    ['the network fails', () => Promise.reject(new TypeError('fetch failed')), 'closing'],
    [
      'a proxy answers',
      () => Promise.resolve({ ok: false, status: 502, json: () => Promise.reject(new Error()) }),
      'internal',
    ],
    ['the answer is no page', () => Promise.resolve(json({ annotations: 'none' })), 'malformed'],
    [
      'the answer is no JSON',
      () => Promise.resolve({ ok: true, status: 200, json: () => Promise.reject(new Error()) }),
      'malformed',
    ],
    ['the code is newer than this client', () => Promise.resolve(json({ code: 'teapot' }, 418)), 'malformed'],
  ])('is refused when %s, and can be tried again', async (_when, answer, code) => {
    const { server, replica, answerWith, texts } = join()
    answerWith(answer)
    expect(await replica.pageBack()).toMatchObject({ ok: false, refusal: { code } })
    answerWith((url) => Promise.resolve(json(pageOf(server, url))))
    await replica.pageBack()
    expect(texts()).toEqual(upTo(101, 250))
  })

  it('is refused when nothing is answered for 20 s', async () => {
    const { platform, replica, answerWith } = join()
    answerWith(() => new Promise(() => {}))
    const paging = replica.pageBack()
    platform.advance(20_000)
    expect(await paging).toMatchObject({ ok: false, refusal: { code: 'closing' } })
  })

  it('is refused on a host without fetch', async () => {
    const platform = new FakePlatform()
    const server = new MemoryServer(platform)
    for (let n = 0; n < 101; n++) server.say('ops', 'x')
    const { openSocket, now, random, setTimer } = platform
    const bare = { openSocket, now, random, setTimer }
    const replica = createConnection({ url: 'http://h', platform: bare }).follow('ops')
    server.flush()
    expect(await replica.pageBack()).toMatchObject({ ok: false, refusal: { code: 'not_supported' } })
  })
})

describe('paging back through the logs', () => {
  it('puts a page before the run of logs, and leaves the talk alone', async () => {
    const { server, replica, asked, answerWith, texts } = join(2)
    for (let n = 1; n <= 150; n++) {
      server.commit('ops', { type: 'annotate', author: 'ci', draft: { text: `log ${n}`, kind: 'log' } })
    }
    server.push()
    server.flush()
    const { logs, epoch, revision } = server.group('ops')
    const { earlier } = replica.state.logs
    const older = logs.annotations.filter(({ id }) => id < earlier).reverse()
    answerWith(() => Promise.resolve(json({ annotations: older, before: 0, cursor: `${epoch}:${revision}` })))
    expect(older.length).toBeGreaterThan(0)
    expect(await replica.pageBack('logs')).toEqual({ ok: true, value: false })
    expect(asked).toEqual([`GET https://h/base/api/groups/ops/annotations?before=${earlier}&limit=50&run=logs`])
    expect(replica.state.logs.annotations.map(({ text }) => text)).toEqual(upTo(1, 150).map((n) => `log ${n}`))
    expect(texts()).toEqual([1, 2])
  })
})

describe('searching', () => {
  it('asks for words in any script, and for the page after', async () => {
    const { server, replica, asked, answerWith } = join(3)
    const { talk } = server.group('ops')
    const page: AnnotationPage = { annotations: [...talk.annotations].reverse(), before: 7, cursor: 'k3f9:3' }
    answerWith(() => Promise.resolve(json(page)))
    expect(await replica.search('库存 a&b')).toEqual({ ok: true, value: page })
    await replica.search('x', 7)
    expect(asked).toEqual([
      'GET https://h/base/api/groups/ops/search?q=%E5%BA%93%E5%AD%98%20a%26b&limit=50',
      'GET https://h/base/api/groups/ops/search?q=x&limit=50&before=7',
    ])
  })

  it('changes nothing that is there', async () => {
    const { server, replica, answerWith, texts } = join()
    const [oldest] = server.group('ops').talk.annotations
    answerWith(() => Promise.resolve(json({ annotations: [oldest], before: 0, cursor: 'k3f9:250' })))
    await replica.search('1')
    expect(texts()).toEqual(upTo(151, 250))
  })

  it('is refused in the words of the server', async () => {
    const { replica, answerWith } = join()
    answerWith(() => Promise.resolve(json({ code: 'malformed', detail: 'No letter.' }, 400)))
    expect(await replica.search('?')).toEqual({ ok: false, refusal: { code: 'malformed', message: 'No letter.' } })
  })
})

describe('posting numbers', () => {
  function post(answer: FetchLike) {
    const platform = new FakePlatform()
    platform.answer = answer
    return connect('http://h:3000', { group: 'Größe', platform })
  }

  it('sends JSON to the group, and returns the receipt', async () => {
    const sent: unknown[] = []
    const room = post((url, init) => {
      sent.push(url, init.method, init.headers['content-type'], JSON.parse(init.body ?? ''))
      return Promise.resolve(json({ epoch: 'k3f9', revision: 17, accepted: 3 }))
    })
    expect(await room.post({ cpu: 12.5, orders: { Shirts: 5, Socks: Number.NaN } })).toEqual({
      ok: true,
      value: { epoch: 'k3f9', revision: 17, accepted: 3 },
    })
    expect(sent).toEqual([
      'http://h:3000/api/groups/gr%C3%B6%C3%9Fe/metrics',
      'POST',
      'application/json',
      { cpu: 12.5, orders: { Shirts: 5, Socks: null } },
    ])
  })

  it('tells every fault with its place', async () => {
    const faults = [{ pointer: '/0/value', message: 'must be a number' }]
    const room = post(() => Promise.resolve(json({ code: 'malformed', detail: 'Bad.', faults }, 400)))
    expect(await room.post([{ metric: 'cpu', value: 1 }])).toEqual({
      ok: false,
      refusal: { code: 'malformed', message: 'Bad.', faults },
    })
  })

  it('to what can be no group is refused before it is sent', async () => {
    const platform = new FakePlatform()
    const room = connect('http://h', { group: '../etc', platform })
    expect(await room.post({ cpu: 1 })).toMatchObject({ ok: false, refusal: { code: 'group_name' } })
  })
})
