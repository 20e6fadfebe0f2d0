// What every way in must do, once: each transport runs it, against a server in a process of its own.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type GroupState, limits } from '@chartroom/shared'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Following, FollowWish } from '../support/following.ts'
import { type RunningServer, startServer } from '../support/running-server.ts'

/** Makes somebody who follows; `state` is what they had before. */
export type MakeFollowing = (url: string, wish: FollowWish, state?: GroupState) => Following

/** Runs the contract on a transport. One that asks without a wait has no pace. */
export function describeTransport(name: string, make: MakeFollowing, kind: 'pushed' | 'asked'): void {
  describe(`transport: ${name}`, () => {
    let server: RunningServer
    let groups = 0
    let group: string
    const open: Following[] = []

    beforeAll(async () => {
      server = await startServer()
    })
    afterAll(() => server.stop())
    beforeEach(() => {
      group = `g${++groups}`
    })
    afterEach(() => {
      for (const one of open.splice(0)) one.cut()
    })

    async function follow(wish: Partial<FollowWish> = {}, state?: GroupState, url = server.url): Promise<Following> {
      const following = make(url, { group, ...wish }, state)
      open.push(following)
      await following.open()
      return following
    }

    async function post(path: string, body: unknown, secret?: string, url = server.url): Promise<Response> {
      const response = await fetch(`${url}/api/groups/${path}`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          ...(secret === undefined ? {} : { 'Chartroom-Secret': secret }),
        },
        body: JSON.stringify(body),
      })
      expect(response.status).toBeLessThan(300)
      return response
    }
    const number = async (value: number, metric = 'cpu', url = server.url): Promise<number> => {
      const receipt: unknown = await (await post(`${group}/metrics`, { [metric]: value }, undefined, url)).json()
      return Number(Object(receipt).revision)
    }
    const say = (text: string, url = server.url) =>
      post(`${group}/annotations`, { text, author: 'ann' }, undefined, url)
    const texts = ({ state }: Following) => state.talk.annotations.map(({ text }) => text)

    it('[S1] joins: what is granted, the whole group, and who is here', async () => {
      await number(5)
      await say('hi')
      const following = await follow({ name: 'Ana', secret: 'secret of Ana', paceMs: 250, windowMs: 60_000 })
      const ack = await following.next('ack')
      expect(ack).toMatchObject({ group, name: 'Ana', paceMs: 250, cursor: expect.stringMatching(/:2$/) })
      expect(await following.next('update')).toMatchObject({ from: 0, to: 2, values: [[1, 5]], window: {} })
      const presence = await following.next('presence', ({ count }) => count === 1)
      expect(presence.people).toEqual([{ name: 'Ana' }])
      expect(texts(following)).toEqual(['hi'])
    })

    it('[3] is answered with an update that is empty where nothing is new', async () => {
      const revision = await number(5)
      const first = await follow()
      await first.reached(revision)
      const second = await follow({ cursor: first.cursor }, first.state)
      expect(await second.next('update')).toMatchObject({ from: revision, to: revision })
    })

    it('[S6] is told what changes, at its pace, and conflated', async () => {
      const following = await follow({ paceMs: 500 })
      await following.next('update')
      if (kind === 'asked') following.pause()
      let revision = 0
      for (let value = 0; value < 40; value++) revision = await number(value)
      following.resume()
      await following.reached(revision)
      const steps = following.steps.filter(({ from, to }) => to > from)
      expect(steps.length).toBeLessThan(10)
      expect([...following.state.series.values()].map(({ value }) => value)).toEqual([39])
    })

    it('[S6] is told an annotation at once, with the numbers that wait', async () => {
      const following = await follow({ paceMs: 60_000 })
      await following.next('update')
      await following.reached(await number(1))
      await number(2)
      await say('now')
      await following.until(() => expect(texts(following)).toEqual(['now']))
      expect([...following.state.series.values()].map(({ value }) => value)).toEqual([2])
    })

    it('[S2] resumes after a cut at every point: nothing is missing, and nothing comes twice', async () => {
      const acts = [() => number(1), () => say('a'), () => number(2, 'disk'), () => say('b'), () => number(3)]
      for (let point = 0; point <= acts.length; point++) {
        group = `g${++groups}`
        const before = await follow()
        for (const act of acts.slice(0, point)) await act()
        if (point % 2 === 0) await before.reached(point)
        before.cut()
        const { cursor, state } = before
        for (const act of acts.slice(point)) await act()
        const after = await follow(state.revision === 0 ? {} : { cursor }, state)
        await after.reached(acts.length)
        expect(after.steps[0]?.from).toBe(Number(cursor.split(':')[1]))
        expect(texts(after)).toEqual(['a', 'b'])
        expect([...after.state.series.values()].map(({ value }) => value)).toEqual([3, 2])
        after.cut()
      }
    })

    it('[U3] gets the whole group where the difference cannot be told', async () => {
      const revision = await number(1)
      const following = await follow()
      await following.reached(revision)
      const epoch = following.state.epoch
      for (const cursor of ['another:1', `${epoch}:${revision + 100}`]) {
        const lost = await follow({ cursor })
        expect(await lost.next('update')).toMatchObject({ from: 0, to: revision })
      }
    })

    it('[P2] is told who is here when somebody comes and goes', async () => {
      const following = await follow({ name: 'Ana', secret: 'a' })
      await following.next('presence', ({ people }) => people.some(({ name }) => name === 'Ana'))
      const other = make(server.url, { group, name: 'Bob', secret: 'b' })
      open.push(other)
      await other.open()
      await following.next('presence', ({ people }) => people.some(({ name }) => name === 'Bob'))
      const said = await fetch(`${server.url}/api/groups/${group}/presence`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Chartroom-Secret': 'b' },
        body: JSON.stringify({ typing: true, metric: 'cpu' }),
      })
      expect(said.status).toBe(204)
      const presence = await following.next('presence', ({ people }) => people.some(({ typing }) => typing === true))
      expect(presence.people).toContainEqual({ name: 'Bob', typing: true, metric: 'cpu' })
    })

    it('[M8] brings a direct message to the inbox of its recipient, and to nobody else', async () => {
      const ana = await follow({ name: 'Ana', secret: 'a' })
      await ana.next('ack')
      const inbox = await follow({ group: `${group}/@ana`, secret: 'a' })
      await inbox.next('update')
      await post(`${group}/annotations`, { text: 'psst', author: 'Bob', recipients: ['Ana'] }, 'b')
      await say('aloud')
      await inbox.until(() => expect(texts(inbox)).toEqual(['psst']))
      await ana.until(() => expect(texts(ana)).toEqual(['aloud']))
      const other = await follow({ group: `${group}/@ana`, secret: 'b' })
      await other.until(() => {
        const code = other.refusal ?? other.envelopes.find((one) => one.type === 'error')?.code
        expect(code).toBe('not_holder')
      })
    })

    it('[S7] catches up after it did not read for a while', async () => {
      const following = await follow()
      await following.next('update')
      following.pause()
      const samples = Array.from({ length: limits.maxSeriesPerGroup / 4 }, (_, at) => ({ metric: `m${at}`, value: 0 }))
      for (let turn = 0; turn < 20; turn++) {
        await post(
          `${group}/metrics`,
          samples.map((sample) => ({ ...sample, value: turn })),
        )
      }
      await say('last')
      following.resume()
      await following.until(() => expect(texts(following)).toEqual(['last']))
      expect(new Set([...following.state.series.values()].map(({ value }) => value))).toEqual(new Set([19]))
    })

    it('[U9] goes on in the epoch after the server was started again, and is told when it goes', async () => {
      const data = await mkdtemp(join(tmpdir(), 'chartroom-'))
      const old = await startServer('--data', data)
      const before = await follow({}, undefined, old.url)
      const revision = await number(1, 'cpu', old.url)
      await before.reached(revision)
      await old.stop()
      await before.until(() => expect(before.isOver).toBe(true))
      const fresh = await startServer('--data', data)
      try {
        const last = await number(2, 'cpu', fresh.url)
        const after = await follow({ cursor: before.cursor }, before.state, fresh.url)
        await after.reached(last)
        expect(after.steps[0]).toEqual({ from: revision, to: last })
        after.cut()
      } finally {
        await fresh.stop()
        await rm(data, { recursive: true })
      }
    })
  })
}
