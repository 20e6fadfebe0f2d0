// Owns the ways in that viewers take: our client's, a script's, and those of Socket.IO. How many take them is viewers.ts's.

import { connect } from '@chartroom/shared/client'
import { chartroom } from '../subjects/chartroom.ts'
import { socketIo } from '../subjects/controls.ts'
import type { Subject } from '../subjects/subject.ts'
import type { Browser, ClientWay } from './browser.ts'

/** What a viewer comes to see. */
export interface Sight {
  /** Of the server. */
  readonly url: string
  readonly group: string
  /** Somebody else for each viewer. */
  readonly secret: string
  /** It was shown numbers. */
  readonly onUpdate: () => void
}

/** A way in, by a server of its own. */
export interface Way {
  readonly name: string
  readonly subject: Subject
  /** Lets a viewer in; returns its end. */
  enter(browser: Browser, sight: Sight): () => void
}

/** All ways that are compared, the cheapest for the server at the end. */
export const ways: readonly Way[] = [
  ours('poll each 1 s', 'poll', { paceMs: 1_000 }),
  ours('poll each 2 s', 'poll', { paceMs: 2_000 }),
  {
    name: 'snapshot with ETag each 1 s',
    subject: chartroom,
    enter: (browser, sight) => askAgain(browser, sight, 1_000),
  },
  ours('long poll', 'long-poll'),
  ours('event stream', 'event-stream'),
  ours('WebSocket', 'websocket'),
  ours('WebSocket, packed', 'websocket', { takesPacked: true }),
  { name: 'Socket.IO, its poll', subject: socketIo, enter: pollSocketIo },
  { name: 'Socket.IO, WebSocket', subject: socketIo, enter: openSocketIo },
]

function ours(name: string, way: ClientWay, { paceMs = 1_000, takesPacked = false } = {}): Way {
  return {
    name,
    subject: chartroom,
    enter(browser, { url, group, secret, onUpdate }) {
      const room = connect(url, { group, secret, paceMs, platform: browser.platform(way, takesPacked) })
      room.on('update', onUpdate)
      return () => room.close()
    },
  }
}

// What a script does, and what a page without our client would.
function askAgain(browser: Browser, { url, group, onUpdate }: Sight, everyMs: number): () => void {
  let etag: string | undefined
  return loop(async () => {
    const headers = { Accept: 'application/json', ...(etag === undefined ? {} : { 'If-None-Match': etag }) }
    const answer = await browser.ask(`${url}/api/groups/${group}`, { method: 'GET', headers })
    etag = answer.headers.etag
    await answer.text()
    if (answer.ok) onUpdate()
  }, everyMs)
}

// Engine.IO 4 in text: packets are divided by this, a message of Socket.IO begins with 42, and 2 is answered with 3.
const divider = '\u001e'

function pollSocketIo(browser: Browser, { url, group, onUpdate }: Sight): () => void {
  const base = `${url}/socket.io/?EIO=4&transport=polling&groups=${group}`
  let session = ''
  const say = async (body: string) => {
    const headers = { 'Content-Type': 'text/plain;charset=UTF-8', Origin: url }
    await (await browser.ask(base + session, { method: 'POST', headers, body })).text()
  }
  return loop(async () => {
    const answer = await browser.ask(base + session, { method: 'GET', headers: { Accept: '*/*' } })
    for (const packet of (await answer.text()).split(divider)) {
      if (packet.startsWith('42')) onUpdate()
      if (packet === '2') await say('3')
      if (!packet.startsWith('0{')) continue
      session = `&sid=${sidOf(packet)}`
      await say('40')
    }
  }, 0)
}

function sidOf(packet: string): string {
  return /"sid":"([^"]+)"/.exec(packet)?.[1] ?? ''
}

function openSocketIo(browser: Browser, { url, group, onUpdate }: Sight): () => void {
  const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket&groups=${group}`
  const socket = browser.openSocket(address, undefined, true)
  socket.on('open', () => socket.send('40'))
  socket.on('message', (data) => {
    const packet = String(data)
    if (packet.startsWith('42')) onUpdate()
    if (packet === '2') socket.send('3')
  })
  return () => socket.close()
}

// Until it is ended; what is cut by its end is no failure.
function loop(turn: () => Promise<void>, restMs: number): () => void {
  let isOver = false
  const run = async () => {
    while (!isOver) {
      await turn()
      if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs))
    }
  }
  run().catch((error: unknown) => {
    if (!isOver) throw error
  })
  return () => {
    isOver = true
  }
}
