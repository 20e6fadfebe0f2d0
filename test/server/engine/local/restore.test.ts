import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Change, changesSince, cursorOf, type GroupState } from '@chartroom/shared'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KeptGroup } from '../../../../server/engine/kept.ts'
import { createLocalEngine, type LocalEngine } from '../../../../server/engine/local/local.ts'
import { restore } from '../../../../server/engine/local/restore.ts'
import type { StoredGroupState } from '../../../../server/engine/local/stored.ts'
import { batchSketch, board, draft, sampleAt } from '../../../support/arbitraries.ts'
import { arrangeTo } from '../../../support/arranging.ts'
import { headAt } from '../../../support/group-file.ts'
import { columnsOf } from '../../../support/history-file.ts'
import { patience } from '../../../support/patience.ts'

const start = 1_795_178_659_000

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ word: fc.constant('batch' as const), samples: batchSketch }) },
  { weight: 4, arbitrary: fc.record({ word: fc.constant('annotate' as const), draft }) },
  {
    weight: 3,
    arbitrary: fc.record({
      word: fc.constant('edit' as const),
      pick: fc.nat({ max: 20 }),
      edit: fc.oneof(
        fc.record({ type: fc.constant('revise' as const), text: fc.constantFrom('better', '更好') }),
        fc.record({ type: fc.constant('retract' as const) }),
        fc.record({
          type: fc.constant('react' as const),
          name: fc.constantFrom('ann', 'bob'),
          reaction: fc.constant('\u{1F44D}'),
          on: fc.boolean(),
        }),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ word: fc.constant('arrange' as const), board }) },
  { weight: 2, arbitrary: fc.record({ word: fc.constant('tick' as const), ms: fc.integer({ min: 0, max: 4_000 }) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

let folder: string
let time: number
let draws: number

// Commits are 50 ms apart, and these are many.
const haste = 100

/** An engine on the file of this test, that lives faster than others. */
function open(options: { readonly newEpoch?: boolean } = {}): Promise<LocalEngine> {
  return createLocalEngine(
    {
      file: join(folder, 'chartroom.db'),
      newEpoch: options.newEpoch ?? false,
      keep: { rawMs: 900_000, tensMs: 86_400_000, minutesMs: 2_592_000_000, logs: 10_000 },
    },
    {
      now: () => time,
      elapsed: () => performance.now() * haste,
      random: () => (draws++ % 97) / 97,
      setTimer: (run, ms) => {
        const timer = setTimeout(run, ms / haste)
        return () => clearTimeout(timer)
      },
      count: () => {},
      report: (stage, error) => {
        throw new Error(stage, { cause: error })
      },
    },
  )
}

/** Closes with its block, so that the next run of a failed property finds the file free. */
function closing(engine: LocalEngine) {
  return { engine, [Symbol.asyncDispose]: () => engine.close() }
}

async function take(engine: LocalEngine, step: Step, ids: number[]): Promise<void> {
  if (step.word === 'tick') {
    time += step.ms
    return
  }
  const accepted = await engine.append({ group: 'ops', change: changeOf(step, ids) })
  const annotation = accepted.ok ? accepted.value.annotation : undefined
  if (annotation !== undefined && !ids.includes(annotation.id)) ids.push(annotation.id)
}

function changeOf(step: Exclude<Step, { word: 'tick' }>, ids: readonly number[]): Change {
  switch (step.word) {
    case 'batch':
      return { type: 'batch', samples: step.samples.map((sketch) => sampleAt(sketch, time)) }
    case 'annotate':
      return { type: 'annotate', author: 'ann', draft: step.draft }
    case 'edit':
      return { ...step.edit, id: ids[step.pick % Math.max(1, ids.length)] ?? 1 }
    case 'arrange':
      return arrangeTo(step.board)
  }
}

/** What every receiver that may come is told, whatever its cursor. */
function toldOf(state: GroupState): unknown {
  const { epoch, revision } = cursorOf(state)
  const updates = Array.from({ length: revision + 2 }, (_, from) => changesSince(state, { epoch, revision: from }))
  const told = updates.map(({ removed = [], series = [], values = [], ...rest }) => ({
    ...rest,
    removed: removed.toSorted((a, b) => a - b),
    series: series.toSorted((a, b) => a.n - b.n),
    // A series that was removed and came back has its past again: outside the wire it is its metric and labels.
    values: (state.removals.size === 0 ? values : values.map(([n, value]) => [n, value] as const)).toSorted(
      ([a], [b]) => a - b,
    ),
  }))
  // As it is read: JSON has no minus zero.
  return JSON.parse(JSON.stringify(told))
}

function ringsOf(state: GroupState): unknown {
  return [...state.series].map(([key, { ring }]) => [key, [...ring.from(0)]])
}

describe('a group that comes from the disk', () => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chartroom-'))
    time = start
    draws = 0
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('tells after a clean stop, at any cursor, what it told before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        const ids: number[] = []
        const before = await open()
        await before.remove('ops')
        for (const step of steps) await take(before, step, ids)
        const lost = await before.open('ops')
        await before.close()
        await using after = closing(await open())
        const { state } = await after.engine.open('ops')
        expect(cursorOf(state)).toEqual(cursorOf(lost.state))
        expect(toldOf(state)).toEqual(toldOf(lost.state))
        if (lost.state.removals.size === 0) expect(ringsOf(state)).toEqual(ringsOf(lost.state))
        expect(
          await after.engine.append({
            group: 'ops',
            change: changeOf({ word: 'annotate', draft: { text: 'on' } }, []),
          }),
        ).toMatchObject({
          ok: true,
          value: { cursor: { revision: lost.state.revision + 1 } },
        })
      }),
      { numRuns: 12, endOnFailure: true },
    )
  })

  it('leaves memory when nobody asks for it for an hour, and comes back as it was', async () => {
    await using held = closing(await open())
    const { engine } = held
    await take(engine, { word: 'annotate', draft: { text: 'hi' } }, [])
    await take(engine, { word: 'batch', samples: [{ metric: 'cpu', value: 5 }] }, [])
    const before = await engine.open('ops')
    before.close()
    const listed = await engine.groups()
    time += 3_700_000
    await vi.waitFor(
      async () => {
        const after = await engine.open('ops')
        after.close()
        time += 3_700_000
        expect(after.state).not.toBe(before.state)
        expect(toldOf(after.state)).toEqual(toldOf(before.state))
      },
      { ...patience, interval: 1_000 },
    )
    expect(await engine.groups()).toEqual(listed)
  })

  it('[9] begins a new epoch that goes on counting when the file says so', async () => {
    const before = await open()
    await take(before, { word: 'annotate', draft: { text: 'hi' } }, [])
    const { state: old } = await before.open('ops')
    await before.close()
    const after = await open({ newEpoch: true })
    const { state } = await after.open('ops')
    expect(state.epoch).not.toBe(old.epoch)
    expect(state.revision).toBeGreaterThan(old.revision)
    expect(changesSince(state, cursorOf(old))).toMatchObject({ from: 0, annotations: [{ text: 'hi' }] })
    await after.close()
  })
  it('[9] counts on from above what lives may have shown that left nothing behind', () => {
    const revisionIn = (life: number) => {
      const kept = new KeptGroup('ops')
      restore(kept, writtenInLife(1), life, `e${life}`, start)
      return kept.state.revision
    }
    const shownIn2 = revisionIn(2) + 10_000
    expect(revisionIn(3)).toBeGreaterThan(shownIn2)
  })
})

function writtenInLife(life: number): StoredGroupState {
  const samples = columnsOf([])
  const runs = { talk: [], talkEarlier: 0, logs: [], logsEarlier: 0, changed: [], aside: [] }
  return { head: headAt(7, { life }), ...runs, series: [], removals: [], keys: [], holders: [], samples }
}
