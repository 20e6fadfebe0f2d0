import {
  type Annotation,
  annotationPage,
  annotation as annotationSchema,
  decodeValue,
  limits,
  type ServerEnvelope,
  update,
} from '@chartroom/shared'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../support/running-server.ts'
import { WireClient } from '../support/wire-client.ts'

let server: RunningServer
let groups = 0
let group: string
const clients: WireClient[] = []

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())
beforeEach(() => {
  group = `g${++groups}`
})
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})

/** Somebody who said hello at the group's address; with a pace they follow it. */
async function come(name: string | undefined, secret: string | undefined, paceMs?: 100 | 60_000): Promise<WireClient> {
  const client = await new WireClient(`${server.url}/ws/${group}`).opened()
  clients.push(client)
  const named = { ...(name === undefined ? {} : { name }), ...(secret === undefined ? {} : { secret }) }
  client.send({ type: 'hello', id: 1, ...named })
  if (paceMs === undefined) return client
  client.send({ type: 'subscribe', id: 2, paceMs })
  await client.next('update')
  return client
}

/** Has a link write an annotation. */
async function say(client: WireClient, text: string, id = 3): Promise<Annotation> {
  client.send({ type: 'annotate', id, text })
  return acked(client, id)
}

/** The annotation of the ack to a request. */
async function acked(client: WireClient, request: number): Promise<Annotation> {
  const { annotation } = await client.next('ack', ({ id }) => id === request)
  if (annotation === undefined) throw new Error('The ack has no annotation.')
  return annotation
}

/** The code of the refusal of a request. */
async function refused(client: WireClient, request: number): Promise<string> {
  return (await client.next('error', ({ id }) => id === request)).code
}

const holds = (id: number) => (envelope: Extract<ServerEnvelope, { type: 'update' }>) =>
  envelope.annotations?.some((annotation) => annotation.id === id) ?? false

const at = (path: string) => `${server.url}/api/groups/${group}${path}`

async function ask(method: string, path: string, secret?: string, body?: string, headers: Record<string, string> = {}) {
  const response = await fetch(at(path), {
    method,
    headers: { ...headers, ...(secret === undefined ? {} : { 'Chartroom-Secret': secret }) },
    ...(body === undefined ? {} : { body: new URLSearchParams(body) }),
  })
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) }
}

/** Everything that a stranger can read of the group, as text. */
async function everything(query: string): Promise<string> {
  const paths = ['', '/annotations', '/annotations?run=logs', `/search?q=${query}`]
  return (await Promise.all(paths.map(async (path) => (await fetch(at(path))).text()))).join('\n')
}

describe('revise', () => {
  it('[V1] [V4] is answered with the annotation as it is now, which all who follow get', async () => {
    const [ana, wei] = [await come('Ana', 'a', 100), await come('Wei', 'w', 100)]
    const { id, time } = await say(ana, 'teh')
    await wei.next('update', holds(id))
    ana.send({ type: 'revise', id: 4, annotation: id, text: 'the' })
    const revised = await acked(ana, 4)
    expect(revised).toMatchObject({ id, revision: 2, time, text: 'the', editedTime: expect.any(Number) })
    expect((await wei.next('update', holds(id))).annotations).toEqual([revised])
  })

  it('[V1] with the text that it has takes no revision', async () => {
    const ana = await come('Ana', 'a')
    const { id } = await say(ana, 'the')
    ana.send({ type: 'revise', id: 4, annotation: id, text: 'the' })
    const { cursor } = await ana.next('ack', (ack) => ack.id === 4)
    expect(cursor).toMatch(/:1$/)
  })

  it('[V4] [S6] waits for the pace, and goes with the next annotation', async () => {
    const [ana, slow] = [await come('Ana', 'a', 100), await come('Wei', 'w', 60_000)]
    const { id } = await say(ana, 'teh')
    await slow.next('update', holds(id))
    await ana.next('update', holds(id))
    ana.send({ type: 'revise', id: 4, annotation: id, text: 'the' })
    await ana.next('update', holds(id))
    const { id: next } = await say(ana, 'next', 5)
    expect((await slow.next('update')).annotations?.map((one) => [one.id, one.text])).toEqual([
      [id, 'the'],
      [next, 'next'],
    ])
  })

  it('[V2] is refused to another secret, to none, and of what nobody held', async () => {
    const [ana, thief, nobody] = [await come('Ana', 'a'), await come('Ana', 't'), await come('ci', undefined)]
    const { id } = await say(ana, 'mine')
    const { id: free } = await say(nobody, 'green')
    for (const [client, annotation] of [
      [thief, id],
      [nobody, id],
      [nobody, free],
      [thief, free],
    ] as const) {
      client.send({ type: 'revise', id: 4, annotation, text: 'stolen' })
      expect(await refused(client, 4)).toBe('not_author')
      client.send({ type: 'retract', id: 5, annotation })
      expect(await refused(client, 5)).toBe('not_author')
    }
    expect(await everything('stolen')).not.toContain('stolen')
  })

  it('[V3] [A4] is refused with a code that says why', async () => {
    const [ana, nobody] = [await come('Ana', 'a'), await come(undefined, 'n')]
    const { id } = await say(ana, 'mine')
    ana.send({ type: 'revise', id: 4, annotation: id + 5, text: 'x' })
    expect(await refused(ana, 4)).toBe('not_found')
    ana.send({ type: 'revise', id: 5, annotation: id, text: ' ' })
    expect(await refused(ana, 5)).toBe('text_missing')
    ana.send({ type: 'revise', id: 6, annotation: id, text: 'x'.repeat(limits.maxTextLength + 1) })
    expect(await refused(ana, 6)).toBe('text_too_long')
    nobody.send({ type: 'revise', id: 4, annotation: id, text: 'x' })
    expect(await refused(nobody, 4)).toBe('name_missing')
  })

  it('[K1] [K2] with a key is done once, over two links of one person', async () => {
    const [ana, again] = [await come('Ana', 'a'), await come('Ana', 'a')]
    const { id } = await say(ana, 'one')
    ana.send(
      { type: 'revise', id: 4, annotation: id, text: 'two', key: 'k' },
      { type: 'revise', id: 5, annotation: id, text: 'three' },
    )
    await acked(ana, 5)
    again.send({ type: 'revise', id: 4, annotation: id, text: 'two', key: 'k' })
    expect(await acked(again, 4)).toMatchObject({ text: 'three', revision: 3 })
  })
})

describe('retract', () => {
  it('[W1] [W3] leaves the place: the words are gone from page, snapshot, search and updates', async () => {
    const [ana, wei] = [await come('Ana', 'a', 100), await come('Wei', 'w', 100)]
    const { id } = await say(ana, 'platypus')
    await wei.next('update', holds(id))
    ana.send({ type: 'react', id: 4, annotation: id, reaction: '👍', on: true })
    await acked(ana, 4)
    expect(await everything('platypus')).toContain('platypus')
    ana.send({ type: 'retract', id: 5, annotation: id })
    const left = await acked(ana, 5)
    expect(left).toEqual({ id, revision: 3, time: left.time, author: 'Ana', text: '', retracted: true })
    expect((await wei.next('update', (one) => one.to === 3)).annotations).toEqual([left])
    expect(await everything('platypus')).not.toContain('platypus')
    expect(await everything('platypus')).toContain('"retracted":true')
  })

  it('[W2] is final, and with a key may be sent again', async () => {
    const ana = await come('Ana', 'a')
    const { id } = await say(ana, 'oops')
    ana.send({ type: 'retract', id: 4, annotation: id, key: 'k' }, { type: 'retract', id: 5, annotation: id, key: 'k' })
    expect(await acked(ana, 5)).toEqual(await acked(ana, 4))
    ana.send({ type: 'retract', id: 6, annotation: id })
    expect(await refused(ana, 6)).toBe('not_found')
    ana.send({ type: 'revise', id: 7, annotation: id, text: 'back' })
    expect(await refused(ana, 7)).toBe('not_found')
  })
})

describe('react', () => {
  it('[F1] [F2] gives a reaction under the granted name, and takes it back', async () => {
    const [ana, second] = [await come('Ana', 'a', 100), await come('Ana', 'b', 100)]
    const { id } = await say(ana, 'done')
    ana.send({ type: 'react', id: 4, annotation: id, reaction: '👍', on: true })
    await acked(ana, 4)
    second.send({ type: 'react', id: 4, annotation: id, reaction: '👍', on: true })
    expect((await acked(second, 4)).reactions).toEqual({ '👍': ['Ana', 'Ana 2'] })
    ana.send({ type: 'react', id: 5, annotation: id, reaction: '👍', on: false })
    const now = await acked(ana, 5)
    expect(now.reactions).toEqual({ '👍': ['Ana 2'] })
    expect((await second.next('update', ({ to }) => to === 4)).annotations).toEqual([now])
  })

  it('[F2] [V3] is refused to who holds no name or has none, and of what is not there', async () => {
    const [ana, ci, nobody] = [await come('Ana', 'a'), await come('ci', undefined), await come(undefined, 'n')]
    const { id } = await say(ana, 'done')
    for (const [client, code] of [
      [ci, 'not_holder'],
      [nobody, 'name_missing'],
    ] as const) {
      client.send({ type: 'react', id: 4, annotation: id, reaction: '👍', on: true })
      expect(await refused(client, 4)).toBe(code)
    }
    ana.send({ type: 'react', id: 4, annotation: id + 5, reaction: '👍', on: true })
    expect(await refused(ana, 4)).toBe('not_found')
  })

  it('[F3] is refused where an annotation has all that it may have', async () => {
    const ana = await come('Ana', 'a')
    const { id } = await say(ana, 'done')
    for (let at = 0; at <= limits.maxReactions; at++) {
      ana.send({ type: 'react', id: 10 + at, annotation: id, reaction: `:${at}:`, on: true })
    }
    expect(await refused(ana, 10 + limits.maxReactions)).toBe('reaction_limit')
  })
})

describe('a reply', () => {
  it('[A9] names what it replies to, which must be in the group', async () => {
    const ana = await come('Ana', 'a')
    const { id } = await say(ana, 'look')
    ana.send({ type: 'annotate', id: 4, text: 'yes', replyTo: id }, { type: 'annotate', id: 5, text: 'no', replyTo: 7 })
    expect(await acked(ana, 4)).toMatchObject({ replyTo: id })
    expect(await refused(ana, 5)).toBe('not_found')
    const { status, body } = await ask('POST', '/annotations', undefined, `text=hm&replyTo=${id + 1}`)
    expect([status, body.code, body.faults[0].pointer]).toEqual([404, 'not_found', '/replyTo'])
  })
})

describe('over HTTP', () => {
  /** An annotation of Ana's over HTTP; her secret is `a`. */
  async function written(text = 'teh'): Promise<Annotation> {
    return (await ask('POST', '/annotations', 'a', `text=${text}&author=Ana`)).body
  }

  it('[N8] an annotation is read alone, of either run', async () => {
    const talk = await written()
    const log = (await ask('POST', '/annotations', 'a', 'text=line&kind=log')).body
    for (const one of [talk, log]) {
      const { status, body } = await ask('GET', `/annotations/${one.id}`)
      expect([status, body]).toEqual([200, one])
      expect(decodeValue(annotationSchema, body).ok).toBe(true)
    }
    for (const id of [talk.id - 1, talk.id + 1, 0, 'x', '99999999999999999999']) {
      expect((await ask('GET', `/annotations/${id}`)).status).toBe(404)
    }
  })

  it('[N8] [N9] is revised by its author, in a form or in JSON', async () => {
    const { id } = await written()
    const { status, headers, body } = await ask('PATCH', `/annotations/${id}`, 'a', 'text=the')
    expect([status, body.text, headers.get('chartroom-cursor')]).toEqual([200, 'the', expect.stringMatching(/:2$/)])
    const response = await fetch(at(`/annotations/${id}`), {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json', 'Chartroom-Secret': 'a' },
      body: '{"text":"The"}',
    })
    expect(JSON.parse(await response.text())).toMatchObject({ id, text: 'The', revision: 3 })
  })

  it('[N9] is revised and retracted by nobody else', async () => {
    const { id } = await written()
    const { id: free } = (await ask('POST', '/annotations', undefined, 'text=green&author=ci')).body
    for (const [method, secret, annotation] of [
      ['PATCH', 't', id],
      ['PATCH', undefined, id],
      ['PATCH', 'a', free],
      ['DELETE', 't', id],
      ['DELETE', undefined, free],
    ] as const) {
      const body = method === 'PATCH' ? 'text=stolen' : undefined
      const refusal = await ask(method, `/annotations/${annotation}`, secret, body)
      expect([refusal.status, refusal.body.code]).toEqual([403, 'not_author'])
    }
  })

  it.each([
    ['', 400, 'text_missing'],
    [`text=${'x'.repeat(limits.maxTextLength + 1)}`, 400, 'text_too_long'],
    [`text=${'x'.repeat(limits.maxFrameBytes)}`, 413, 'body_too_large'],
  ])('[N9] is not revised by a body that is none (%#)', async (body, status, code) => {
    const { id } = await written()
    const refusal = await ask('PATCH', `/annotations/${id}`, 'a', body)
    expect([refusal.status, refusal.body.code]).toEqual([status, code])
  })

  it('[N9] [W2] is retracted, once', async () => {
    const { id } = await written('wombat')
    const retract = () => ask('DELETE', `/annotations/${id}`, 'a', undefined, { 'Idempotency-Key': 'k' })
    const first = await retract()
    expect([first.status, first.body.retracted, first.body.text]).toEqual([200, true, ''])
    expect((await retract()).body).toEqual(first.body)
    expect((await ask('DELETE', `/annotations/${id}`, 'a')).status).toBe(404)
    expect(await everything('wombat')).not.toContain('wombat')
  })

  it('[N10] is reacted to under a name that is held from then on', async () => {
    const { id } = await written()
    const reaction = `/annotations/${id}/reactions/${encodeURIComponent('👍')}`
    const given = await ask('PUT', `${reaction}?author=Wei`, 'w')
    expect([given.status, given.body.reactions]).toEqual([200, { '👍': ['Wei'] }])
    expect((await ask('PUT', `${reaction}?author=wei`, 'x')).body.code).toBe('name_held')
    expect((await ask('PUT', `${reaction}?author=ci`)).body.code).toBe('not_holder')
    expect((await ask('PUT', reaction, 'w')).body.code).toBe('name_missing')
    const taken = await ask('DELETE', `${reaction}?author=Wei`, 'w')
    expect(taken.body).not.toHaveProperty('reactions')
  })

  it('[N10] [X2] names what is wrong with a reaction', async () => {
    const { id } = await written()
    const long = await ask('PUT', `/annotations/${id}/reactions/${'x'.repeat(17)}?author=Wei`, 'w')
    expect([long.status, long.body.faults[0].pointer]).toEqual([400, '/reaction'])
    const blank = await ask('PUT', `/annotations/${id}/reactions/x?author=%20`, 'w')
    expect([blank.status, blank.body.faults[0].pointer]).toEqual([400, '/author'])
  })

  it('[X3] other methods are 405, and say which are right', async () => {
    const { id } = await written()
    const one = await ask('PUT', `/annotations/${id}`, 'a')
    expect([one.status, one.headers.get('allow')]).toEqual([405, 'GET, PATCH, DELETE'])
    const reaction = await ask('GET', `/annotations/${id}/reactions/x`)
    expect([reaction.status, reaction.headers.get('allow')]).toEqual([405, 'PUT, DELETE'])
  })

  it('[T4] [X1] a page of another origin changes nothing', async () => {
    const { id } = await written()
    const refusal = await ask('DELETE', `/annotations/${id}`, 'a', undefined, { Origin: 'http://evil.example' })
    expect([refusal.status, refusal.body.code]).toEqual([403, 'origin'])
  })

  it('[V4] [U2] comes to who follows on the wire, and what follows on the wire is there over HTTP', async () => {
    const wei = await come('Wei', 'w', 100)
    const { id } = await written()
    await ask('PATCH', `/annotations/${id}`, 'a', 'text=the')
    const { annotations } = await wei.next('update', ({ to }) => to === 2)
    const page = decodeValue(annotationPage, (await ask('GET', '/annotations')).body)
    const snapshot = decodeValue(update, (await ask('GET', '')).body)
    expect([page.ok && page.value.annotations, snapshot.ok && snapshot.value.annotations]).toEqual([
      annotations,
      annotations,
    ])
  })
})
