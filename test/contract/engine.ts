// What every engine must do, once: each implementation runs it.

import { type Change, changesSince, cursorOf, encodeCursor, limits, startCursor } from '@chartroom/shared'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '../../server/engine/engine.ts'
import { describeArranging } from './arranging.ts'
import { describeDirect } from './direct.ts'
import { describeEdits } from './edits.ts'
import { describePast } from './past.ts'
import { describeRemoval } from './removal.ts'
import { describeSearch } from './search.ts'
import { type MakeEngine, Subject, value } from './subject.ts'

/** Runs the contract on an implementation; `make` gives a fresh, empty engine. */
export function describeEngine(name: string, make: MakeEngine): void {
  describe(`engine: ${name}`, () => {
    const subject = new Subject(make)
    let engine: Engine
    beforeEach(() => {
      engine = subject.engine
    })

    const number = (value: number, metric = 'cpu'): Change => ({ type: 'batch', samples: [{ metric, value }] })
    const note = (text: string): Change => ({ type: 'annotate', author: 'ana', draft: { text } })
    const take = (change: Change, key?: string, group = 'ops') =>
      subject.take(change, { group, ...(key === undefined ? {} : { key }) })

    it('opens a group that nobody wrote to at 0:0, and does not make it', async () => {
      const followed = await engine.open('ops')
      expect(encodeCursor(cursorOf(followed.state))).toBe('0:0')
      expect(await engine.groups()).toEqual([])
      followed.close()
    })

    it('[2] gives each change the next revision, and shows it to those who follow, in order', async () => {
      const followed = await engine.open('ops')
      const seen: number[] = []
      followed.onChange(() => seen.push(followed.state.revision))
      const cursors = [await take(number(1)), await take(note('hi')), await take(number(2))].map(({ cursor }) => cursor)
      expect(cursors.map(({ revision }) => revision)).toEqual([1, 2, 3])
      expect(new Set(cursors.map(({ epoch }) => epoch)).size).toBe(1)
      expect(seen).toEqual([1, 2, 3])
      followed.close()
    })

    it('tells nobody who has undone their listener, or follows no longer', async () => {
      const followed = await engine.open('ops')
      const other = await engine.open('ops')
      let heard = 0
      followed.onChange(() => heard++)()
      other.onChange(() => heard++)
      other.close()
      await take(number(1))
      expect(heard).toBe(0)
      followed.close()
    })

    it('takes a batch with late samples only without a revision, and answers with the present cursor', async () => {
      const first = await take(number(1))
      const late: Change = { type: 'batch', samples: [{ metric: 'cpu', value: 9, time: subject.time - 5_000 }] }
      expect((await take(late)).cursor).toEqual(first.cursor)
    })

    it('refuses a batch that would pass the series limit, whole', async () => {
      await take({ type: 'batch', samples: metrics(limits.maxSeriesPerGroup) })
      const refused = await engine.append({ group: 'ops', change: number(1, 'one too many') })
      expect(refused).toMatchObject({ ok: false, refusal: { code: 'series_limit' } })
      const [group] = await engine.groups()
      expect(group).toMatchObject({ series: limits.maxSeriesPerGroup })
    })

    it('refuses a batch that would pass the limit of the process, until series are removed', async () => {
      const groups = limits.maxSeriesInProcess / limits.maxSeriesPerGroup
      for (let group = 0; group < groups; group++) {
        await take({ type: 'batch', samples: metrics(limits.maxSeriesPerGroup) }, undefined, `g${group}`)
      }
      const refused = await engine.append({ group: 'ops', change: number(1) })
      expect(refused).toMatchObject({ ok: false, refusal: { code: 'series_limit' } })
      expect(await engine.groups()).toHaveLength(groups)
      await take({ type: 'batch', samples: [{ metric: 'm0', remove: true }] }, undefined, 'g0')
      await take(number(1))
    })

    it('[11] does a key once and answers it twice with what is there now', async () => {
      const first = await take(note('hi'), 'ana k1')
      await take(number(1))
      const again = await take(note('hi'), 'ana k1')
      expect(again.annotation).toEqual(first.annotation)
      expect(again.cursor.revision).toBe(2)
      await take({ type: 'revise', id: first.annotation?.id ?? 0, text: 'hello' })
      expect((await take(note('hi'), 'ana k1')).annotation).toMatchObject({ text: 'hello', id: first.annotation?.id })
      expect((await engine.page('ops', 'talk', 0, 50)).annotations).toHaveLength(1)
    })

    it('[11] does an add with a key once', async () => {
      const add: Change = { type: 'batch', samples: [{ metric: 'orders', add: 3 }] }
      await take(add, 'shop k1')
      await take(add, 'shop k1')
      const followed = await engine.open('ops')
      expect(followed.state.series.get('orders')?.value).toBe(3)
      followed.close()
    })

    it('[11] forgets a key of a batch after 24 hours', async () => {
      const add: Change = { type: 'batch', samples: [{ metric: 'orders', add: 3 }] }
      await take(add, 'shop k1')
      subject.time += limits.keyMs
      await take(add, 'shop k1')
      const followed = await engine.open('ops')
      expect(followed.state.series.get('orders')?.value).toBe(6)
      followed.close()
    })

    it('does not remember a key whose change was refused', async () => {
      const refused = await engine.append({ group: 'ops', change: { type: 'retract', id: 5 }, key: 'ana k1' })
      expect(refused).toMatchObject({ ok: false, refusal: { code: 'not_found' } })
      expect((await take(note('hi'), 'ana k1')).annotation).toMatchObject({ text: 'hi' })
    })

    it('pages backwards through what was said, newest first, to the beginning', async () => {
      for (let at = 0; at < 7; at++) await take(note(`n${at}`))
      const texts: string[] = []
      let before = 0
      do {
        const page = await engine.page('ops', 'talk', before, 3)
        texts.push(...page.annotations.map(({ text }) => text))
        before = page.before
      } while (before !== 0)
      expect(texts).toEqual(['n6', 'n5', 'n4', 'n3', 'n2', 'n1', 'n0'])
    })

    it('pages a group that nobody wrote to: nothing, from 0:0', async () => {
      expect(await engine.page('nowhere', 'talk', 0, 50)).toEqual({ annotations: [], before: 0, cursor: '0:0' })
      expect(await engine.groups()).toEqual([])
    })

    it('lists the groups that somebody wrote to, the last changed first', async () => {
      await take(number(1), undefined, 'first')
      subject.time += 1_000
      const { cursor } = await take(note('hi'), undefined, 'second')
      expect(await engine.groups()).toEqual([
        { group: 'second', cursor: encodeCursor(cursor), time: subject.time, series: 0, annotations: 1 },
        { group: 'first', cursor: expect.any(String), time: subject.time - 1_000, series: 1, annotations: 0 },
      ])
    })

    it('[M1] [M2] grants a name to who comes first, and a stranger the name with a 2', async () => {
      await take(number(1))
      expect(await engine.hold('ops', { name: 'Ana', person: 'a' })).toEqual({ name: 'Ana', isHeld: true })
      expect(await engine.hold('ops', { name: 'Ana', person: 'b' })).toEqual({ name: 'Ana 2', isHeld: true })
      expect(await engine.hold('other', { name: 'Ana', person: 'b' })).toEqual({ name: 'Ana', isHeld: true })
    })

    it('[M3] [M4] signs an annotation with the name that its claim is granted, or refuses it', async () => {
      const write = (name: string, person: string | undefined, isExact: boolean) =>
        engine.append({ group: 'ops', change: note('hi'), claim: { name, person, isExact } })
      expect(value(await write('Wei', 'w', false)).annotation).toMatchObject({ author: 'Wei' })
      expect(value(await write('Wei', 'x', false)).annotation).toMatchObject({ author: 'Wei 2' })
      expect(value(await write('Wei', undefined, false)).annotation).toMatchObject({ author: 'Wei 3', unheld: true })
      expect(await write('WEI', 'x', true)).toMatchObject({ ok: false, refusal: { code: 'name_held' } })
      expect((await engine.page('ops', 'talk', 0, 50)).annotations).toHaveLength(3)
    })

    it('[M1] holds no name for who was refused', async () => {
      await take(number(1))
      const pin = { metric: 'none' }
      const change: Change = { type: 'annotate', author: 'Ana', draft: { text: 'why?', pin } }
      const refused = await engine.append({ group: 'ops', change, claim: { name: 'Ana', person: 'a' } })
      expect(refused).toMatchObject({ ok: false, refusal: { code: 'unknown_metric' } })
      expect(await engine.hold('ops', { name: 'Ana', person: 'b' })).toEqual({ name: 'Ana', isHeld: true })
    })

    it('holds no name in a group that nobody wrote to and nobody follows', async () => {
      await engine.hold('ops', { name: 'Ana', person: 'a' })
      expect(await engine.hold('ops', { name: 'Ana', person: 'b' })).toEqual({ name: 'Ana', isHeld: true })
      const followed = await engine.open('ops')
      expect((await engine.hold('ops', { name: 'Ana', person: 'c' }))?.name).toBe('Ana')
      expect((await engine.hold('ops', { name: 'Ana', person: 'd' }))?.name).toBe('Ana 2')
      followed.close()
      expect(await engine.groups()).toEqual([])
    })

    it('keeps groups apart', async () => {
      await take(number(1), undefined, 'a')
      const followed = await engine.open('b')
      expect(changesSince(followed.state, startCursor).values).toEqual([])
      followed.close()
    })

    it('is well', () => {
      expect(engine.health()).toEqual({ word: 'ok' })
    })

    describeArranging(subject)
    describeDirect(subject)
    describeEdits(subject)
    describePast(subject)
    describeSearch(subject)
    describeRemoval(subject)
  })
}

function metrics(count: number) {
  return Array.from({ length: count }, (_, n) => ({ metric: `m${n}`, value: n }))
}
