// Holds the whole client to its purpose: whatever happens on the way, it ends where the server is.

import { type GroupState, limits } from '@chartroom/shared'
import { createConnection, type Replica } from '@chartroom/shared/client'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FakePlatform } from '../../support/fake-platform.ts'
import { MemoryServer } from '../../support/memory-server.ts'

/** What may happen at any point. */
type Event =
  | { readonly type: 'post'; readonly metric: string; readonly value: number | null }
  | { readonly type: 'remove'; readonly metric: string }
  | { readonly type: 'say' | 'write' | 'push' | 'step' | 'cut' | 'wake' | 'renew' | 'lose' }
  | { readonly type: 'pace'; readonly paceMs: number }
  | { readonly type: 'wait'; readonly ms: number }

const metric = fc.constantFrom('cpu', 'load', 'orders')
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('post' as const), metric, value: fc.option(fc.integer()) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('remove' as const), metric }) },
  { weight: 3, arbitrary: fc.constantFrom<Event>({ type: 'say' }, { type: 'write' }) },
  { weight: 3, arbitrary: fc.constant<Event>({ type: 'push' }) },
  { weight: 12, arbitrary: fc.constant<Event>({ type: 'step' }) },
  { weight: 3, arbitrary: fc.constant<Event>({ type: 'lose' }) },
  { weight: 1, arbitrary: fc.constantFrom<Event>({ type: 'cut' }, { type: 'wake' }, { type: 'renew' }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('pace' as const), paceMs: fc.constantFrom(...limits.pacesMs) }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 40_000 }) }) },
)

class Trial {
  readonly platform = new FakePlatform()
  readonly server = new MemoryServer(this.platform)
  readonly replica: Replica
  readonly written: string[] = []
  #lives = 0
  readonly #connection

  constructor() {
    // Keys are made of chance, so it must not repeat.
    let drawn = 0
    this.platform.chance = () => {
      drawn++
      return (drawn * 0.618_033_988_7) % 1
    }
    this.#connection = createConnection({ url: 'http://h', platform: this.platform, name: 'Ann', secret: 's3' })
    this.replica = this.#connection.follow('ops', { windowMs: 60_000 })
  }

  happen(event: Event): void {
    const { platform, server, replica } = this
    switch (event.type) {
      case 'post':
        server.post('ops', { [event.metric]: event.value })
        break
      case 'remove':
        server.commit('ops', { type: 'batch', samples: [{ metric: event.metric, remove: true }] })
        break
      case 'say':
        server.say('ops', 'from elsewhere')
        break
      case 'write':
        this.#write()
        break
      case 'push':
        server.push()
        break
      case 'step':
        server.step()
        break
      case 'cut':
        server.cut()
        break
      case 'wake':
        platform.wake()
        break
      case 'renew':
        this.#lives++
        server.commit('ops', { type: 'renew', epoch: `life${this.#lives}` })
        break
      case 'lose':
        // An update that never arrives: what follows it is a gap.
        this.#loseUpdate()
        break
      case 'pace':
        replica.change({ paceMs: event.paceMs })
        break
      case 'wait':
        platform.advance(event.ms)
        break
      default:
        event satisfies never
    }
  }

  /** The network is well again: what was ended comes back, and something happens that shows what is missing. */
  settle(): void {
    this.#connection.reconnectNow()
    this.server.flush()
    this.server.post('ops', { cpu: 0 })
    this.server.push()
    this.server.flush()
  }

  #loseUpdate(): void {
    const { toClient } = this.platform.socket
    const at = toClient.findIndex((frame) => frame.startsWith('{"type":"update"'))
    if (at >= 0) toClient.splice(at, 1)
  }

  #write(): void {
    const text = `mine ${this.written.length}`
    if (this.written.length >= 100) return
    this.written.push(text)
    void this.replica.annotate({ text })
  }
}

function shown({ epoch, revision, series, board }: GroupState) {
  const values = [...series.values()].map(({ key, value, definition }) => ({ key, value, definition }))
  return { epoch, revision, board, values: values.sort((a, b) => a.definition.n - b.definition.n) }
}

describe('a client over a bad network', () => {
  it('ends equal to the group, and every annotation is there once, in order', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 150, size: 'max' }), (events) => {
        const trial = new Trial()
        for (const event of events) trial.happen(event)
        trial.settle()
        const group = trial.server.group('ops')
        const { state } = trial.replica
        expect(shown(state)).toEqual(shown(group))
        expect(state.talk.annotations).toEqual(group.talk.annotations.filter(({ id }) => id >= state.talk.earlier))
        expect(group.talk.annotations.filter(({ author }) => author === 'Ann').map(({ text }) => text)).toEqual(
          trial.written,
        )
      }),
      { numRuns: 300 },
    )
  })
})
