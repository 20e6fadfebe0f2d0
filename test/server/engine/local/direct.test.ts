import type { Accepted, Annotation, Change, Result } from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inboxKey } from '../../../../server/engine/inbox.ts'
import { StoreError } from '../../../../server/engine/local/store.ts'
import { annotationOf, headAt, openInMemory, said } from '../../../support/group-file.ts'
import { acceptedOf, number, openHeld } from '../../../support/held-engine.ts'

const people = ['ana', 'bob', 'cem'] as const
const person = fc.constantFrom(...people)
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      word: fc.constant('write' as const),
      from: person,
      to: fc.uniqueArray(person, { minLength: 1 }),
      key: fc.constantFrom(undefined, undefined, 'k1', 'k2'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ word: fc.constant('edit' as const), from: person, pick: fc.nat({ max: 9 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({ word: fc.constant('pass' as const), ms: fc.constantFrom(0, 1, 50, 1_000) }),
  },
  { weight: 1, arbitrary: fc.record({ word: fc.constantFrom('hold' as const, 'let go' as const) }) },
  { weight: 1, arbitrary: fc.record({ word: fc.constantFrom('fail' as const, 'break' as const, 'heal' as const) }) },
  { weight: 1, arbitrary: fc.record({ word: fc.constant('batch' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const inboxOf = (name: string) => inboxKey('ops', name, `${name}'s`)
const claimOf = (name: string) => ({ name, person: `${name}'s` })

/** An engine with a group in which three hold their names. */
async function openTalk() {
  const held = await openHeld()
  // Followed, or the names of a group that nobody wrote to would go.
  const group = await held.engine.open('ops')
  for (const name of people) await held.engine.hold('ops', claimOf(name))
  const write = (from: string, to: readonly string[], text: string, key?: string) => {
    const change: Change = { type: 'annotate', author: from, draft: { text, recipients: [...to] } }
    return held.append(change, { claim: claimOf(from), ...(key === undefined ? {} : { key: `${from} ${key}` }) })
  }
  const edit = (from: string, id: number, text: string) =>
    held.append({ type: 'revise', id, text }, { group: `ops/@${from}`, claim: claimOf(from) })
  const shown = async (name: string): Promise<readonly Annotation[]> => {
    const followed = await held.engine.open(inboxOf(name))
    try {
      return [...followed.state.talk.annotations]
    } finally {
      followed.close()
    }
  }
  return { ...held, group, write, edit, shown }
}
type Talk = Awaited<ReturnType<typeof openTalk>>

interface Written {
  readonly text: string
  result?: Result<Accepted>
}

async function take(step: Step, at: number, talk: Talk, written: Written[], waiting: Promise<unknown>[]) {
  const { store, pass } = talk
  switch (step.word) {
    case 'write': {
      const one: Written = { text: `n${at}` }
      written.push(one)
      const asked = talk.write(step.from, step.to, one.text, step.key)
      waiting.push(asked.done.then((result) => (one.result = result)))
      return
    }
    case 'edit': {
      const mine = written
        .map(({ result }) => acceptedOf(result)?.annotation)
        .filter((one) => one?.author === step.from)
      const old = mine[step.pick % Math.max(1, mine.length)]
      if (old !== undefined) waiting.push(talk.edit(step.from, old.id, `edit ${at}`).done)
      return
    }
    case 'pass':
      return pass(step.ms)
    case 'hold':
      return store.hold()
    case 'let go':
      store.letGo()
      return pass(0)
    case 'fail':
      return store.failWith(new StoreError('full', 'The disk is full.'))
    case 'break':
      return store.breakGroup(inboxOf('bob'))
    case 'heal':
      store.failWith(undefined)
      return store.breakGroup('')
    case 'batch':
      waiting.push(talk.append(number(at)).done)
      return
    default:
      return step satisfies never
  }
}

describe('a direct message on a disk that is slow, fails and heals', () => {
  it('[10] [A8] is in all its inboxes alike when it was acknowledged, and in none when it was refused', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 50 }), async (steps) => {
        const talk = await openTalk()
        const written: Written[] = []
        const waiting: Promise<unknown>[] = []
        for (const [at, one] of steps.entries()) await take(one, at, talk, written, waiting)
        talk.store.failWith(undefined)
        talk.store.breakGroup('')
        for (let second = 0; second < 8; second++) {
          talk.store.letGo()
          await talk.pass(1_000)
        }
        await Promise.all(waiting)
        const shown = new Map<string, readonly Annotation[]>()
        for (const name of people) shown.set(name, await talk.shown(name))
        for (const { result } of written) {
          const annotation = acceptedOf(result)?.annotation
          if (annotation === undefined) continue
          const { id, author, recipients = [] } = annotation
          const found = [author, ...recipients].map((name) => shown.get(name)?.find((one) => one.id === id)?.text)
          expect(new Set(found).size).toBe(1)
          expect(found[0]).toBeTypeOf('string')
        }
        const acknowledged = new Set(written.map(({ result }) => acceptedOf(result)?.annotation?.id))
        for (const [name, annotations] of shown) {
          expect(annotations.filter(({ id }) => !acknowledged.has(id))).toEqual([])
          const rows = talk.store.of(inboxOf(name)).flatMap((write) => write.annotations ?? [])
          expect(new Map(rows.map(({ id, text }) => [id, text]))).toEqual(
            new Map(annotations.map(({ id, text }) => [id, text])),
          )
        }
        // Each row of one goes to the disk together with its rows in the other inboxes.
        for (const writes of talk.store.writes) {
          const rows = writes.flatMap(({ group, annotations = [] }) => annotations.map((one) => ({ group, one })))
          for (const { one } of rows) {
            const parties = new Set([one.author, ...(one.recipients ?? [])].map(inboxOf))
            const there = rows.filter((row) => row.one.id === one.id && row.one.text === one.text)
            expect(new Set(there.map(({ group }) => group))).toEqual(parties)
          }
        }
        expect(talk.group.state.talk.annotations).toEqual([])
        await talk.engine.close()
        expect(talk.store.closedClean).toBe(true)
      }),
      { numRuns: 400 },
    ))
})

describe('an inbox', () => {
  it('[10] that the file cannot hold keeps a message from all its inboxes, and nothing else from the file', async () => {
    const { store, write, append, pass, shown } = await openTalk()
    store.breakGroup(inboxOf('bob'))
    const [broken, other] = [write('ana', ['bob'], 'hush'), append(number(1), { key: 'k' })]
    await pass(0)
    expect(await broken.done).toMatchObject({ ok: false, refusal: { code: 'storage' } })
    expect(await other.done).toMatchObject({ ok: true })
    expect([await shown('ana'), store.of(inboxOf('ana'))]).toEqual([[], []])
  })

  it('[M7] goes from the file in the write that lets go the name, whatever else that writes to it', () => {
    const { file } = openInMemory()
    const bob = { canonical: 'bob', person: 'p', usedAt: 0, name: 'Bob', asked: 'bob' }
    const key = inboxKey('ops', 'Bob', 'p')
    file.write([{ group: 'ops', head: headAt(1), holders: [bob] }, said(key, annotationOf(1, 'old'))])
    const lost = { group: 'ops', head: headAt(2), lostHolders: [{ canonical: 'bob', person: 'p' }] }
    file.write([{ ...lost, holders: [{ ...bob, person: 'x' }] }, said(key, annotationOf(2, 'new'))])
    expect(file.load(key)).toBeUndefined()
    expect(file.load('ops')?.holders).toMatchObject([{ person: 'x' }])
    while (file.trim(0));
    expect(file.groups().map(({ group }) => group)).toEqual(['ops'])
  })

  it('[U10] goes from the file with its group, and with no other', () => {
    const { file } = openInMemory()
    const keys = ['ops', 'ops/@bob p', 'ops/@ann q', 'ops2', 'ops2/@bob p', 'op']
    file.write(keys.map((key) => said(key, annotationOf(1, 'a'))))
    file.remove('ops')
    expect(file.groups().map(({ group }) => group)).toEqual(['ops2', 'ops2/@bob p', 'op'])
  })
})
