// The engine that a contract runs on: made anew for each test, at a clock that the test moves, with what tests say most.

import type { Accepted, Change, Refusal, Result } from '@chartroom/shared'
import { afterEach, beforeEach } from 'vitest'
import type { Append, Engine } from '../../server/engine/engine.ts'
import type { Claim } from '../../server/engine/holders.ts'

/** What an engine is made with: a clock (Unix ms) and a source of names that the test holds. */
export interface EngineHost {
  now(): number
  random(): number
}

/** Gives a fresh, empty engine. */
export type MakeEngine = (host: EngineHost) => Promise<Engine>

/** An engine under test. Unless another is named, all happens in the group `ops`. */
export class Subject {
  /** Unix ms. */
  time = 1_795_178_659_000
  #engine: Engine | undefined
  #draws = 0

  constructor(make: MakeEngine) {
    beforeEach(async () => {
      this.#engine = await make({ now: () => this.time, random: () => (this.#draws++ % 97) / 97 })
    })
    afterEach(() => this.#engine?.close())
  }

  get engine(): Engine {
    if (this.#engine === undefined) throw new Error('There is an engine inside a test only.')
    return this.#engine
  }

  /** Makes a change happen that must not be refused. */
  async take(change: Change, more: Partial<Omit<Append, 'change'>> = {}): Promise<Accepted> {
    return value(await this.engine.append({ group: 'ops', change, ...more }))
  }

  /** The refusal of a change that must be refused. */
  async refusal(change: Change, claim?: Claim): Promise<Refusal> {
    const result = await this.engine.append({ group: 'ops', change, ...(claim === undefined ? {} : { claim }) })
    if (result.ok) throw new Error('This was to be refused.')
    return result.refusal
  }

  /** Has somebody write an annotation, and returns its id. */
  async say(text: string, { kind, claim }: { kind?: 'log' | 'alert'; claim?: Claim } = {}): Promise<number> {
    const draft = kind === undefined ? { text } : { text, kind }
    const change = { type: 'annotate', author: claim?.name ?? 'ana', draft } as const
    const { annotation } = await this.take(change, claim === undefined ? {} : { claim })
    return annotation?.id ?? 0
  }

  /** What a run says, newest first. */
  async texts(run: 'talk' | 'logs' = 'talk'): Promise<string[]> {
    const { annotations } = await this.engine.page('ops', run, 0, 200)
    return annotations.map(({ text }) => text)
  }
}

/** What was accepted. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}
