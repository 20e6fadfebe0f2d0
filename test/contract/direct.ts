// What every engine must do with direct messages: in the inboxes of who they are between, all alike, and nowhere else.

import {
  type Accepted,
  type Annotation,
  type Change,
  changesSince,
  limits,
  type Refusal,
  startCursor,
} from '@chartroom/shared'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Append } from '../../server/engine/engine.ts'
import { type Subject, value } from './subject.ts'

const day = 86_400_000
const ana = { name: 'Ana', person: 'a' }
const bob = { name: 'Bob', person: 'b' }
const cem = { name: 'Cem', person: 'c' }

const to = (...recipients: string[]): Change => ({
  type: 'annotate',
  author: 'Ana',
  draft: { text: 'hush', recipients },
})

/** Runs this part of the contract. */
export function describeDirect(subject: Subject): void {
  describe('a direct message', () => {
    const write = (change: Change, more: Partial<Append> = {}): Promise<Accepted> =>
      subject.take(change, { claim: ana, ...more })
    const refused = async (append: Partial<Append> & Pick<Append, 'change'>): Promise<Refusal> => {
      const result = await subject.engine.append({ group: 'ops', claim: ana, ...append })
      if (result.ok) throw new Error('This was to be refused.')
      return result.refusal
    }
    const keyOf = async (name: string, person: string) => value(await subject.engine.inbox(`ops/@${name}`, person))
    const inboxOf = async (name: string, person: string): Promise<readonly Annotation[]> =>
      (await subject.engine.page(await keyOf(name, person), 'talk', 0, 50)).annotations
    const idOf = ({ annotation }: Accepted) => annotation?.id ?? 0

    beforeEach(async () => {
      await subject.take({ type: 'batch', samples: [{ metric: 'cpu', value: 7 }] })
      for (const one of [ana, bob, cem]) await subject.engine.hold('ops', one)
    })

    it('[A7] [10] is in the inboxes of its recipients and author, under one id, and in no other', async () => {
      const accepted = await write(to('bob'))
      expect(accepted).toMatchObject({ inbox: 'ops/@ana', cursor: { revision: 1 } })
      expect(accepted.annotation).toMatchObject({ author: 'Ana', text: 'hush', recipients: ['Bob'] })
      expect(await inboxOf('ana', 'a')).toEqual([accepted.annotation])
      expect(await inboxOf('bob', 'b')).toEqual([accepted.annotation])
      expect(await inboxOf('cem', 'c')).toEqual([])
      expect(await subject.texts()).toEqual([])
    })

    it('[M9] leaves its group as it was: its cursor, its list, its words', async () => {
      const [before] = await subject.engine.groups()
      await write(to('bob', 'cem'))
      expect(await subject.engine.groups()).toEqual([before])
      expect((await subject.engine.search('ops', 'hush', 0, 50)).annotations).toEqual([])
    })

    it('[M6] lets only who holds a name follow, page and search its inbox', async () => {
      await write(to('bob'))
      for (const [name, person] of [
        ['bob', 'a'],
        ['bob', undefined],
        ['dan', 'a'],
        ['anonymous', 'a'],
      ] as const) {
        expect(await subject.engine.inbox(`ops/@${name}`, person)).toMatchObject({
          ok: false,
          refusal: { code: 'not_holder' },
        })
      }
      expect(await subject.engine.inbox('ops/@ ', 'a')).toMatchObject({ ok: false, refusal: { code: 'group_name' } })
      const key = value(await subject.engine.inbox('OPS/@BOB', 'b'))
      const followed = await subject.engine.open(key)
      expect(changesSince(followed.state, startCursor)).toMatchObject({
        group: 'ops/@bob',
        annotations: [{ text: 'hush' }],
      })
      expect((await subject.engine.search(key, 'hush', 0, 50)).annotations).toHaveLength(1)
      followed.close()
    })

    it('is shown to those who follow an inbox, as it changes', async () => {
      const followed = await subject.engine.open(await keyOf('bob', 'b'))
      const heard: string[] = []
      followed.onChange(({ type }) => heard.push(`${type} ${followed.state.revision}`))
      const id = idOf(await write(to('bob')))
      await write({ type: 'revise', id, text: 'psst' }, { group: 'ops/@ana' })
      expect(heard).toEqual(['annotate 1', 'revise 2'])
      expect(followed.state.talk.annotations).toMatchObject([
        { id, text: 'psst', revision: 2, editedTime: subject.time },
      ])
      followed.close()
    })

    it('reaches each recipient once, and its author too where that is one', async () => {
      const { annotation } = await write(to('bob', 'BOB', ' bob', 'ana'))
      expect(annotation?.recipients).toEqual(['Bob', 'Ana'])
      expect([await inboxOf('ana', 'a'), await inboxOf('bob', 'b')]).toEqual([[annotation], [annotation]])
    })

    it('has an id above all that are in its inboxes', async () => {
      const first = idOf(await write(to('bob'), { claim: cem }))
      const second = idOf(await write(to('bob')))
      const third = idOf(await write(to('ana', 'cem'), { claim: bob }))
      expect([second, third]).toEqual([first + 1, first + 2])
      expect((await inboxOf('cem', 'c')).map(({ id }) => id)).toEqual([third, first])
    })

    it('[A7] is refused where nobody holds a name, and nothing of it happens', async () => {
      const refusal = await refused({ change: to('bob', 'dan') })
      expect(refusal).toMatchObject({ code: 'no_such_holder', faults: [{ pointer: '/recipients/1' }] })
      expect([await inboxOf('ana', 'a'), await inboxOf('bob', 'b')]).toEqual([[], []])
    })

    it.each([
      [{ name: 'Ana', person: undefined }, 'Ana 2'],
      [{ name: 'anonymous', person: 'a', isExact: true }, 'anonymous'],
    ])('[A7] [M4] of who holds no name is in the inboxes of its recipients alone', async (claim, author) => {
      const { annotation: other } = await write(to('cem'))
      const { inbox, cursor, annotation } = await write(to('bob', 'cem'), { claim })
      const [kept] = await inboxOf('bob', 'b')
      expect(kept).toMatchObject({ author, unheld: true, text: 'hush', recipients: ['Bob', 'Cem'], revision: 1 })
      expect(await inboxOf('cem', 'c')).toEqual([{ ...kept, revision: 2 }, other])
      expect(await inboxOf('ana', 'a')).toEqual([other])
      // Nothing is told of how much is in an inbox of somebody else.
      expect([inbox, cursor.revision, annotation]).toEqual([undefined, 1, kept])
      expect((await write(to('cem'), { claim })).annotation?.revision).toBe(1)
      expect(await subject.texts()).toEqual([])
    })

    it('[K2] of who holds no name is done once with a key, and told to nobody who does not know its words', async () => {
      const claim = { name: 'ci', person: undefined }
      const first = await write(to('bob'), { claim, key: 'anybody k' })
      expect(await write(to('bob'), { claim, key: 'anybody k' })).toEqual(first)
      const change: Change = { type: 'annotate', author: 'ci', draft: { text: 'tell me', recipients: ['bob'] } }
      expect(await refused({ change, claim, key: 'anybody k' })).toMatchObject({ code: 'malformed' })
      expect(await inboxOf('bob', 'b')).toHaveLength(1)
    })

    it('[A9] [V2] of who holds no name is no reply, and is edited by nobody, whoever holds that name later', async () => {
      const claim = { name: 'ci', person: undefined }
      const replyTo = idOf(await write(to('bob')))
      const change: Change = { type: 'annotate', author: 'ci', draft: { text: 'yes', recipients: ['bob'], replyTo } }
      expect(await refused({ change, claim })).toMatchObject({ code: 'not_found' })
      const id = idOf(await write(to('bob'), { claim }))
      await subject.engine.hold('ops', { name: 'ci', person: 'z' })
      const theirs = { group: 'ops/@ci', claim: { name: 'ci', person: 'z' } }
      expect(await refused({ change: { type: 'retract', id }, ...theirs })).toMatchObject({ code: 'not_found' })
      await write({ type: 'react', id, name: 'Bob', reaction: '+1', on: true }, { group: 'ops/@bob', claim: bob })
      expect(await inboxOf('ci', 'z')).toEqual([])
      expect(await inboxOf('bob', 'b')).toMatchObject([{ id, reactions: { '+1': ['Bob'] } }, { id: replyTo }])
    })

    it('[A7] is refused to who is nobody, or comes under the name of another', async () => {
      expect(await subject.engine.append({ group: 'ops', change: to('bob') })).toMatchObject({
        refusal: { code: 'not_holder' },
      })
      expect(await refused({ change: to('bob'), claim: { ...ana, person: 'z', isExact: true } })).toMatchObject({
        code: 'name_held',
      })
      expect(await inboxOf('bob', 'b')).toEqual([])
    })

    it('is signed with the name that its author is granted, and holds it', async () => {
      const { annotation, inbox } = await write(to('ana'), { claim: { name: 'Ana', person: 'z' } })
      expect([annotation?.author, inbox]).toEqual(['Ana 2', 'ops/@ana 2'])
      expect(await inboxOf('ana 2', 'z')).toEqual([annotation])
    })

    it('[V1] [W1] [F1] is edited in all its inboxes at once', async () => {
      const id = idOf(await write(to('bob', 'cem')))
      await write({ type: 'react', id, name: 'whoever', reaction: '+1', on: true }, { group: 'ops/@cem', claim: cem })
      const { annotation, cursor } = await write({ type: 'revise', id, text: 'psst' }, { group: 'ops/@ana' })
      expect(annotation).toMatchObject({ text: 'psst', reactions: { '+1': ['Cem'] } })
      expect(cursor.revision).toBe(3)
      for (const [name, person] of [
        ['ana', 'a'],
        ['bob', 'b'],
        ['cem', 'c'],
      ] as const) {
        expect(await inboxOf(name, person)).toEqual([annotation])
      }
      await write({ type: 'retract', id }, { group: 'ops/@ana' })
      const gone = { id, text: '', retracted: true, recipients: ['Bob', 'Cem'] }
      expect([await inboxOf('ana', 'a'), await inboxOf('bob', 'b')]).toMatchObject([[gone], [gone]])
      expect((await subject.engine.search(await keyOf('bob', 'b'), 'psst', 0, 50)).annotations).toEqual([])
    })

    it('[V2] [M6] is edited by who holds the name of its author, in their own inbox', async () => {
      const id = idOf(await write(to('bob')))
      const revise: Change = { type: 'revise', id, text: 'mine' }
      expect(await refused({ change: revise, group: 'ops/@bob', claim: bob })).toMatchObject({ code: 'not_author' })
      expect(await refused({ change: revise, group: 'ops/@ana', claim: bob })).toMatchObject({ code: 'not_holder' })
      expect(await refused({ change: revise, group: 'ops' })).toMatchObject({ code: 'not_found' })
      expect(await refused({ change: { ...revise, id: id + 1 }, group: 'ops/@ana' })).toMatchObject({
        code: 'not_found',
      })
      expect(await inboxOf('bob', 'b')).toMatchObject([{ text: 'hush' }])
    })

    it('[M9] is all that an inbox takes: no numbers, no board, no message that is not for it', async () => {
      const note: Change = { type: 'annotate', author: 'Ana', draft: { text: 'hi' } }
      const batch: Change = { type: 'batch', samples: [{ metric: 'cpu', value: 1 }] }
      const board: Change = { type: 'arrange', edits: [], name: 'Ana' }
      for (const change of [note, batch, board, to('bob')]) {
        expect(await refused({ change, group: 'ops/@ana' })).toMatchObject({ code: 'malformed' })
      }
    })

    it('[A6] pins to the numbers of its group', async () => {
      const pinned = (metric: string): Change => ({
        type: 'annotate',
        author: 'Ana',
        draft: { text: 'why?', recipients: ['bob'], pin: { metric } },
      })
      await write(pinned('cpu'))
      expect(await inboxOf('bob', 'b')).toMatchObject([{ pin: { metric: 'cpu', evidence: { value: 7 } } }])
      expect(await refused({ change: pinned('none') })).toMatchObject({ code: 'unknown_metric' })
    })

    it('[A9] replies to what is in the inbox of who replies', async () => {
      const replyTo = idOf(await write(to('bob')))
      const reply: Change = {
        type: 'annotate',
        author: 'Bob',
        draft: { text: 'yes', recipients: ['ana', 'cem'], replyTo },
      }
      await write(reply, { claim: bob })
      expect(await inboxOf('cem', 'c')).toMatchObject([{ replyTo }])
      expect(await refused({ change: { ...reply, author: 'Cem' }, claim: cem })).toMatchObject({ code: 'not_found' })
    })

    it('[K1] [K2] is done once with a key, and its edits too', async () => {
      const first = await write(to('bob'), { key: 'a k' })
      const again = await write(to('bob'), { key: 'a k' })
      expect(again).toEqual(first)
      const id = idOf(first)
      for (let time = 0; time < 2; time++) {
        await write({ type: 'revise', id, text: 'two' }, { group: 'ops/@ana', key: 'a l' })
        await write({ type: 'revise', id, text: 'three' }, { group: 'ops/@ana', key: 'a m' })
      }
      expect((await write(to('dan'), { key: 'a k' })).annotation).toMatchObject({ id, text: 'three' })
      expect(await inboxOf('bob', 'b')).toMatchObject([{ id, text: 'three', revision: 3 }])
    })

    it('of many at once, each way, is in all its inboxes in one order', async () => {
      await Promise.all(
        Array.from({ length: 30 }, (_, at) => {
          const [author, recipient] = at % 2 === 0 ? [ana, 'bob'] : [bob, 'ana']
          return write(to(recipient), { claim: author, key: `${author.person} ${Math.floor(at / 4)}` })
        }),
      )
      const [mine, theirs] = [await inboxOf('ana', 'a'), await inboxOf('bob', 'b')]
      expect(mine).toHaveLength(16)
      expect(theirs).toEqual(mine)
    })

    it('reaches what was said long ago, and edits it everywhere', async () => {
      const id = idOf(await write(to('bob')))
      await Promise.all(Array.from({ length: 1_100 }, () => write(to('bob'))))
      await write({ type: 'revise', id, text: 'better' }, { group: 'ops/@ana' })
      for (const [name, person] of [
        ['ana', 'a'],
        ['bob', 'b'],
      ] as const) {
        const page = await subject.engine.page(await keyOf(name, person), 'talk', id + 1, 1)
        expect(page.annotations).toMatchObject([{ id, text: 'better' }])
      }
    })

    it('[M7] goes with the hold of a name: who holds it next finds nothing, and who held it nothing either', async () => {
      await write(to('bob'))
      subject.time += 20 * day
      await subject.engine.hold('ops', ana)
      subject.time += 15 * day
      expect(await subject.engine.inbox('ops/@bob', 'b')).toMatchObject({ refusal: { code: 'not_holder' } })
      await subject.engine.hold('ops', { name: 'Bob', person: 'x' })
      expect(await inboxOf('bob', 'x')).toEqual([])
      expect(await inboxOf('ana', 'a')).toHaveLength(1)
      await write(to('bob'))
      expect(await inboxOf('bob', 'x')).toHaveLength(1)
      subject.time += 31 * day
      await subject.engine.hold('ops', bob)
      expect(await inboxOf('bob', 'b')).toEqual([])
    })

    it('[M7] tells who follows an inbox that it is gone with the name, and nothing more', async () => {
      await write(to('bob'))
      const followed = await subject.engine.open(await keyOf('bob', 'b'))
      subject.time += 31 * day
      for (const one of [ana, { ...bob, person: 'x' }]) await subject.engine.hold('ops', one)
      expect(followed.state.talk.annotations).toEqual([])
      await write(to('bob'))
      expect(followed.state.talk.annotations).toEqual([])
      expect(await inboxOf('bob', 'x')).toHaveLength(1)
      followed.close()
    })

    it('[M7] of a name that was lost is no longer edited there', async () => {
      const id = idOf(await write(to('bob')))
      subject.time += 20 * day
      await subject.engine.hold('ops', ana)
      subject.time += 15 * day
      await subject.engine.hold('ops', { name: 'Bob', person: 'x' })
      await write({ type: 'revise', id, text: 'better' }, { group: 'ops/@ana' })
      expect(await inboxOf('bob', 'x')).toEqual([])
      expect(await inboxOf('ana', 'a')).toMatchObject([{ text: 'better' }])
    })

    it('[U10] is deleted with its group', async () => {
      await write(to('bob'))
      const followed = await subject.engine.open(await keyOf('bob', 'b'))
      expect(await subject.engine.remove('ops')).toBe(true)
      expect(followed.state.talk.annotations).toEqual([])
      followed.close()
      await subject.say('anew', { claim: bob })
      expect(await inboxOf('bob', 'b')).toEqual([])
    })

    it('[G4] begins a group that nobody wrote to, so that the names stay', async () => {
      const followed = await subject.engine.open('new')
      for (const one of [ana, bob]) await subject.engine.hold('new', one)
      await write(to('bob'), { group: 'new' })
      followed.close()
      const listed = (await subject.engine.groups()).find(({ group }) => group === 'new')
      expect(listed).toMatchObject({ annotations: 0, series: 0, cursor: expect.stringMatching(/:1$/) })
      const key = value(await subject.engine.inbox('new/@bob', 'b'))
      expect((await subject.engine.page(key, 'talk', 0, 50)).annotations).toHaveLength(1)
    })

    it('[A7] reaches as many as it may have recipients', async () => {
      for (let at = 0; at < limits.maxRecipients; at++)
        await subject.engine.hold('ops', { name: `n${at}`, person: `p${at}` })
      await write(to(...Array.from({ length: limits.maxRecipients }, (_, at) => `n${at}`)))
      expect(await inboxOf('n19', 'p19')).toHaveLength(1)
    })
  })
}
