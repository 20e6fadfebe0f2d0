import {
  type Annotation,
  type AnnotationPage,
  applyPage,
  applyUpdate,
  type Cursor,
  changesSince,
  createState,
  encodeCursor,
  type GroupState,
  startCursor,
  trimRun,
  type Update,
  windowOf,
} from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchSketch, draft, type SampleSketch, sampleAt } from '../support/arbitraries.ts'
import { arrangeTo } from '../support/arranging.ts'
import { GrownGroup, wired } from '../support/grown-group.ts'

function textsOf(state: GroupState): string[] {
  return state.talk.annotations.map(({ text }) => text)
}

type Growth = readonly [readonly SampleSketch[], string]

/** A group that grew through batches and messages, with its cursor and a follower after each. */
function grown(growths: readonly Growth[]): { group: GrownGroup; cursors: Cursor[]; followers: GroupState[] } {
  const group = new GrownGroup()
  const [cursors, followers]: [Cursor[], GroupState[]] = [[], []]
  for (const [sketches, text] of growths) {
    group.now += 400
    group.post(...sketches.map((sketch) => sampleAt(sketch, group.now)))
    group.say(text)
    cursors.push(group.cursor)
    followers.push(group.follower())
  }
  return { group, cursors, followers }
}

const changes = fc.array(
  fc.tuple(
    batchSketch,
    draft.map(({ text }) => text),
  ),
  { minLength: 1, maxLength: 8 },
)

describe('an update', () => {
  it('[3] moves the cursor to where it leads, also when it has no parts', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 1 })
    const state = createState('ops')
    expect(applyUpdate(state, group.since())).toBe('replaced')
    expect([state.epoch, state.revision, state.time]).toEqual(['k3f9', 1, group.now])
    expect(applyUpdate(state, group.since(group.cursor))).toBe('merged')
    expect([state.epoch, state.revision]).toEqual(['k3f9', 1])
  })

  it('is taken twice as once', () => {
    fc.assert(
      fc.property(changes, fc.nat(), fc.integer({ min: 1_000, max: 60_000 }), (changes, pick, windowMs) => {
        const { group, cursors } = grown(changes)
        const from = cursors[pick % cursors.length] ?? startCursor
        const [once, twice] = [createState('ops'), createState('ops')]
        const first = wired({ ...changesSince(group.state, startCursor), window: windowOf(group.state, windowMs) })
        const second = group.since(from)
        for (const state of [once, twice]) {
          applyUpdate(state, first)
          applyUpdate(state, second)
        }
        applyUpdate(twice, second)
        expect(twice).toEqual(once)
        expect(ringsOf(twice)).toEqual(ringsOf(once))
      }),
    )
  })

  it('[5] may start before the receiver stands: one encoding serves all who are at or after its from', () => {
    fc.assert(
      fc.property(changes, (growths) => {
        const { group, cursors, followers } = grown(growths)
        const shared = group.since(cursors[0])
        const whole = group.follower()
        for (const follower of followers) {
          expect(applyUpdate(follower, shared)).toBe('merged')
          expect([follower.talk.annotations, valuesOf(follower)]).toEqual([whole.talk.annotations, valuesOf(whole)])
        }
      }),
    )
  })

  it('that ends below the state is nothing', () => {
    const group = new GrownGroup()
    const cursor = group.post({ metric: 'cpu', value: 1 })
    group.post({ metric: 'cpu', value: 2 })
    const late = group.since(cursor)
    group.post({ metric: 'cpu', value: 3 })
    const follower = group.follower()
    expect(applyUpdate(follower, late)).toBe('nothing')
    expect([...follower.series.values()].map(({ value }) => value)).toEqual([3])
  })

  it.each<[string, (update: Update) => Update]>([
    ['begins above the state', (update) => ({ ...update, from: 2 })],
    ['is of another epoch', (update) => ({ ...update, epoch: 'other' })],
  ])('[7] that %s is a gap, and changes nothing', (_what, change) => {
    const group = new GrownGroup()
    const cursor = group.post({ metric: 'cpu', value: 1 })
    const follower = group.follower()
    group.post({ metric: 'cpu', value: 3 })
    expect(applyUpdate(follower, change(group.since(cursor)))).toBe('gap')
    expect([follower.epoch, follower.revision]).toEqual(['k3f9', 1])
    expect([...follower.series.values()].map(({ value }) => value)).toEqual([1])
  })

  it('[9] from 0 replaces everything, the log too, whenever it comes', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 1 })
    group.say('lost')
    group.commit(arrangeTo({ charts: [] }))
    const follower = group.follower()
    const other = new GrownGroup()
    other.state.epoch = 'next'
    other.commit({ type: 'renew', epoch: 'next' })
    other.post({ metric: 'load', value: 2 })
    expect(applyUpdate(follower, other.since())).toBe('replaced')
    expect([...follower.series.keys()]).toEqual(['load'])
    expect([follower.talk.annotations, follower.board, follower.epoch]).toEqual([[], null, 'next'])
  })

  it('with a window tells its time whole: what the ring held of it goes', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 1 })
    const follower = group.follower()
    follower.numbered.get(1)?.ring.add(group.now - 3_000, 1, 1)
    follower.numbered.get(1)?.ring.add(group.now - 1_000, 99, 1)
    applyUpdate(follower, wired({ ...changesSince(group.state, group.cursor), window: windowOf(group.state, 10_000) }))
    expect([...(follower.numbered.get(1)?.ring.from(0) ?? [])].map(({ last }) => last)).toEqual([1, 1])
  })

  it('with a window keeps a spike of before it, which the update before told at its last sample', () => {
    const group = new GrownGroup()
    const cursor = group.post({ metric: 'load', value: 0 })
    const follower = group.follower()
    for (const value of [1, 900, 2]) {
      group.post({ metric: 'cpu', value })
      group.now += 10_000
    }
    applyUpdate(follower, group.since(cursor))
    const again = group.cursor
    group.post({ metric: 'cpu', value: 3 })
    const window = windowOf(group.state, 12_000)
    applyUpdate(follower, wired({ ...changesSince(group.state, again), window }))
    expect([...(follower.numbered.get(2)?.ring.from(0) ?? [])]).toMatchObject([
      { last: 2, least: 1, greatest: 900 },
      { last: 3, least: 3, greatest: 3 },
    ])
  })

  it('with values of an unknown number leaves them, and takes the rest', () => {
    const state = createState('ops')
    applyUpdate(state, { type: 'update', group: 'ops', epoch: 'k3f9', from: 0, to: 1, time: 0, values: [[7, 1]] })
    expect([state.series.size, state.revision]).toEqual([0, 1])
  })
})

describe('an annotation in an update', () => {
  it('[1] stands in the order of its id', () => {
    const group = new GrownGroup()
    const first = group.say('one')
    const second = group.say('two')
    const state = createState('ops')
    applyUpdate(state, { ...group.since(), annotations: [second, first] })
    expect(textsOf(state)).toEqual(['one', 'two'])
  })

  it('[1] of the greater revision wins, in whatever order they come', () => {
    const group = new GrownGroup()
    const { id } = group.say('teh')
    const old = group.since()
    const follower = group.follower()
    group.commit({ type: 'revise', id, text: 'the' })
    const { annotations = [] } = group.since()
    applyUpdate(follower, { ...old, from: 1, annotations })
    applyUpdate(follower, { ...old, from: 1 })
    expect(textsOf(follower)).toEqual(['the'])
  })

  it('[1] that is not paged in is kept and not shown', () => {
    const { group, follower, first } = withOlder()
    group.commit({ type: 'revise', id: first.id, text: 'ONE' })
    applyUpdate(follower, group.since({ epoch: 'k3f9', revision: 3 }))
    expect(textsOf(follower)).toEqual(['three'])
    expect(follower.aside.get(first.id)?.text).toBe('ONE')
  })
})

describe('a page of older annotations', () => {
  it('[1] extends the run backwards, and says when there is no more', () => {
    const { follower, first, second } = withOlder()
    expect(applyPage(follower, pageOf([second], second.id, 3), follower.talk.earlier)).toBe(true)
    expect([textsOf(follower), follower.talk.earlier]).toEqual([['two', 'three'], second.id])
    expect(applyPage(follower, pageOf([first], 0, 3), follower.talk.earlier)).toBe(true)
    expect([textsOf(follower), follower.talk.earlier]).toEqual([['one', 'two', 'three'], 0])
  })

  it('[1] without annotations says that there is no more', () => {
    const { follower } = withOlder()
    expect(applyPage(follower, pageOf([], 0, 3), follower.talk.earlier)).toBe(true)
    expect(follower.talk.earlier).toBe(0)
  })

  it('[1] loses against a later edit that came before it', () => {
    const { group, follower, first, second } = withOlder()
    group.commit({ type: 'revise', id: first.id, text: 'ONE' })
    applyUpdate(follower, group.since({ epoch: 'k3f9', revision: 3 }))
    applyPage(follower, pageOf([second, first], 0, 3), follower.talk.earlier)
    expect(textsOf(follower)).toEqual(['ONE', 'two', 'three'])
    expect(follower.aside.size).toBe(0)
  })

  it('[1] wins against an earlier edit that comes after it', () => {
    const { group, follower, first, second } = withOlder()
    group.commit({ type: 'revise', id: first.id, text: 'ONE' })
    const underWay = group.since({ epoch: 'k3f9', revision: 3 })
    const { annotation } = group.commit({ type: 'revise', id: first.id, text: 'First' })
    applyPage(follower, pageOf([second, annotation ?? first], 0, 5), follower.talk.earlier)
    applyUpdate(follower, underWay)
    expect(textsOf(follower)).toEqual(['First', 'two', 'three'])
  })

  it('[1] that was asked for twice is taken once', () => {
    const { follower, second } = withOlder()
    const asked = follower.talk.earlier
    expect(applyPage(follower, pageOf([second], second.id, 3), asked)).toBe(true)
    expect(applyPage(follower, pageOf([second], second.id, 3), asked)).toBe(false)
    expect(textsOf(follower)).toEqual(['two', 'three'])
  })

  it('[1] that reaches further back than another brings only what is missing', () => {
    const { follower, first, second } = withOlder()
    const asked = follower.talk.earlier
    applyPage(follower, pageOf([second], second.id, 3), asked)
    expect(applyPage(follower, pageOf([second, first], 0, 3), asked)).toBe(true)
    expect(textsOf(follower)).toEqual(['one', 'two', 'three'])
  })

  it('[1] that does not reach up to the run leaves no hole: everything was replaced since it was asked for', () => {
    const { group, follower, first, second } = withOlder()
    const asked = follower.talk.earlier
    group.say('four')
    trimRun(group.state, 'talk', 1)
    applyUpdate(follower, group.since())
    expect(applyPage(follower, pageOf([second, first], 0, 9), asked)).toBe(false)
    expect(textsOf(follower)).toEqual(['four'])
  })

  it('[1] that was read before everything was replaced is not taken: what changed since is not known', () => {
    const { group, follower, first, second } = withOlder()
    const asked = follower.talk.earlier
    group.commit({ type: 'revise', id: first.id, text: 'ONE' })
    trimRun(group.state, 'talk', 1)
    applyUpdate(follower, group.since())
    expect(applyPage(follower, pageOf([second, first], 0, 3), asked)).toBe(false)
    expect(textsOf(follower)).toEqual(['three'])
  })

  it('[9] of another epoch is not taken', () => {
    const { follower, first, second } = withOlder()
    const page = { ...pageOf([second, first], 0, 3), cursor: 'other:3' }
    expect(applyPage(follower, page, follower.talk.earlier)).toBe(false)
    expect(applyPage(follower, { ...page, cursor: 'nonsense' }, follower.talk.earlier)).toBe(false)
  })
})

/** A group with three messages, of which a follower has the last. */
function withOlder(): { group: GrownGroup; follower: GroupState; first: Annotation; second: Annotation } {
  const group = new GrownGroup()
  const [first, second] = [group.say('one'), group.say('two')]
  group.say('three')
  const follower = createState('ops')
  const log = group.state.talk.annotations
  applyUpdate(follower, { ...group.since(), annotations: log.slice(2), earlier: log[2]?.id })
  return { group, follower, first, second }
}

function pageOf(annotations: Annotation[], before: number, revision: number): AnnotationPage {
  return { annotations, before, cursor: encodeCursor({ epoch: 'k3f9', revision }) }
}

function valuesOf(state: GroupState): unknown {
  return [...state.series].map(([key, { definition, value }]) => [key, definition, value]).sort()
}

function ringsOf(state: GroupState): unknown {
  return [...state.series].map(([key, { ring }]) => [key, [...ring.from(0)]])
}
