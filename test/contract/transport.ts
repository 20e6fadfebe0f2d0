// What every way in must do, once: each transport runs it, against a server in a process of its own.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { limits } from '@chartroom/shared'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Following, type FollowWish, SocketFollowing } from '../support/following.ts'
import { differenceFrom } from '../support/receiver.ts'
import { type RunningServer, startServer } from '../support/running-server.ts'
import { Scissors } from '../support/scissors.ts'
import { readGroup } from '../support/whole-group.ts'

/** Makes somebody who follows. */
export type MakeFollowing = (url: string, wish: FollowWish) => Following

/** Runs the contract on a transport. One that asks without a wait has no pace. */
export function describeTransport(name: string, make: MakeFollowing, kind: 'pushed' | 'asked'): void {
  describe(`transport: ${name}`, () => {
    let server: RunningServer
    let groups = 0
    let group: string
    const closing: (() => unknown)[] = []

    beforeAll(async () => {
      server = await startServer()
    })
    afterAll(() => server.stop())
    beforeEach(() => {
      group = `g${++groups}`
    })
    afterEach(async () => {
      for (const close of closing.splice(0)) await close()
    })

    async function another(...args: string[]): Promise<RunningServer> {
      const started = await startServer(...args)
      closing.push(() => started.stop())
      return started
    }

    function somebody(wish: Partial<FollowWish> = {}, url = server.url): Following {
      const following = make(url, { group, ...wish })
      closing.push(() => following.end())
      return following
    }

    async function follow(wish: Partial<FollowWish> = {}, url = server.url): Promise<Following> {
      const following = somebody(wish, url)
      await following.open()
      return following
    }

    /** Asks for a change of a group, in the name of `ann`, and resolves with the answer. */
    async function ask(method: string, path: string, body: unknown, { secret = 'a', url = server.url } = {}) {
      const response = await fetch(`${url}/api/groups/${path}`, {
        method,
        headers: { 'Content-Type': 'application/json', 'Chartroom-Secret': secret },
        body: JSON.stringify(body),
      })
      const answer: unknown = await response.json()
      expect(response.status, JSON.stringify(answer)).toBeLessThan(300)
      return Object(answer)
    }
    const number = async (value: number, metric = 'cpu', { to = group, url = server.url } = {}): Promise<number> =>
      Number((await ask('POST', `${to}/metrics`, { [metric]: value }, { url })).revision)
    const say = async (text: string, { to = group, ...more }: { to?: string; kind?: string } = {}): Promise<number> =>
      Number((await ask('POST', `${to}/annotations`, { text, author: 'ann', ...more })).id)

    it('[S1] joins: what is granted, the whole group, and who is here', async () => {
      await number(5)
      await say('hi')
      const following = await follow({ name: 'Ana', secret: 'secret of Ana', paceMs: 250, windowMs: 60_000 })
      expect(await following.first()).toMatchObject({ from: 0, to: 2, values: [[1, 5]], window: {} })
      expect(following.granted).toEqual({ name: 'Ana', paceMs: 250 })
      expect(following.texts).toEqual(['hi'])
      await following.until(() => expect(following.people).toMatchObject({ count: 1, people: [{ name: 'Ana' }] }))
    })

    it('[3] is answered with an update that is empty where nothing is new', async () => {
      const revision = await number(5)
      const following = await follow()
      await following.reached(revision)
      following.cut()
      await following.comeBack()
      expect(await following.first()).toMatchObject({ from: revision, to: revision })
    })

    it('[S6] is told what changes, at its pace, and conflated', async () => {
      const following = await follow({ paceMs: 500 })
      await following.first()
      if (kind === 'asked') following.pause()
      let revision = 0
      const begin = performance.now()
      for (let value = 0; value < 40; value++) revision = await number(value)
      following.resume()
      await following.reached(revision)
      // One for each pace that passed; a few come of questions that were under way.
      const most = 8 + (performance.now() - begin) / 500
      expect(following.steps.filter(({ from, to }) => to > from).length).toBeLessThanOrEqual(most)
      expect(following.numbers).toEqual([39])
    })

    it('[S6] is told an annotation at once, with the numbers that wait', async () => {
      const following = await follow({ paceMs: kind === 'asked' ? 100 : 60_000 })
      await following.first()
      await following.reached(await number(1))
      await number(2)
      await say('now')
      await following.until(() => expect(following.texts).toEqual(['now']))
      expect(following.numbers).toEqual([2])
    })

    it('[S2] resumes at every cursor of a history with exactly what it missed', async () => {
      const history = (to: string) => {
        const said: number[] = []
        return [
          async () => number(1, 'cpu', { to }),
          async () => said.push(await say('a', { to })),
          async () => number(2, 'disk', { to }),
          async () => ask('PATCH', `${to}/annotations/${said[0]}`, { text: 'A' }),
          async () => said.push(await say('a log', { to, kind: 'log' })),
          async () => ask('PUT', `${to}/board?author=ann`, { charts: [{ id: 'x', metrics: ['cpu'] }] }),
          async () => ask('PUT', `${to}/annotations/${said[0]}/reactions/%2B1?author=ann`, {}),
          async () => ask('POST', `${to}/metrics`, [{ metric: 'disk', remove: true }]),
          async () => said.push(await say('b', { to })),
          async () => ask('DELETE', `${to}/annotations/${said[0]}`, {}),
          async () => number(3, 'disk', { to }),
        ]
      }
      const last = history('').length
      await Promise.all(
        Array.from({ length: last + 1 }, async (_, point) => {
          const to = `${group}-${point}`
          const acts = history(to)
          const following = await follow({ group: to })
          await following.first()
          for (const act of acts.slice(0, point)) await act()
          await following.reached(point)
          following.cut()
          for (const act of acts.slice(point)) await act()
          await following.comeBack()
          expect(await following.first()).toMatchObject({ from: point, to: last })
          expect(differenceFrom(await readGroup(server.url, to), following.state)).toBeUndefined()
        }),
      )
    })

    it('[S2] loses nothing and has nothing twice when it is cut in the middle of what it is sent', async () => {
      const texts = ['one', 'two', 'three', 'four']
      const cutAfter = async (maxBytes: number, to: string): Promise<number> => {
        const scissors = await Scissors.open(server.url, maxBytes)
        closing.push(() => scissors.close())
        const following = somebody({ group: to }, scissors.url)
        const isIn = await following.open().then(
          () => true,
          () => false,
        )
        for (const [at, text] of texts.entries()) {
          await number(at, 'cpu', { to })
          await say(text, { to })
        }
        if (maxBytes === Number.POSITIVE_INFINITY) await following.reached(2 * texts.length)
        // Told in fewer updates than the first time, all of it may be fewer bytes than this wire carries.
        else if (isIn) {
          const hasAll = () => following.state.revision === 2 * texts.length
          await following.until(() => expect(scissors.isCut || hasAll()).toBe(true))
        }
        following.cut()
        const revision = await following.comeBack(server.url)
        await following.reached(2 * texts.length)
        await following.first()
        expect(following.steps[0]?.from).toBe(revision)
        expect(following.texts).toEqual(texts)
        expect(following.numbers).toEqual([texts.length - 1])
        return scissors.carried
      }
      const bytes = await cutAfter(Number.POSITIVE_INFINITY, group)
      const cuts = Array.from({ length: 16 }, (_, at) => Math.ceil((bytes * (at + 0.5)) / 16))
      await Promise.all(cuts.map((maxBytes) => cutAfter(maxBytes, `${group}-${maxBytes}`)))
    })

    it('[U3] gets the whole group, and lets go what it had, where the difference cannot be told', async () => {
      const following = await follow()
      await number(1)
      await say('of the old life')
      await following.reached(2)
      following.cut()
      const other = await another()
      await number(7, 'disk', { url: other.url })
      await following.comeBack(other.url)
      expect(await following.first()).toMatchObject({ from: 0, to: 1 })
      expect([following.texts, [...following.state.series.keys()]]).toEqual([[], ['disk']])
    })

    it('[P2] is told who is here when somebody comes and goes', async () => {
      const following = await follow({ name: 'Ana', secret: 'a' })
      const sees = (...people: object[]) =>
        following.until(() => expect(following.people).toEqual({ ...following.people, count: people.length, people }))
      await sees({ name: 'Ana' })
      const other = new SocketFollowing(server.url, { group, name: 'Bob', secret: 'b' })
      closing.push(() => other.end())
      await other.open()
      await sees({ name: 'Ana' }, { name: 'Bob' })
      const said = await fetch(`${server.url}/api/groups/${group}/presence`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Chartroom-Secret': 'b' },
        body: JSON.stringify({ typing: true, metric: 'cpu' }),
      })
      expect(said.status).toBe(204)
      await sees({ name: 'Ana' }, { name: 'Bob', typing: true, metric: 'cpu' })
      other.end()
      await sees({ name: 'Ana' })
    })

    it('[M8] brings a direct message to the inbox of its recipient, and to nobody else', async () => {
      const ana = await follow({ name: 'Ana', secret: 'a' })
      await ana.first()
      const inbox = await follow({ group: `${group}/@ana`, secret: 'a' })
      await inbox.first()
      const direct = { text: 'psst', author: 'Bob', recipients: ['Ana'] }
      await ask('POST', `${group}/annotations`, direct, { secret: 'b' })
      await ask('POST', `${group}/annotations`, { text: 'aloud', author: 'Bob' }, { secret: 'b' })
      await inbox.until(() => expect(inbox.texts).toEqual(['psst']))
      await ana.until(() => expect(ana.texts).toEqual(['aloud']))
      for (const secret of ['b', undefined]) {
        const other = await follow({ group: `${group}/@ana`, ...(secret === undefined ? {} : { secret }) })
        await other.until(() => expect(other.refusal).toBe('not_holder'))
        expect(other.texts).toEqual([])
      }
      inbox.cut()
      await ask('POST', `${group}/annotations`, { ...direct, text: 'and?' }, { secret: 'b' })
      await inbox.comeBack()
      await inbox.until(() => expect(inbox.texts).toEqual(['psst', 'and?']))
      expect(inbox.steps[0]).toEqual({ from: 1, to: 2 })
    })

    it('[S7] is not sent what it does not read, and gets all that it missed by one difference', async () => {
      const following = await follow()
      // The epoch begins, so that somebody else can be at the cursor of the pace.
      await following.reached(await number(0, 'm0'))
      following.pause()
      // Together more than the kernels of both sides take: definitions that change are half a megabyte.
      const rounds = 24
      for (let round = 1; round <= rounds; round++) {
        const title = String(round % 10).repeat(limits.maxMetricLength)
        const samples = Array.from({ length: 1_800 }, (_, at) => ({ metric: `m${at}`, value: round, title }))
        const { epoch, revision } = await ask('POST', `${group}/metrics`, samples)
        // Somebody at the same pace who does read: each change has a round of its own.
        const since = `${epoch}:${revision - 1}`
        await fetch(`${server.url}/api/groups/${group}/changes?since=${since}&waitMs=5000&paceMs=100`)
      }
      following.resume()
      await following.reached(rounds + 1)
      const spans = following.steps.map(({ from, to }) => to - from).filter((span) => span > 0)
      // Of who is pushed to, the kernels held some rounds; who asks had one answer under way.
      if (kind === 'asked') expect(spans.length).toBeLessThanOrEqual(3)
      else expect(spans.filter((span) => span > 1)).toEqual(spans.slice(-1))
      expect(spans.length).toBeLessThan(rounds)
      expect(new Set(following.numbers)).toEqual(new Set([rounds]))
    })

    it('[U9] goes on in the epoch after the server was started again, and is told when it goes', async () => {
      const data = await mkdtemp(join(tmpdir(), 'chartroom-'))
      const old = await another('--data', data)
      const following = await follow({}, old.url)
      await following.reached(await number(1, 'cpu', { url: old.url }))
      await old.stop()
      await following.until(() => expect(following.isOver).toBe(true))
      const fresh = await another('--data', data)
      closing.push(() => rm(data, { recursive: true }))
      const last = await number(2, 'cpu', { url: fresh.url })
      await following.comeBack(fresh.url)
      await following.reached(last)
      expect(following.steps[0]).toEqual({ from: 1, to: last })
    })
  })
}
