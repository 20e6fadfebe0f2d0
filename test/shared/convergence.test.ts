// The property that all of Chartroom stands on: whatever happens to a group and on the way to its receivers, each of
// them knows at its cursor exactly what the group was there, and in the end what the group is.

import { type Cursor, cursorOf, limits, runNames, runOf } from '@chartroom/shared'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { batchSketch, board, draft, edit, sampleAt } from '../support/arbitraries.ts'
import { arrangeTo } from '../support/arranging.ts'
import { differenceFrom, Receiver } from '../support/receiver.ts'
import { ServedGroup } from '../support/served-group.ts'

const paces = [100, 1_000, 60_000]
const maxReceivers = 5

const pick = fc.nat({ max: 200 })
const pace = fc.constantFrom(...paces)
/** Where a receiver claims to stand when it comes back. */
const claim = fc.oneof(
  { weight: 4, arbitrary: fc.constant('own' as const) },
  { weight: 2, arbitrary: fc.constant('none' as const) },
  {
    weight: 2,
    arbitrary: fc.record({
      epoch: fc.constantFrom('own', 'life0', 'life1', '0'),
      back: fc.integer({ min: -3, max: 20 }),
    }),
  },
)

const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ word: fc.constant('batch' as const), samples: batchSketch }) },
  { weight: 5, arbitrary: fc.record({ word: fc.constant('annotate' as const), draft }) },
  {
    weight: 1,
    arbitrary: fc.record({ word: fc.constant('storm' as const), count: fc.constantFrom(3, limits.updateLogs + 2) }),
  },
  { weight: 6, arbitrary: fc.record({ word: fc.constant('edit' as const), pick, edit }) },
  { weight: 1, arbitrary: fc.record({ word: fc.constant('arrange' as const), board }) },
  { weight: 1, arbitrary: fc.record({ word: fc.constant('renew' as const), isLossy: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ word: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ word: fc.constant('trim' as const), length: fc.nat({ max: 6 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ word: fc.constant('tick' as const), ms: fc.integer({ min: -2_000, max: 4_000 }) }),
  },
  { weight: 8, arbitrary: fc.record({ word: fc.constant('round' as const), pace, slice: fc.nat({ max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ word: fc.constant('slice' as const), pace }) },
  {
    weight: 9,
    arbitrary: fc.record({ word: fc.constant('receive' as const), pick, frames: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 2, arbitrary: fc.record({ word: fc.constant('join' as const), pace, isCached: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ word: fc.constant('cut' as const), pick }) },
  { weight: 3, arbitrary: fc.record({ word: fc.constant('resume' as const), pick, claim }) },
  { weight: 2, arbitrary: fc.record({ word: fc.constant('change_pace' as const), pick, pace }) },
  { weight: 2, arbitrary: fc.record({ word: fc.constant('fill' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ word: fc.constant('drain' as const), pick }) },
  {
    weight: 3,
    arbitrary: fc.record({
      word: fc.constant('ask' as const),
      pick,
      run: fc.constantFrom(...runNames),
      limit: fc.integer({ min: 1, max: 5 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ word: fc.constant('arrive' as const), pick }) },
)
/** What was said before: nothing, some of it out of memory, or more than a snapshot carries. */
const beginning = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ annotations: 0, inMemory: 0 }) },
  { weight: 5, arbitrary: fc.record({ annotations: fc.constant(6), inMemory: fc.nat({ max: 3 }) }) },
  { weight: 1, arbitrary: fc.constant({ annotations: 104, inMemory: 104 }) },
)
type Beginning = { readonly annotations: number; readonly inMemory: number }
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** A server and its receivers, to which steps happen. */
class World {
  readonly server = new ServedGroup()
  readonly receivers: Receiver[] = []

  constructor({ annotations, inMemory }: Beginning) {
    for (let count = 0; count < annotations; count++) {
      this.server.commit({ type: 'annotate', author: 'ann', draft: { text: `${count}` } })
    }
    this.server.trim(inMemory)
    this.join(1_000, false)
    this.join(100, false)
  }

  take(step: Step): void {
    const { server } = this
    switch (step.word) {
      case 'batch':
        server.commit({ type: 'batch', samples: step.samples.map((sketch) => sampleAt(sketch, server.now)) })
        break
      case 'annotate':
        server.commit({ type: 'annotate', author: 'ann', draft: step.draft })
        break
      case 'storm':
        server.storm(step.count)
        break
      case 'edit':
        server.edit({ ...step.edit, id: at(server.ids, step.pick) ?? 1 })
        break
      case 'arrange':
        server.commit(arrangeTo(step.board))
        break
      case 'renew':
        server.renew(step.isLossy)
        break
      case 'restart':
        for (const receiver of this.receivers) receiver.cut()
        server.restart()
        break
      case 'trim':
        server.trim(step.length)
        break
      case 'tick':
        server.now += step.ms
        break
      case 'round':
        server.round(step.pace)
        server.slice(step.pace, step.slice)
        break
      case 'slice':
        server.slice(step.pace, 1)
        break
      case 'join':
        if (this.receivers.length < maxReceivers) this.join(step.pace, step.isCached)
        break
      default:
        this.takeAt(step, at(this.receivers, step.pick))
    }
  }

  /** Everything heals: links drain, those who were cut come back, and all that is under way arrives. */
  settle(): void {
    for (const receiver of this.receivers) {
      if (receiver.link === undefined) receiver.connect(cursorOf(receiver.state))
      else receiver.link.isFull = false
    }
    for (const paceMs of paces) {
      this.server.round(paceMs)
      this.server.round(paceMs)
      this.server.slice(paceMs, Number.POSITIVE_INFINITY)
    }
    for (const receiver of this.receivers) {
      while (this.receive(receiver));
      while (receiver.arrive()) this.check(receiver)
    }
  }

  pageBack(): void {
    for (const receiver of this.receivers) {
      for (const run of runNames) {
        for (let pages = 0; runOf(receiver.state, run).earlier !== 0; pages++) {
          if (pages > this.server.ids.length) throw new Error('paging back does not end')
          receiver.ask(run, 30)
          receiver.arrive()
          this.check(receiver)
        }
      }
    }
  }

  checkEnd(): void {
    for (const { state } of this.receivers) {
      const difference = differenceFrom(this.server.viewAt(cursorOf(this.server.state)), state)
      if (difference !== undefined) throw new Error(`In the end ${difference}`)
    }
  }

  private join(paceMs: number, isCached: boolean): void {
    const receiver = new Receiver(this.server, paceMs)
    this.receivers.push(receiver)
    receiver.connect(undefined, isCached)
  }

  private takeAt(step: Exclude<Step, { word: 'join' }>, receiver: Receiver | undefined): void {
    if (receiver === undefined) return
    switch (step.word) {
      case 'receive':
        for (let count = 0; count < step.frames; count++) this.receive(receiver)
        break
      case 'cut':
        receiver.cut()
        break
      case 'resume':
        receiver.connect(this.claimed(step.claim, receiver))
        break
      case 'change_pace':
        receiver.changePace(step.pace)
        break
      case 'fill':
        if (receiver.link !== undefined) receiver.link.isFull = true
        break
      case 'drain':
        if (receiver.link !== undefined) receiver.link.isFull = false
        break
      case 'ask':
        receiver.ask(step.run, step.limit)
        break
      case 'arrive':
        if (receiver.arrive()) this.check(receiver)
        break
    }
  }

  private claimed(claim: Extract<Step, { word: 'resume' }>['claim'], receiver: Receiver): Cursor | undefined {
    if (claim === 'none') return undefined
    if (claim === 'own') return cursorOf(receiver.state)
    const { epoch, revision } = this.server.state
    return { epoch: claim.epoch === 'own' ? epoch : claim.epoch, revision: Math.max(0, revision - claim.back) }
  }

  private receive(receiver: Receiver): boolean {
    const outcome = receiver.receive()
    if (outcome === 'replaced' || outcome === 'merged') this.check(receiver)
    return outcome !== undefined
  }

  private check({ state }: Receiver): void {
    const difference = differenceFrom(this.server.viewAt(cursorOf(state)), state)
    if (difference !== undefined) throw new Error(`At ${state.epoch}:${state.revision} ${difference}`)
  }
}

function at<T>(all: readonly T[], pick: number): T | undefined {
  return all[pick % Math.max(1, all.length)]
}

describe('whatever happens to a group and on the way', () => {
  it('[1] [3] [6] [8] [9] every receiver knows what the group was at its cursor, and in the end all of it', () => {
    fc.assert(
      fc.property(beginning, fc.array(step, { maxLength: 80, size: 'max' }), (beginning, steps) => {
        const world = new World(beginning)
        for (const step of steps) world.take(step)
        world.settle()
        world.checkEnd()
        world.pageBack()
        world.checkEnd()
      }),
      { numRuns: 1_500 },
    )
  })
})
