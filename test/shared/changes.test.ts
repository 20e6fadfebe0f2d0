import { applyUpdate, limits, startCursor, trimRun, type Update, windowOf } from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchSketch, sampleAt } from '../support/arbitraries.ts'
import { arrangeTo } from '../support/arranging.ts'
import { GrownGroup } from '../support/grown-group.ts'

const epoch = 'k3f9'

function idsOf(group: GrownGroup): number[] {
  return group.state.talk.annotations.map(({ id }) => id)
}

describe('changes since a cursor', () => {
  it('of a group nobody wrote to are the empty whole', () => {
    expect(new GrownGroup().since()).toEqual({
      type: 'update',
      group: 'ops',
      epoch: '0',
      from: 0,
      to: 0,
      time: 0,
      series: [],
      values: [],
      annotations: [],
      earlier: 0,
      board: null,
    })
  })

  it('since the beginning are the whole group', () => {
    const group = new GrownGroup()
    group.post({ metric: 'orders', labels: { item: 'Shirts' }, value: 5, unit: 'pcs' })
    const annotation = group.say('why?')
    expect(group.since()).toEqual({
      type: 'update',
      group: 'ops',
      epoch,
      from: 0,
      to: 2,
      time: group.now,
      series: [{ n: 1, metric: 'orders', labels: { item: 'Shirts' }, unit: 'pcs' }],
      values: [[1, 5]],
      annotations: [annotation],
      earlier: 0,
      board: null,
    })
  })

  it('since the present are an update without parts', () => {
    const group = new GrownGroup()
    const cursor = group.post({ metric: 'cpu', value: 5 })
    const { now: time } = group
    expect(group.since(cursor)).toEqual({ type: 'update', group: 'ops', epoch, from: 1, to: 1, time })
  })

  it('hold only what changed: a definition travels once', () => {
    const group = new GrownGroup()
    const cursor = group.post({ metric: 'cpu', value: 5, unit: '%' }, { metric: 'load', value: 1 })
    group.post({ metric: 'cpu', value: 6 })
    const { now: time } = group
    expect(group.since(cursor)).toEqual({
      ...{ type: 'update', group: 'ops', epoch, from: 1, to: 2, time },
      values: [[1, 6]],
    })
  })

  it('tell the age of a value that is more than a second older than the update', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 5 })
    group.now += 1_000
    group.post({ metric: 'load', value: 1 })
    expect(group.since().values).toEqual([
      [1, 5],
      [2, 1],
    ])
    group.now += 1
    group.post({ metric: 'load', value: 1 })
    expect(group.since().values).toEqual([
      [1, 5, 1_001],
      [2, 1],
    ])
  })

  it('tell the least and the greatest of several samples', () => {
    const group = new GrownGroup()
    const cursor = group.post({ metric: 'cpu', value: 5 })
    for (const value of [90, 1, 7]) group.post({ metric: 'cpu', value })
    expect(group.since(cursor).values).toEqual([[1, 7, 0, 1, 90]])
    expect(group.since({ epoch, revision: 3 }).values).toEqual([[1, 7]])
  })

  it('tell the extremes before a gap', () => {
    const group = new GrownGroup()
    const cursor = group.post({ metric: 'cpu', value: 5 })
    group.post({ metric: 'cpu', value: 90 }, { metric: 'cpu', value: null })
    expect(group.since(cursor).values).toEqual([[1, null, 0, 90, 90]])
  })

  it('hide no extreme: they cover every value shown after the cursor', () => {
    fc.assert(
      fc.property(
        fc.array(batchSketch, { maxLength: 60, size: 'max' }),
        fc.integer({ min: 1, max: 60 }),
        (batches, revision) => {
          const group = new GrownGroup()
          const shown: { n: number; value: number }[] = []
          for (const sketches of batches) {
            group.now += 100
            for (const sketch of sketches) {
              group.post(sampleAt(sketch, group.now))
              for (const { definition, value, valueAt } of group.state.series.values()) {
                const isShown = valueAt === group.state.revision && valueAt > revision
                if (isShown && value !== null) shown.push({ n: definition.n, value })
              }
            }
          }
          const values = new Map(group.since({ epoch, revision }).values?.map((value) => [value[0], value]))
          for (const { n, value } of shown.filter(({ n }) => group.state.numbered.has(n))) {
            const [, last, , least = last, greatest = last] = values.get(n) ?? [n, null]
            expect(least).toBeLessThanOrEqual(value)
            expect(greatest).toBeGreaterThanOrEqual(value)
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('say that nobody arranges the board any more', () => {
    const group = new GrownGroup()
    group.commit(arrangeTo({ charts: [] }))
    const { cursor } = group
    group.commit(arrangeTo(null))
    expect(group.since(cursor).board).toBeNull()
  })
})

describe('recovery', () => {
  it.each([
    ['another epoch', { epoch: 'other', revision: 2 }],
    ['the future', { epoch, revision: 3 }],
    ['revision 0', { epoch, revision: 0 }],
  ])('[7] is the whole group from a cursor of %s', (_what, cursor) => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 1 })
    group.post({ metric: 'cpu', value: 2 })
    expect(group.since(cursor)).toEqual(group.since(startCursor))
  })

  it('[9] is the whole group from every cursor of the last epoch, and a difference from the new one on', () => {
    const group = new GrownGroup()
    const before = group.post({ metric: 'cpu', value: 1 })
    const renewed = group.commit({ type: 'renew', epoch: 'next' }).cursor
    group.post({ metric: 'cpu', value: 2 })
    expect(group.since(before).from).toBe(0)
    expect(group.since({ epoch: 'next', revision: before.revision }).from).toBe(0)
    expect(group.since(renewed)).toMatchObject({ epoch: 'next', from: 2, to: 3, values: [[1, 2]] })
  })

  it('[8] is a difference while 1,000 removals are remembered, and the whole group from below the newest forgotten', () => {
    const group = new GrownGroup()
    group.post({ metric: 'stays', value: 1 })
    for (let count = 0; count <= limits.rememberedChanges; count++) {
      group.post({ metric: 'goes', value: 1 }, { metric: 'goes', remove: true })
    }
    const floor = { epoch, revision: 2 }
    expect(group.state.floor).toBe(floor.revision)
    expect(group.since(floor).removed).toHaveLength(limits.rememberedChanges)
    expect(group.since({ epoch, revision: 1 }).from).toBe(0)
  })

  it('[8] is a difference while 1,000 changed annotations are remembered, and the whole group below that', () => {
    const group = new GrownGroup()
    for (let count = 0; count <= limits.rememberedChanges; count++) group.say('x')
    const difference = group.since({ epoch, revision: 1 })
    expect(difference.annotations?.map(({ id }) => id)).toEqual(idsOf(group).slice(1))
    expect(group.since(startCursor).annotations).toHaveLength(limits.snapshotAnnotations)
    group.say('one more')
    expect(group.since({ epoch, revision: 1 })).toEqual(group.since(startCursor))
  })

  it('[8] brings a removed series back under another number', () => {
    const group = new GrownGroup()
    const cursor = group.post({ metric: 'cpu', value: 1 })
    const follower = group.follower()
    group.post({ metric: 'cpu', remove: true })
    group.post({ metric: 'cpu', value: 2 })
    const update = group.since(cursor)
    expect(update).toMatchObject({ removed: [1], series: [{ n: 2, metric: 'cpu' }], values: [[2, 2]] })
    applyUpdate(follower, update)
    expect([...follower.series.values()].map(({ definition, value }) => [definition.n, value])).toEqual([[2, 2]])
  })

  it('[7] becomes the whole group when the changed annotations would be larger than it', () => {
    const group = new GrownGroup()
    const cursor = group.post({ metric: 'cpu', value: 1 })
    for (let count = 0; count < 20; count++) group.say('\u{1F600}'.repeat(limits.maxTextLength))
    const update = group.since(cursor)
    expect(update.from).toBe(0)
    expect(update.annotations).toHaveLength(16)
    expect(update.earlier).toBe(update.annotations?.[0]?.id)
  })
})

describe('the annotations of a snapshot', () => {
  it('[1] are the last 100, and say before which id to page for more', () => {
    const group = new GrownGroup()
    for (let count = 0; count < 101; count++) group.say(`${count}`)
    const { annotations, earlier } = group.since()
    expect(annotations?.map(({ text }) => text)).toEqual(Array.from({ length: 100 }, (_, at) => `${at + 1}`))
    expect(earlier).toBe(idsOf(group)[1])
  })

  it('[1] say that the log begins here when they are all of it', () => {
    const group = new GrownGroup()
    for (let count = 0; count < 100; count++) group.say(`${count}`)
    expect(group.since().earlier).toBe(0)
  })

  it('[1] say to page for what went out of memory', () => {
    const group = new GrownGroup()
    for (const text of ['one', 'two', 'three']) group.say(text)
    trimRun(group.state, 'talk', 2)
    expect(group.since().earlier).toBe(idsOf(group)[0])
    trimRun(group.state, 'talk', 0)
    expect(group.since()).toMatchObject({ annotations: [], earlier: group.state.lastId + 1 })
  })
})

describe('an update at the limits', () => {
  /** The largest group that all limits allow: as many series with as long definitions, and a large board. */
  function largest(unitLength: number): GrownGroup {
    const group = new GrownGroup()
    const samples = Array.from({ length: limits.maxSeriesPerGroup }, (_, at) => ({
      metric: `${at} `.padEnd(60, '木'),
      unit: '木'.repeat(unitLength),
      value: 0,
    }))
    group.post(...samples)
    const charts = Array.from({ length: 128 }, (_, at) => ({
      id: `${at}`,
      metrics: ['m'.repeat(150)],
      kind: 'number' as const,
      title: 't',
    }))
    group.commit(arrangeTo({ charts }))
    return group
  }

  it('[7] is below 1 MiB with a window: 2,000 series, 512 KiB of definitions, 100 long annotations, a large board', () => {
    const group = largest(19)
    for (let count = 0; count < 100; count++) group.say('\u{1F600}'.repeat(limits.maxTextLength))
    const metrics = [...group.state.series.values()].map(({ definition }) => definition.metric)
    for (let second = 0; second < 12; second++) {
      group.now += 1_000
      group.post(...metrics.map((metric, at) => ({ metric, value: -1.234567e-300 * (at + second) })))
    }
    expect(group.state.definitionBytes).toBeGreaterThan(limits.maxDefinitionBytes * 0.95)
    const update = { ...group.since(), window: windowOf(group.state, limits.windowMs) }
    expect(update.series).toHaveLength(limits.maxSeriesPerGroup)
    expect(bytesOf(update)).toBeLessThan(limits.maxUpdateBytes)
  })

  it('[7] is below 1 MiB as a difference with all extremes, 1,000 removals and the longest annotations', () => {
    const group = largest(15)
    const cursor = { epoch, revision: 1 }
    const [first] = group.state.series.values()
    for (let count = 0; count < limits.rememberedChanges; count++) {
      group.post(
        { metric: first?.definition.metric ?? '', remove: true },
        { metric: first?.definition.metric ?? '', value: 1 },
      )
    }
    const metrics = [...group.state.series.values()].map(({ definition }) => definition.metric)
    for (const value of [-1.234567890123456e-300, -1.234567890123456e300, -1.1111111111111112e-5]) {
      group.post(...metrics.map((metric) => ({ metric, value, title: 't', time: group.now })))
    }
    for (let count = 0; count < 16; count++) group.say('\u{1F600}'.repeat(limits.maxTextLength))
    const update = group.since(cursor)
    expect(update.from).toBe(1)
    expect(update.series).toHaveLength(limits.maxSeriesPerGroup)
    expect(update.values?.[0]).toHaveLength(5)
    expect(update.annotations).toHaveLength(16)
    expect(bytesOf(update)).toBeLessThan(limits.maxUpdateBytes)
  })
})

function bytesOf(value: Update): number {
  return Buffer.byteLength(JSON.stringify(value))
}
