import {
  type Annotation,
  type AnnotationPage,
  annotationPage,
  applyPage,
  applyUpdate,
  createState,
  decodeValue,
  limits,
  type RunName,
  update,
} from '@chartroom/shared'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../support/running-server.ts'
import { greet, type WireClient } from '../support/wire-client.ts'

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

async function come(name: string): Promise<WireClient> {
  const client = await greet(`${server.url}/ws/${group}`, name)
  clients.push(client)
  return client
}

/** Has a link write annotations, and returns them as they were acknowledged. */
async function write(client: WireClient, kind: 'note' | 'log' | 'alert', texts: readonly string[]) {
  const written: Annotation[] = []
  for (const [at, text] of texts.entries()) client.send({ type: 'annotate', id: 100 + at, text, kind })
  for (const at of texts.keys()) {
    const { annotation } = await client.next('ack', ({ id }) => id === 100 + at)
    if (annotation !== undefined) written.push(annotation)
  }
  return written
}

const lines = (count: number, word = 'line') => Array.from({ length: count }, (_, at) => `${word} ${at}`)

async function read(path: string): Promise<unknown> {
  return JSON.parse(await (await fetch(`${server.url}/api/groups/${group}${path}`)).text())
}

async function page(run: RunName, before: number, limit = 200): Promise<AnnotationPage> {
  const decoded = decodeValue(annotationPage, await read(`/annotations?run=${run}&before=${before}&limit=${limit}`))
  if (!decoded.ok) throw new Error(decoded.refusal.message)
  return decoded.value
}

describe('10 messages and 300 logs', () => {
  it('[U7] [J1] [N3] [N5] are a snapshot with all the talk and 100 logs, and pages of both runs', async () => {
    const ana = await come('Ana')
    const [talk, logs]: [Annotation[], Annotation[]] = [[], []]
    for (let part = 0; part < 10; part++) {
      talk.push(...(await write(ana, 'note', [`talk ${part}`])))
      logs.push(...(await write(ana, 'log', lines(30))))
    }
    const snapshot = decodeValue(update, await read(''))
    if (!snapshot.ok) throw new Error(snapshot.refusal.message)
    const { annotations = [], earlier, earlierLog } = snapshot.value
    expect(annotations.filter(({ kind }) => kind !== 'log').map(({ id }) => id)).toEqual(talk.map(({ id }) => id))
    expect(annotations.filter(({ kind }) => kind === 'log')).toEqual(logs.slice(-limits.updateLogs))
    expect([earlier, earlierLog]).toEqual([0, logs.at(-limits.updateLogs)?.id])

    const state = createState(group)
    applyUpdate(state, snapshot.value)
    while (state.logs.earlier !== 0) {
      const asked = state.logs.earlier
      expect(applyPage(state, await page('logs', asked, 70), asked, 'logs')).toBe(true)
    }
    expect(state.logs.annotations).toEqual(logs)
    expect((await page('talk', 0)).annotations.map(({ id }) => id)).toEqual(talk.map(({ id }) => id).toReversed())
    expect(await read('/annotations')).toEqual(await page('talk', 0, limits.pageAnnotations))
  })
})

describe('a storm of logs', () => {
  it('[J3] [J4] between two rounds does not become a snapshot, and takes no talk away', async () => {
    const [ana, slow] = [await come('Ana'), await come('Wei')]
    slow.send({ type: 'subscribe', id: 2, paceMs: 60_000 })
    const state = createState(group)
    applyUpdate(state, await slow.next('update'))
    await write(ana, 'note', ['before'])
    applyUpdate(state, await slow.next('update'))
    const logs = await write(ana, 'log', lines(limits.rememberedChanges + 200))
    await write(ana, 'note', ['after'])
    const difference = await slow.next('update')
    expect(difference.from).toBe(1)
    expect(difference.earlierLog).toBe(logs.at(-limits.updateLogs)?.id)
    expect(applyUpdate(state, difference)).toBe('merged')
    expect(state.talk.annotations.map(({ text }) => text)).toEqual(['before', 'after'])
    expect(state.logs.annotations).toEqual(logs.slice(-limits.updateLogs))
  })

  it('[J3] waits for the pace, and goes with the next message', async () => {
    const [ana, slow] = [await come('Ana'), await come('Wei')]
    slow.send({ type: 'subscribe', id: 2, paceMs: 60_000 })
    await slow.next('update')
    await write(ana, 'note', ['before'])
    await slow.next('update')
    const logs = await write(ana, 'log', lines(20))
    const talk = await write(ana, 'note', ['after'])
    expect((await slow.next('update')).annotations).toEqual([...logs, ...talk])
  })
})

describe('an alert', () => {
  it('[J2] that is said again is a log that names the first, on the wire and over HTTP', async () => {
    const ci = await come('ci')
    const [first, second] = await write(ci, 'alert', ['disk full', 'disk full'])
    expect([first?.repeats, second?.repeats]).toEqual([undefined, first?.id])
    const response = await fetch(`${server.url}/api/groups/${group}/annotations`, {
      method: 'POST',
      headers: { 'Chartroom-Secret': 'secret of ci' },
      body: new URLSearchParams({ text: 'disk full', kind: 'alert', author: 'ci' }),
    })
    expect(JSON.parse(await response.text())).toMatchObject({ repeats: first?.id })
    expect((await page('talk', 0)).annotations).toEqual([first])
    expect((await page('logs', 0)).annotations).toHaveLength(2)
  })
})

describe('a page', () => {
  it('[N3] of a run that is none is refused with its place', async () => {
    expect(await read('/annotations?run=both')).toMatchObject({ status: 400, faults: [{ pointer: '/run' }] })
  })
})
