import { type Annotation, annotationPage, decodeValue, type ServerEnvelope, update } from '@chartroom/shared'
import fc from 'fast-check'
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

const secretOf = (name: string) => `secret of ${name}`

/** Somebody who follows the group, under a name that a secret holds. */
async function come(name: string, secret: string | null = secretOf(name)): Promise<WireClient> {
  const client = await new WireClient(`${server.url}/ws/${group}`).opened()
  clients.push(client)
  client.send({ type: 'hello', id: 1, name, ...(secret === null ? {} : { secret }) })
  client.send({ type: 'subscribe', id: 2, paceMs: 100 })
  await client.next('update')
  return client
}

/** Somebody who follows the group and their inbox. */
async function comeWithInbox(name: string): Promise<WireClient> {
  const client = await come(name)
  client.send({ type: 'subscribe', id: 3, group: inbox(name), paceMs: 100 })
  await client.next('update', (envelope) => envelope.group === inbox(name))
  return client
}

const inbox = (name: string) => `${group}/@${name.toLowerCase()}`

/** Has a link write to somebody. */
async function tell(client: WireClient, text: string, ...recipients: string[]): Promise<Annotation> {
  client.send({ type: 'annotate', id: 4, text, recipients })
  const { annotation } = await client.next('ack', ({ id }) => id === 4)
  if (annotation === undefined) throw new Error('The ack has no annotation.')
  return annotation
}

const has = (id: number, in_: string) => (envelope: Extract<ServerEnvelope, { type: 'update' }>) =>
  envelope.group === in_ && envelope.annotations?.some((annotation) => annotation.id === id) === true

/** Asks over HTTP below a group or an inbox. */
function ask(path: string, { secret, ...init }: RequestInit & { secret?: string } = {}): Promise<Response> {
  const headers = secret === undefined ? {} : { 'chartroom-secret': secret }
  return fetch(`${server.url}/api/groups/${path}`, { ...init, headers: { ...headers, ...init.headers } })
}
const at = (name: string) => encodeURIComponent(inbox(name))

describe('a direct message', () => {
  it('[A7] [M6] reaches its recipients and author in their inboxes, and nobody else', async () => {
    const [ana, bob, cem] = [await comeWithInbox('Ana'), await comeWithInbox('Bob'), await comeWithInbox('Cem')]
    ana.send({ type: 'annotate', id: 4, text: 'hush', recipients: ['bob'] })
    const { group: acked, cursor, annotation } = await ana.next('ack', ({ id }) => id === 4)
    expect([acked, cursor]).toEqual([inbox('ana'), expect.stringMatching(/:1$/)])
    expect(annotation).toMatchObject({ author: 'Ana', text: 'hush', recipients: ['Bob'] })
    const id = annotation?.id ?? 0
    expect((await bob.next('update', has(id, inbox('bob')))).annotations).toEqual([annotation])
    expect((await ana.next('update', has(id, inbox('ana')))).annotations).toEqual([annotation])
    cem.send({ type: 'annotate', id: 5, text: 'hello all' })
    await cem.next('update', ({ annotations = [] }) => annotations.some(({ text }) => text === 'hello all'))
    expect(JSON.stringify(cem.envelopes)).not.toContain('hush')
  })

  it('[M6] [S1] [S2] is resumed by the cursor of its inbox, which counts nobody and has its own place on a link', async () => {
    const [ana, bob] = [await come('Ana'), await come('Bob')]
    const first = await tell(ana, 'one', 'bob')
    bob.send({ type: 'subscribe', id: 5, group: `${group.toUpperCase()}/@BOB` })
    expect(await bob.next('ack', ({ id }) => id === 5)).toMatchObject({ group: inbox('bob'), paceMs: 1_000 })
    const { epoch, to, annotations } = await bob.next('update', (envelope) => envelope.group === inbox('bob'))
    expect(annotations).toEqual([first])
    const presence = await bob.next('presence', (envelope) => envelope.group === inbox('bob'))
    expect(presence).toMatchObject({ count: 0, people: [] })
    bob.send({ type: 'unsubscribe', id: 6, group: inbox('bob') })
    await bob.next('ack', ({ id }) => id === 6)
    const second = await tell(ana, 'two', 'bob')
    bob.send({ type: 'subscribe', id: 7, group: inbox('bob'), cursor: `${epoch}:${to}` })
    expect(await bob.next('update', (envelope) => envelope.group === inbox('bob'))).toMatchObject({
      from: to,
      annotations: [{ id: second.id }],
    })
  })

  it('[M6] lets nobody but the holder follow an inbox', async () => {
    await come('Bob')
    const others = [await come('Ana'), await come('Bob', null), await come('Bob', 'another secret')]
    for (const other of others) {
      other.send({ type: 'subscribe', id: 5, group: inbox('bob') })
      expect(await other.next('error')).toMatchObject({ id: 5, code: 'not_holder' })
    }
  })

  it('[A7] is refused where nobody holds the name', async () => {
    const ana = await come('Ana')
    ana.send({ type: 'annotate', id: 5, text: 'hush', recipients: ['Dan'] })
    expect(await ana.next('error')).toMatchObject({ id: 5, code: 'no_such_holder', temporary: false })
  })

  it('[A7] [M4] comes from who holds no name too, who is told nothing of the inbox', async () => {
    const [ana, nobody] = [await comeWithInbox('Ana'), await come('Eve', null)]
    await tell(ana, 'note to self', 'ana')
    await ana.next('update', (envelope) => envelope.group === inbox('ana'))
    nobody.send({ type: 'annotate', id: 5, text: 'hush', recipients: ['Ana'] })
    const { annotation, ...ack } = await nobody.next('ack', ({ id }) => id === 5)
    expect(ack).toEqual({ type: 'ack', id: 5, group, cursor: expect.stringMatching(/:1$/) })
    expect(annotation).toMatchObject({ author: 'Eve', unheld: true, recipients: ['Ana'], revision: 1 })
    const { annotations } = await ana.next('update', (envelope) => envelope.group === inbox('ana'))
    expect(annotations).toEqual([{ ...annotation, revision: 2 }])
    const script = new URLSearchParams({ author: 'ci', text: 'built', recipients: 'ana' })
    const posted = await ask(`${group}/annotations`, { method: 'POST', body: script })
    expect([posted.status, posted.headers.get('chartroom-cursor')]).toEqual([201, expect.stringMatching(/:1$/)])
    expect(await posted.json()).toMatchObject({ author: 'ci', unheld: true })
    expect(await (await ask(`${group}/annotations`)).json()).toMatchObject({ annotations: [] })
  })

  it('[M8] is revised, retracted and reacted to in the inbox of who does it, and so in all', async () => {
    const [ana, bob] = [await comeWithInbox('Ana'), await comeWithInbox('Bob')]
    const { id } = await tell(ana, 'hush', 'bob')
    bob.send({ type: 'react', id: 5, group: inbox('bob'), annotation: id, reaction: '+1', on: true })
    await bob.next('ack', (ack) => ack.id === 5)
    const isEdited = ({ annotations = [] }: { annotations?: readonly Annotation[] | undefined }) =>
      annotations.some(({ text }) => text === 'psst')
    ana.send({ type: 'revise', id: 6, group: inbox('ana'), annotation: id, text: 'psst' })
    expect((await ana.next('ack', (ack) => ack.id === 6)).annotation).toMatchObject({ reactions: { '+1': ['Bob'] } })
    await bob.next('update', isEdited)
    bob.send({ type: 'retract', id: 7, group: inbox('bob'), annotation: id })
    expect(await bob.next('error')).toMatchObject({ id: 7, code: 'not_author' })
    ana.send({ type: 'retract', id: 8, group: inbox('ana'), annotation: id })
    await bob.next('update', ({ annotations = [] }) => annotations.some(({ retracted }) => retracted === true))
  })

  it('[M9] finds in an inbox nothing to write to but its messages', async () => {
    const ana = await comeWithInbox('Ana')
    ana.send({ type: 'annotate', id: 5, group: inbox('ana'), text: 'note to self' })
    expect(await ana.next('error')).toMatchObject({ id: 5, code: 'malformed' })
    ana.send({ type: 'arrange', id: 6, group: inbox('ana'), edits: [{ type: 'replace', board: null }] })
    expect(await ana.next('error')).toMatchObject({ id: 6, code: 'malformed' })
    for (const [method, path] of [
      ['POST', 'metrics'],
      ['GET', 'board'],
      ['GET', 'history'],
      ['GET', 'history.csv'],
    ] as const) {
      const answer = await ask(`${at('ana')}/${path}`, { method, secret: secretOf('Ana') })
      expect(answer.status).toBe(404)
    }
  })
})

describe('a direct message over HTTP', () => {
  const post = (body: URLSearchParams | object, name = 'Ana') =>
    ask(`${group}/annotations`, {
      method: 'POST',
      secret: secretOf(name),
      ...(body instanceof URLSearchParams
        ? { body }
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  const read = async (path: string, secret: string) => {
    const answer = await ask(path, { secret })
    const page = decodeValue(annotationPage, await answer.json())
    if (!page.ok) throw new Error(page.refusal.message)
    return { headers: answer.headers, texts: page.value.annotations.map(({ text }) => text) }
  }

  it('[A7] [N2] is written with recipients, as JSON and as a form, by who holds a name', async () => {
    const bob = await comeWithInbox('Bob')
    const answer = await post({ author: 'Ana', text: 'hush', recipients: ['bob'] })
    expect([answer.status, answer.headers.get('chartroom-cursor')]).toEqual([201, expect.stringMatching(/:1$/)])
    const form = new URLSearchParams([
      ['author', 'Ana'],
      ['text', 'psst'],
      ['recipients', 'bob'],
      ['recipients', 'ana'],
    ])
    expect(await (await post(form)).json()).toMatchObject({ text: 'psst', recipients: ['Bob', 'Ana'] })
    await bob.next('update', ({ annotations = [] }) => annotations.some(({ text }) => text === 'psst'))
  })

  it('[A7] is refused, and never told to all: no holder, no recipient', async () => {
    await come('Bob')
    const codeOf = async (answer: Response) => [answer.status, (await answer.json()).code]
    const draft = { author: 'Ana', text: 'hush', recipients: ['bob'] }
    expect(await codeOf(await post({ ...draft, recipients: ['Dan'] }))).toEqual([404, 'no_such_holder'])
    const empty = new URLSearchParams({ author: 'Ana', text: 'hush', recipients: '' })
    for (const body of [{ ...draft, recipients: [] }, { ...draft, recipients: 'bob' }, empty]) {
      expect(await codeOf(await post(body))).toEqual([400, 'malformed'])
    }
    expect(await (await ask(`${group}/annotations`)).json()).toMatchObject({ annotations: [] })
  })

  it('[M6] is paged, searched and read by who holds the name, and kept by no cache', async () => {
    await come('Bob')
    const { id } = (await (await post({ author: 'Ana', text: 'hush hush', recipients: ['bob'] })).json()) as Annotation // as 201 says
    for (const path of [`${at('bob')}/annotations`, `${at('bob')}/search?q=hush`]) {
      const { headers, texts } = await read(path, secretOf('Bob'))
      expect([texts, headers.get('cache-control')]).toEqual([['hush hush'], 'private, no-store'])
    }
    const one = await ask(`${at('bob')}/annotations/${id}`, { secret: secretOf('Bob') })
    expect([await one.json(), one.headers.get('cache-control')]).toMatchObject([{ id }, 'private, no-store'])
    const whole = await ask(at('bob'), { secret: secretOf('Bob') })
    expect(whole.headers.get('cache-control')).toBe('private, no-store')
    expect(decodeValue(update, await whole.json())).toMatchObject({ ok: true, value: { annotations: [{ id }] } })
    for (const path of ['', '/annotations', '/search?q=hush', `/annotations/${id}`]) {
      for (const other of [{}, { secret: secretOf('Ana') }]) {
        const answer = await ask(`${at('bob')}${path}`, other)
        expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'not_holder' }])
      }
    }
  })

  it('[M8] [N9] [N10] is revised, reacted to and retracted at its address in an inbox', async () => {
    await come('Bob')
    const { id } = (await (await post({ author: 'Ana', text: 'hush', recipients: ['bob'] })).json()) as Annotation // as 201 says
    const [mine, theirs] = [`${at('ana')}/annotations/${id}`, `${at('bob')}/annotations/${id}`]
    const body = new URLSearchParams({ text: 'psst' })
    expect(await (await ask(mine, { method: 'PATCH', secret: secretOf('Ana'), body })).json()).toMatchObject({
      text: 'psst',
    })
    const react = await ask(`${theirs}/reactions/ok?author=Bob`, { method: 'PUT', secret: secretOf('Bob') })
    expect(await react.json()).toMatchObject({ text: 'psst', reactions: { ok: ['Bob'] } })
    expect((await ask(theirs, { method: 'DELETE', secret: secretOf('Bob') })).status).toBe(403)
    expect((await ask(mine, { method: 'DELETE', secret: secretOf('Ana') })).status).toBe(200)
    const { texts } = await read(`${at('bob')}/annotations`, secretOf('Bob'))
    expect(texts).toEqual([''])
  })

  it('[M9] [R2] leaves the list of groups, and what anybody reads of its group, as they were', async () => {
    await come('Bob')
    await ask(`${group}/annotations`, { method: 'POST', body: new URLSearchParams({ text: 'for all' }) })
    const look = async () => [await (await ask('')).text(), (await ask(group)).headers.get('etag')]
    const before = await look()
    await post({ author: 'Ana', text: 'hush', recipients: ['bob'] })
    expect(await look()).toEqual(before)
  })
})

const people = ['ana', 'bob', 'cem'] as const
const person = fc.constantFrom(...people)
const deed = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      word: fc.constant('write' as const),
      from: person,
      to: fc.uniqueArray(person, { minLength: 1, maxLength: 2 }),
      kind: fc.constantFrom('note' as const, 'log' as const, 'alert' as const, 'deploy' as const),
      isHttp: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      word: fc.constantFrom('revise' as const, 'react' as const, 'retract' as const, 'slip' as const),
      pick: fc.nat({ max: 20 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ word: fc.constant('spy' as const), spy: person, pick: fc.nat({ max: 20 }) }) },
)
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never

interface Told {
  readonly annotation: Annotation
  readonly from: string
  readonly parties: ReadonlySet<string>
}

/** A group in which people write to one another, while others look at all there is to see. */
class Gossip {
  /** The words of each message and edit, and who may see them. */
  readonly words = new Map<string, ReadonlySet<string>>()
  /** All that somebody was sent, and shown over HTTP. */
  readonly #read = new Map<string, string>()
  readonly #told: Told[] = []
  readonly #links = new Map<string, WireClient>()
  #count = 0

  async come(): Promise<void> {
    for (const name of people) this.#links.set(name, await comeWithInbox(name))
    this.#links.set('reader', await come('reader', null))
    for (const [name, { socket }] of this.#links) socket.on('message', (data) => this.#shown(name, String(data)))
  }

  async take(one: Deed): Promise<void> {
    if (one.word === 'write') return this.#write(one)
    const told = this.#told[one.pick % Math.max(1, this.#told.length)]
    if (told === undefined) return
    if (one.word === 'spy') return this.#spy(one.spy, told)
    const { annotation, from, parties } = told
    const edit = { id: ++this.#count + 10, group: inbox(from), annotation: annotation.id }
    const word = this.#word(parties)
    if (one.word === 'slip') return this.#slip(from, [...parties], edit.id, word)
    if (one.word === 'revise') return this.#asked(from, { ...edit, type: 'revise', text: word })
    if (one.word === 'retract') return this.#asked(from, { ...edit, type: 'retract' })
    return this.#asked(from, { ...edit, type: 'react', reaction: word.slice(0, 16), on: true })
  }

  /** Everybody looks everywhere, and who they are is told. */
  async look(): Promise<void> {
    for (const [name, secret] of [
      ...people.map((name) => [name, secretOf(name)] as const),
      ['reader', undefined] as const,
    ]) {
      for (const place of [group, ...people.map((other) => at(other))]) {
        const words = [...this.words.keys()].slice(-3)
        const paths = [
          '',
          '/annotations',
          '/annotations?run=logs',
          '/history',
          '/changes?waitMs=0',
          '/board',
          ...words.map((q) => `/search?q=${q}`),
        ]
        for (const path of paths) await this.#get(name, `${place}${path}`, secret)
      }
      await this.#get(name, '', secret)
      const places = [group, ...people.map((other) => inbox(other))].map(encodeURIComponent)
      await this.#get(name, `../changes?groups=${places.join(',')}&waitMs=0`, secret)
    }
    // Each has all that was written before this.
    for (const [name, link] of this.#links) {
      const last = `goodbye ${name} ${++this.#count}`
      link.send({ type: 'annotate', id: 5, text: last })
      await link.next('update', ({ annotations = [] }) => annotations.some(({ text }) => text === last))
    }
  }

  /** What somebody was sent and shown. */
  seenBy(name: string): string {
    return this.#read.get(name) ?? ''
  }

  async #write({ from, to, kind, isHttp }: Extract<Deed, { word: 'write' }>): Promise<void> {
    const parties = new Set([from, ...to])
    const text = this.#word(parties)
    const annotation = isHttp
      ? await this.#posted({ author: from, text, recipients: to, kind })
      : await this.#sent(from, { text, recipients: to, kind })
    this.#told.push({ annotation, from, parties })
  }

  async #posted(draft: Pick<Annotation, 'author' | 'text' | 'kind'> & { recipients: string[] }): Promise<Annotation> {
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', secret: secretOf(draft.author), body: JSON.stringify(draft), headers }
    return (await (await ask(`${group}/annotations`, init)).json()) as Annotation // a 201: nothing in it is refused
  }

  async #sent(from: string, draft: Pick<Annotation, 'text' | 'kind'> & { recipients: string[] }): Promise<Annotation> {
    const id = ++this.#count + 10
    this.#links.get(from)?.send({ type: 'annotate', id, ...draft })
    const ack = await this.#links.get(from)?.next('ack', (envelope) => envelope.id === id)
    if (ack?.annotation === undefined) throw new Error('The ack has no annotation.')
    return ack.annotation
  }

  async #asked(from: string, envelope: Parameters<WireClient['send']>[0] & { readonly id: number }): Promise<void> {
    const link = this.#links.get(from)
    link?.send(envelope)
    link?.send({ type: 'ping', id: envelope.id + 100_000 })
    await link?.next('pong', ({ id }) => id === envelope.id + 100_000)
  }

  // What is refused is told to nobody either.
  async #slip(from: string, recipients: string[], id: number, word: string): Promise<void> {
    await this.#asked(from, { type: 'annotate', id, text: word, recipients, pin: { metric: word } })
    await this.#asked(from, { type: 'annotate', id, text: 'hush', recipients: [word] })
    this.#links.get(from)?.socket.send(`{"type":"annotate","id":${id},"text":"${word}","recipients":["bob"],}`)
    const headers = { 'content-type': 'application/json' }
    for (const body of [`{"text":"${word}","recipients":["bob"]`, `{"text":"${word}","recipients":"${word}"}`]) {
      await ask(`${group}/annotations`, { method: 'POST', secret: secretOf(from), body, headers })
    }
    await ask(`${at(from)}/annotations/1/reactions/${word.slice(0, 16)}?author=${from}`, { method: 'PUT' })
  }

  // Somebody tries what is not for them.
  async #spy(spy: string, { annotation, from }: Told): Promise<void> {
    await this.#asked(spy, { type: 'revise', id: ++this.#count + 10, group, annotation: annotation.id, text: 'mine' })
    await this.#asked(spy, {
      type: 'react',
      id: ++this.#count + 10,
      group,
      annotation: annotation.id,
      reaction: '?',
      on: true,
    })
    if (spy === from) return
    await this.#asked(spy, { type: 'subscribe', id: ++this.#count + 10, group: inbox(from) })
    await this.#get(spy, `${at(from)}/annotations/${annotation.id}`, secretOf(spy))
    await this.#get(spy, `${group}/annotations/${annotation.id}`, secretOf(spy))
  }

  #word(parties: ReadonlySet<string>): string {
    const word = `w${group}x${++this.#count}z`
    this.words.set(word, parties)
    return word
  }

  async #get(name: string, path: string, secret: string | undefined): Promise<void> {
    const answer = await ask(path, secret === undefined ? {} : { secret })
    this.#shown(name, `${JSON.stringify([...answer.headers])}${await answer.text()}`)
  }

  #shown(name: string, text: string): void {
    this.#read.set(name, `${this.#read.get(name) ?? ''}${text}`)
  }
}

describe('whatever is said in private', () => {
  it('[10] [M6] is in no frame and no answer to anybody else, and in no line of the log', () =>
    fc.assert(
      fc
        .asyncProperty(fc.array(deed, { minLength: 1, maxLength: 12 }), async (deeds) => {
          const gossip = new Gossip()
          await gossip.come()
          for (const one of deeds) await gossip.take(one)
          await gossip.look()
          const log = JSON.stringify(server.log)
          for (const [word, parties] of gossip.words) {
            const seers = [...people, 'reader'].filter((name) => gossip.seenBy(name).includes(word))
            expect(seers.filter((name) => !parties.has(name))).toEqual([])
            expect(log.includes(word)).toBe(false)
          }
        })
        .beforeEach(() => {
          group = `g${++groups}`
        })
        .afterEach(() => {
          for (const client of clients.splice(0)) client.close()
        }),
      { numRuns: 12 },
    ))
})
