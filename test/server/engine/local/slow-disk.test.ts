// What must hold in whatever order changes, reads, removals and the moods of a disk come.

import {
  type Accepted,
  applyUpdate,
  changesSince,
  createState,
  cursorOf,
  type Result,
  startCursor,
} from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FollowedGroup } from '../../../../server/engine/engine.ts'
import { StoreError } from '../../../../server/engine/local/store.ts'
import { acceptedOf, add, note, number, openHeld } from '../../../support/held-engine.ts'

const group = fc.constantFrom('a', 'b')
const word = <T extends string>(...words: T[]) => fc.constantFrom(...words)
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      word: word('note', 'log', 'add', 'plain'),
      key: fc.constantFrom(undefined, undefined, 'k1', 'k2'),
      group,
    }),
  },
  { weight: 4, arbitrary: fc.record({ word: word('pass'), ms: fc.constantFrom(0, 1, 50, 100, 1_000) }) },
  { weight: 1, arbitrary: fc.record({ word: word('hold', 'let go', 'fail', 'heal') }) },
  { weight: 2, arbitrary: fc.record({ word: word('remove', 'page', 'name', 'history', 'follow', 'leave'), group }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
type Write = Extract<Step, { word: 'note' | 'log' | 'add' | 'plain' }>

interface Written {
  readonly group: string
  readonly word: Write['word']
  readonly key: string | undefined
  readonly text: string
  result?: Result<Accepted>
  /** The number of the step at which it was answered. */
  at?: number
}

/** Takes in what a followed group tells; each change is the next revision of its epoch, and no difference a gap. */
function mirror({ state, onChange, onReset, close }: FollowedGroup) {
  const mine = createState(state.group)
  let last = cursorOf(state)
  const take = () => expect(applyUpdate(mine, changesSince(state, cursorOf(mine)))).not.toBe('gap')
  applyUpdate(mine, changesSince(state, startCursor))
  onChange(() => {
    const { epoch, revision } = cursorOf(state)
    if (epoch === last.epoch) expect(revision).toBe(last.revision + 1)
    last = { epoch, revision }
    take()
  })
  onReset(() => {
    last = cursorOf(state)
    take()
  })
  return { mine, close }
}

/** An engine on which steps are taken, and what came of them. */
class Trial {
  readonly written: Written[] = []
  /** The number of the step at which a group was last deleted. */
  readonly removedAt = new Map<string, number>()
  readonly mirrors = new Map<string, ReturnType<typeof mirror>[]>([
    ['a', []],
    ['b', []],
  ])
  readonly #waiting: Promise<unknown>[] = []
  #at = 0
  readonly held: Awaited<ReturnType<typeof openHeld>>

  constructor(held: Trial['held']) {
    this.held = held
  }

  async take(step: Step): Promise<void> {
    const { engine, store, pass, settle } = this.held
    this.#at++
    switch (step.word) {
      case 'pass':
        return pass(step.ms)
      case 'hold':
        return store.hold()
      case 'let go':
        store.letGo()
        return settle()
      case 'fail':
        return store.failWith(new StoreError('full', 'The disk is full.'))
      case 'heal':
        return store.failWith(undefined)
      case 'remove':
        return this.#wait(
          engine.remove(step.group).then((isGone) => isGone && this.removedAt.set(step.group, this.#at)),
        )
      case 'page':
        return this.#wait(engine.page(step.group, 'talk', 0, 5))
      case 'name':
        return this.#wait(engine.hold(step.group, { name: 'Ana', person: `${this.#at}` }))
      case 'history':
        return this.#wait(engine.history({ group: step.group, from: 0, to: 1, buckets: 3 }))
      case 'follow':
        return this.#wait(engine.open(step.group).then((one) => this.mirrors.get(step.group)?.push(mirror(one))))
      case 'leave':
        return this.mirrors.get(step.group)?.pop()?.close()
      default:
        return this.#write(step)
    }
  }

  /** Lets everything come to its end, on a disk that is well again. */
  async end(): Promise<void> {
    const { store, pass, reports } = this.held
    store.failWith(undefined)
    for (let second = 0; second < 8; second++) {
      store.letGo()
      await pass(1_000)
    }
    expect(this.written.filter(({ result }) => result === undefined)).toEqual([])
    await Promise.all(this.#waiting)
    // What a mirror found wrong is reported there: no listener stops the engine.
    expect(reports.filter((stage) => stage !== 'write' && stage !== 'upkeep')).toEqual([])
  }

  #write({ group, word, key }: Write): void {
    const text = `n${this.#at}`
    const scoped = key === undefined || word === 'plain' ? undefined : `${word} ${key}`
    const change = { note: note(text), log: note(text, { kind: 'log' }), add: add(1), plain: number(this.#at) }[word]
    const one: Written = { group, word, key: scoped, text }
    this.written.push(one)
    const { done } = this.held.append(change, { group, ...(scoped === undefined ? {} : { key: scoped }) })
    this.#wait(
      done.then((result) => {
        one.result = result
        one.at = this.#at
      }),
    )
  }

  #wait(promise: Promise<unknown>): void {
    this.#waiting.push(promise)
  }
}

/** What was said is there once when it was acknowledged, and not when it was refused; adds count once. */
async function expectKept(trial: Trial, name: string): Promise<void> {
  const { engine, store } = trial.held
  const { state } = await engine.open(name)
  const texts = [...state.talk.annotations, ...state.logs.annotations].map(({ text }) => text)
  expect(new Set(texts).size).toBe(texts.length)
  const stored = store.of(name).flatMap(({ annotations = [] }) => annotations.map(({ text }) => text))
  expect(texts.toSorted()).toEqual(stored.toSorted())
  const removedAt = trial.removedAt.get(name) ?? -1
  const written = trial.written.filter(({ group }) => group === name)
  for (const { word, text, result, at = 0 } of written) {
    if (word !== 'note' && word !== 'log') continue
    if (!result?.ok) expect(texts).not.toContain(text)
    else if (at > removedAt) expect(texts).toContain(acceptedOf(result)?.annotation?.text)
  }
  const added = written.filter(({ word, result }) => word === 'add' && result?.ok)
  const count = new Set(added.map(({ key, text }) => key ?? text)).size
  if (removedAt < 0) expect(state.series.get('orders')?.value ?? 0).toBe(count)
  for (const { mine } of trial.mirrors.get(name) ?? []) {
    expect(cursorOf(mine)).toEqual(cursorOf(state))
    expect(mine.talk.annotations).toEqual(state.talk.annotations)
  }
}

/** The file tells of the group what memory does. */
async function expectStored(trial: Trial, name: string): Promise<void> {
  const { engine, store } = trial.held
  const { state } = await engine.open(name)
  const writes = store.of(name)
  const { epoch, revision } = writes.at(-1)?.head ?? startCursor
  expect({ epoch, revision }).toEqual(cursorOf(state))
  const rows = new Map(writes.flatMap(({ series = [] }) => series.map(({ key, value }) => [key, value] as const)))
  expect(rows).toEqual(new Map([...state.series.values()].map(({ key, value }) => [key, value])))
}

describe('on a disk that is slow, fails and heals', () => {
  it('[2] [11] [U10] nothing that was acknowledged is lost or doubled, and nothing that was refused is shown', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const trial = new Trial(await openHeld())
        for (const step of steps) await trial.take(step)
        await trial.end()
        for (const name of ['a', 'b']) {
          await expectKept(trial, name)
          await expectStored(trial, name)
        }
        await trial.held.engine.close()
        expect(trial.held.store.closedClean).toBe(true)
      }),
      { numRuns: 1_000 },
    ))
})
