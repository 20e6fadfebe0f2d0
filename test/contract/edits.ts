// What every engine must do with annotations that are there: who may change them, their two runs, their keys.

import type { Change } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import type { Subject } from './subject.ts'

const ana = { name: 'Ana', person: 'a' }
const other = { name: 'Ana', person: 'b' }
const nobody = { name: 'Ana', person: undefined }

const revise = (id: number, text = 'better'): Change => ({ type: 'revise', id, text })
const retract = (id: number): Change => ({ type: 'retract', id })
const react = (id: number, on = true): Change => ({ type: 'react', id, name: 'Ana', reaction: '+1', on })

/** Runs this part of the contract. */
export function describeEdits(subject: Subject): void {
  describe('an edit', () => {
    it('[V1] [V2] is for who holds the name of the author, whatever they are called elsewhere', async () => {
      const id = await subject.say('teh', { claim: ana })
      const { annotation } = await subject.take(revise(id, 'the'), { claim: { name: 'Bob', person: 'a' } })
      expect(annotation).toMatchObject({ id, text: 'the', author: 'Ana', editedTime: subject.time, revision: 2 })
      expect(await subject.texts()).toEqual(['the'])
    })

    it.each([revise, retract])('[V2] is refused to everybody else', async (edit) => {
      const id = await subject.say('mine', { claim: ana })
      expect(await subject.refusal(edit(id), other)).toMatchObject({ code: 'not_author' })
      expect(await subject.refusal(edit(id), nobody)).toMatchObject({ code: 'not_author' })
      expect(await subject.texts()).toEqual(['mine'])
    })

    it.each([revise, retract])('[V2] of what nobody held is refused to who held the name later', async (edit) => {
      const id = await subject.say('free', { claim: nobody })
      await subject.engine.hold('ops', ana)
      expect(await subject.refusal(edit(id), ana)).toMatchObject({ code: 'not_author' })
    })

    it('[V3] [W2] of what is not there, or was retracted, is not_found', async () => {
      expect(await subject.refusal(revise(5), ana)).toMatchObject({ code: 'not_found' })
      const id = await subject.say('mine', { claim: ana })
      await subject.take(retract(id), { claim: ana })
      for (const change of [revise(id), retract(id), react(id)]) {
        expect(await subject.refusal(change, ana)).toMatchObject({ code: 'not_found' })
      }
    })

    it('[W1] [W3] leaves the place of what was retracted, and no word of it', async () => {
      const followed = await subject.engine.open('ops')
      const id = await subject.say('secret', { claim: ana })
      await subject.take(react(id), { claim: ana })
      const { annotation } = await subject.take(retract(id), { claim: ana })
      const empty = { id, revision: 3, time: subject.time, author: 'Ana', text: '', retracted: true }
      expect(annotation).toEqual(empty)
      expect((await subject.engine.page('ops', 'talk', 0, 50)).annotations).toEqual([empty])
      expect(followed.state.talk.annotations).toEqual([empty])
      followed.close()
    })

    it('[F1] [F2] gives a reaction under the name that is granted, and takes it back', async () => {
      const id = await subject.say('done', { claim: ana })
      await subject.take(react(id), { claim: ana })
      const { annotation } = await subject.take(react(id), { claim: other })
      expect(annotation?.reactions).toEqual({ '+1': ['Ana', 'Ana 2'] })
      await subject.take(react(id, false), { claim: ana })
      const { cursor } = await subject.take(react(id, false), { claim: ana })
      expect(cursor.revision).toBe(4)
      const { annotations } = await subject.engine.page('ops', 'talk', 0, 50)
      expect(annotations).toMatchObject([{ reactions: { '+1': ['Ana 2'] } }])
    })

    it('[F2] [M3] refuses the reaction of who holds no name, or asks for the name of another', async () => {
      const id = await subject.say('done', { claim: ana })
      expect(await subject.refusal(react(id), nobody)).toMatchObject({ code: 'not_holder' })
      expect(await subject.refusal(react(id), { name: 'anonymous', person: 'b', isExact: true })).toMatchObject({
        code: 'not_holder',
      })
      expect(await subject.refusal(react(id), { ...other, isExact: true })).toMatchObject({ code: 'name_held' })
    })

    it('[M1] prolongs the hold of a name, and one that was refused holds none', async () => {
      const id = await subject.say('mine', { claim: ana })
      await subject.refusal(retract(id), { name: 'Eve', person: 'e' })
      expect(await subject.engine.hold('ops', { name: 'Eve', person: 'f' })).toMatchObject({ name: 'Eve' })
      subject.time += 20 * 86_400_000
      await subject.take(revise(id), { claim: ana })
      subject.time += 20 * 86_400_000
      expect(await subject.engine.hold('ops', other)).toMatchObject({ name: 'Ana 2' })
    })

    it('[K1] with a key is done once, and answered later with what is there then', async () => {
      const id = await subject.say('one', { claim: ana })
      await subject.take(revise(id, 'two'), { claim: ana, key: 'a k' })
      await subject.take(revise(id, 'three'), { claim: ana })
      const { annotation, cursor } = await subject.take(revise(id, 'two'), { claim: ana, key: 'a k' })
      expect([annotation?.text, cursor.revision]).toEqual(['three', 3])
      await subject.take(retract(id), { claim: ana, key: 'a l' })
      const again = await subject.take(retract(id), { claim: ana, key: 'a l' })
      expect(again.annotation).toMatchObject({ retracted: true, revision: 4 })
    })

    it('[A9] replies only to what is in the group', async () => {
      const id = await subject.say('look')
      const reply = (replyTo: number): Change => ({ type: 'annotate', author: 'ana', draft: { text: 'yes', replyTo } })
      expect((await subject.take(reply(id))).annotation).toMatchObject({ replyTo: id })
      const refused = await subject.refusal(reply(id + 5))
      expect(refused).toMatchObject({ code: 'not_found', faults: [{ pointer: '/replyTo' }] })
    })

    it('reaches what was said long ago, and so does a reply', async () => {
      const id = await subject.say('first', { claim: ana })
      await Promise.all(Array.from({ length: 1_100 }, (_, at) => subject.say(`${at}`)))
      await subject.take({ type: 'annotate', author: 'bob', draft: { text: 'yes', replyTo: id } })
      expect(await subject.refusal(revise(id), other)).toMatchObject({ code: 'not_author' })
      await subject.take(revise(id), { claim: ana })
      const { annotation } = await subject.take(react(id), { claim: ana })
      expect(annotation).toMatchObject({ text: 'better', reactions: { '+1': ['Ana'] } })
      expect((await subject.engine.page('ops', 'talk', id + 1, 1)).annotations).toEqual([annotation])
    })
  })

  describe('the two runs', () => {
    it('[J1] [N3] are paged apart, each to its beginning', async () => {
      for (let at = 0; at < 5; at++) {
        await subject.say(`talk ${at}`)
        await subject.say(`log ${at}`, { kind: 'log' })
      }
      for (const [run, word] of [
        ['talk', 'talk'],
        ['logs', 'log'],
      ] as const) {
        const found: string[] = []
        let before = 0
        do {
          const page = await subject.engine.page('ops', run, before, 2)
          found.push(...page.annotations.map(({ text }) => text))
          before = page.before
        } while (before !== 0)
        expect(found).toEqual([4, 3, 2, 1, 0].map((at) => `${word} ${at}`))
      }
    })

    it('[J2] have the repeats of an alert among the logs, and the list of groups counts the talk', async () => {
      const id = await subject.say('hot', { kind: 'alert' })
      const change = { type: 'annotate', author: 'ana', draft: { text: 'hot', kind: 'alert' } } as const
      expect((await subject.take(change)).annotation).toMatchObject({ repeats: id, kind: 'alert' })
      await subject.say('a line', { kind: 'log' })
      expect([await subject.texts('talk'), await subject.texts('logs')]).toEqual([['hot'], ['a line', 'hot']])
      expect(await subject.engine.groups()).toMatchObject([{ annotations: 1 }])
    })

    it('[J4] do not let a storm of logs become a snapshot', async () => {
      const { cursor } = await subject.take({ type: 'batch', samples: [{ metric: 'cpu', value: 1 }] })
      const followed = await subject.engine.open('ops')
      await Promise.all(Array.from({ length: 1_100 }, (_, at) => subject.say(`${at}`, { kind: 'log' })))
      expect(followed.state.floor).toBeLessThanOrEqual(cursor.revision)
      expect(followed.state.revision).toBe(1_101)
      followed.close()
    })
  })
}
