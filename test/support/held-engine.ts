// The local engine on a store whose disk and clock a test holds.

import type { Accepted, AnnotationDraft, Change, Result } from '@chartroom/shared'
import { createEngineOn, type LocalEngine } from '../../server/engine/local/local.ts'
import { FakeClock } from './fake-clock.ts'
import { FakeStore } from './fake-store.ts'

/** When the clock of the engine begins, Unix ms. */
export const start = 1_795_178_659_000

/** An engine on a store whose disk and clock the test holds. */
export async function openHeld() {
  const clock = new FakeClock()
  const store = new FakeStore()
  const counts = new Map<string, number>()
  const reports: string[] = []
  let draws = 0
  const engine: LocalEngine = await createEngineOn(store, {
    now: () => start + clock.now(),
    elapsed: clock.now,
    random: () => (draws++ % 97) / 97,
    setTimer: clock.setTimer,
    count: (name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
    report: (stage) => void reports.push(stage),
  })
  // What is waited for without a clock: the engine's own promises.
  const settle = async () => {
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
  const pass = async (ms: number) => {
    await settle()
    clock.advance(ms)
    await settle()
  }
  const append = (
    change: Change,
    more: { key?: string; group?: string; claim?: { name: string; person: string } } = {},
  ) => {
    const told: { result?: Result<Accepted> } = {}
    const done = engine.append({ group: 'ops', change, ...more }).then((result) => {
      told.result = result
      return result
    })
    return { told, done }
  }
  return { clock, store, counts, reports, engine, settle, pass, append }
}

/** Something said by ana. */
export const note = (text: string, draft: Partial<AnnotationDraft> = {}): Change => ({
  type: 'annotate',
  author: 'ana',
  draft: { text, ...draft },
})
/** A plain number. */
export const number = (value: number, metric = 'cpu'): Change => ({ type: 'batch', samples: [{ metric, value }] })
/** A number to add, which is stored first. */
export const add = (value: number): Change => ({ type: 'batch', samples: [{ metric: 'orders', add: value }] })
/** What was accepted, if it was. */
export const acceptedOf = (result: Result<Accepted> | undefined) => (result?.ok ? result.value : undefined)
