import {
  type Annotation,
  type Change,
  commit,
  createState,
  Draft,
  type GroupState,
  type Prepared,
  perform,
} from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchSketch, board, draft, edit, type SampleSketch, sampleAt } from '../support/arbitraries.ts'
import { arrangeTo } from '../support/arranging.ts'
import { GrownGroup } from '../support/grown-group.ts'

const beginning = 1_795_000_000_000

/** What happens to a group; `pick` chooses among the annotations that there are. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ word: fc.constant('batch' as const), samples: batchSketch }) },
  {
    weight: 4,
    arbitrary: fc.record({
      word: fc.constant('annotate' as const),
      author: fc.constantFrom('ann', 'bob'),
      // The evidence of a pin is of what is shown, so it is another in a draft: see below.
      draft: draft.map(({ pin: _pin, ...said }) => said),
      pick: fc.option(fc.nat(), { nil: undefined }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ word: fc.constant('edit' as const), pick: fc.nat(), edit }) },
  { weight: 1, arbitrary: fc.record({ word: fc.constant('arrange' as const), board }) },
  { weight: 1, arbitrary: fc.record({ word: fc.constant('renew' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ word: fc.constant('tick' as const), ms: fc.integer({ min: -500, max: 2_000 }) }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Two groups to which the same happens: each change at once, or all of them prepared before any is performed. */
class Twins {
  readonly apart = createState('ops')
  readonly together = createState('ops')
  readonly #ids: number[] = []
  readonly #prepared: Prepared[] = []
  readonly #expected: unknown[] = []
  #draft = new Draft(this.together)
  #now = beginning

  take(step: Step): void {
    if (step.word === 'tick') {
      this.#now += step.ms
      return
    }
    const change = this.#changeOf(step)
    const committed = commit(this.apart, change, this.#now, 'k3f9')
    const prepared = this.#draft.prepare(change, this.#now, 'k3f9')
    if (!committed.ok || !prepared.ok) {
      expect(prepared).toEqual(committed)
      return
    }
    this.#prepared.push(prepared.value)
    this.#expected.push(committed.value)
    const { annotation } = committed.value
    if (annotation !== undefined && !this.#ids.includes(annotation.id)) this.#ids.push(annotation.id)
  }

  /** Performs what was prepared, and begins another draft. */
  perform(): void {
    const { head } = this.#draft
    expect(this.#prepared.map((one) => perform(this.together, one))).toEqual(this.#expected)
    const { epoch, revision, time, lastId, nextNumber } = this.together
    expect(head).toEqual({ epoch, revision, time, lastId, nextNumber })
    this.#draft = new Draft(this.together)
    this.#prepared.length = 0
    this.#expected.length = 0
  }

  #changeOf(step: Exclude<Step, { word: 'tick' }>): Change {
    switch (step.word) {
      case 'batch':
        return { type: 'batch', samples: step.samples.map((sketch: SampleSketch) => sampleAt(sketch, this.#now)) }
      case 'annotate': {
        const replyTo = step.pick === undefined ? undefined : this.#idAt(step.pick)
        const said = replyTo === undefined ? step.draft : { ...step.draft, replyTo }
        return { type: 'annotate', author: step.author, draft: said }
      }
      case 'edit':
        return { ...step.edit, id: this.#idAt(step.pick) ?? 1 }
      case 'arrange':
        return arrangeTo(step.board)
      case 'renew':
        return { type: 'renew', epoch: `life at ${this.#now}` }
      default:
        return step satisfies never
    }
  }

  #idAt(pick: number): number | undefined {
    return this.#ids[pick % Math.max(1, this.#ids.length)]
  }
}

/** All that a group is, in an order that counts. */
function wholeOf({ series, numbered, talk, logs, removals, changed, aside, ...counts }: GroupState): unknown {
  return {
    ...counts,
    series: [...series].map(([key, { ring, ...one }]) => [key, one, [...ring.from(0)]]),
    numbered: [...numbered.keys()].sort(),
    talk: [talk.annotations, talk.earlier],
    logs: [logs.annotations, logs.earlier],
    removals: [...removals],
    changed: [...changed],
    aside: [...aside],
  }
}

describe('changes that are prepared upon each other', () => {
  it('are, performed in their order, what they are when each is performed at once', () => {
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 12 }), { maxLength: 5 }), (drafts) => {
        const twins = new Twins()
        for (const steps of drafts) {
          for (const step of steps) twins.take(step)
          twins.perform()
          expect(wholeOf(twins.together)).toEqual(wholeOf(twins.apart))
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('change nothing until they are performed', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 1 })
    const { id } = group.say('teh')
    const before = wholeOf(group.state)
    const draft = new Draft(group.state)
    for (const change of [
      {
        type: 'batch',
        samples: [
          { metric: 'cpu', remove: true },
          { metric: 'load', value: 1 },
        ],
      },
      { type: 'revise', id, text: 'the' },
      { type: 'annotate', author: 'bob', draft: { text: 'yes', replyTo: id } },
      arrangeTo({ charts: [] }),
    ] satisfies Change[]) {
      expect(draft.prepare(change, group.now, 'k3f9').ok).toBe(true)
    }
    expect(wholeOf(group.state)).toEqual(before)
    expect(draft.head).toMatchObject({ revision: 6, nextNumber: 3 })
  })

  it('are pinned to what people see: not to what is still being stored', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 1 })
    const draft = new Draft(group.state)
    draft.prepare({ type: 'batch', samples: [{ metric: 'cpu', value: 9 }] }, group.now, 'k3f9')
    const pinned = draft.prepare(pinnedTo('cpu'), group.now, 'k3f9')
    expect(annotationOf(pinned.ok ? pinned.value : undefined)?.pin?.evidence).toMatchObject({
      value: 1,
      cursor: 'k3f9:1',
    })
    draft.prepare({ type: 'batch', samples: [{ metric: 'load', value: 9 }] }, group.now, 'k3f9')
    expect(draft.prepare(pinnedTo('load'), group.now, 'k3f9')).toMatchObject({ refusal: { code: 'unknown_metric' } })
  })
})

function pinnedTo(metric: string): Change {
  return { type: 'annotate', author: 'ann', draft: { text: 'why?', pin: { metric } } }
}

function annotationOf(prepared: Prepared | undefined): Annotation | undefined {
  return prepared?.effect.type === 'annotation' ? prepared.effect.annotation : undefined
}
