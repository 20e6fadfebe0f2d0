import { batch, type Change, commit, decodeValue, limits, type Sample } from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchSketch, sampleAt } from '../support/arbitraries.ts'
import { GrownGroup } from '../support/grown-group.ts'

function changeOf(...samples: Sample[]): Change {
  return { type: 'batch', samples }
}

function presentOf(group: GrownGroup): number | null {
  return group.series('cpu').value
}

describe('a batch', () => {
  it('begins a series with its first sample', () => {
    const group = new GrownGroup()
    group.post({ metric: 'orders', labels: { item: 'Shirts' }, value: 5, unit: 'pcs' })
    const { definition, value, time, category } = group.series('orders', { item: 'Shirts' })
    expect(definition).toEqual({ n: 1, metric: 'orders', labels: { item: 'Shirts' }, unit: 'pcs' })
    expect({ value, time, category }).toEqual({ value: 5, time: group.now, category: 'Shirts' })
  })

  it('takes one revision, however many samples it has', () => {
    const group = new GrownGroup()
    expect(group.post({ metric: 'cpu', value: 1 }, { metric: 'load', value: 2 })).toEqual({
      epoch: 'k3f9',
      revision: 1,
    })
  })

  it('is a change even when every value is equal, because a line must go on', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 1 })
    group.now += 1_000
    expect(group.post({ metric: 'cpu', value: 1 }).revision).toBe(2)
  })

  it('knows a series whatever the order of its labels, and without labels when they are empty', () => {
    const group = new GrownGroup()
    group.post(
      { metric: 'a', labels: { x: '1', y: '2' }, value: 1 },
      { metric: 'a', labels: { y: '2', x: '1' }, value: 2 },
    )
    group.post({ metric: 'b', labels: {}, value: 1 }, { metric: 'b', value: 2 })
    expect([...group.state.series.values()].map(({ value }) => value)).toEqual([2, 2])
  })

  it('adds to the last value, from 0 where there is none', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', add: 3 }, { metric: 'cpu', add: 4 })
    expect(presentOf(group)).toBe(7)
  })

  it('adds from 0 after a gap, and after the series was removed', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 5 }, { metric: 'cpu', value: null }, { metric: 'cpu', add: 2 })
    expect(presentOf(group)).toBe(2)
    group.post({ metric: 'cpu', remove: true }, { metric: 'cpu', add: 1 })
    expect(presentOf(group)).toBe(1)
  })

  it('takes null as a gap', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 5 }, { metric: 'cpu', value: null })
    expect(presentOf(group)).toBeNull()
  })

  it('removes a series, and takes no revision when there is none to remove', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 5 })
    expect(group.post({ metric: 'cpu', remove: true }).revision).toBe(2)
    expect(group.state.series.size).toBe(0)
    expect(group.state.definitionBytes).toBe(0)
    expect(group.post({ metric: 'cpu', remove: true }).revision).toBe(2)
  })

  it('puts a late sample into history only, and takes no revision when all of it is late', () => {
    const group = new GrownGroup()
    const before = group.post({ metric: 'cpu', value: 5 })
    const after = group.post({ metric: 'cpu', value: 9, time: group.now - 3_000 })
    expect(after).toEqual(before)
    expect(presentOf(group)).toBe(5)
    expect([...group.series('cpu').ring.from(0)].map(({ last }) => last)).toEqual([9, 5])
  })

  it('takes a revision for what a late sample says of the definition', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 5 })
    expect(group.post({ metric: 'cpu', value: 9, time: group.now - 3_000, unit: '%' }).revision).toBe(2)
    expect(group.series('cpu').definition.unit).toBe('%')
    expect(presentOf(group)).toBe(5)
  })

  it('takes a sample that is ahead as now', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 5, time: group.now + 30_000 })
    expect(group.series('cpu').time).toBe(group.now)
  })

  it('goes on when the clock of the server is set back', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 5 })
    const { time } = group.state
    group.now -= 3_600_000
    group.post({ metric: 'cpu', value: 6 })
    expect(presentOf(group)).toBe(6)
    expect(group.state.time).toBe(time)
  })

  it('keeps of a definition what a sample does not say', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 1, unit: '%', title: 'CPU' })
    group.post({ metric: 'cpu', value: 2, title: 'Processor', max: 100 })
    expect(group.series('cpu').definition).toEqual({ n: 1, metric: 'cpu', unit: '%', title: 'Processor', max: 100 })
    expect(group.series('cpu').definedAt).toBe(2)
  })

  it('does not define again what is said again', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 1, unit: '%' })
    group.post({ metric: 'cpu', value: 2, unit: '%' })
    expect(group.series('cpu').definedAt).toBe(1)
  })

  it('shows no minus zero, which JSON has not', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: -0 })
    expect(presentOf(group)).toBe(0)
  })

  it('[8] gives a series that comes back a new number, never one used before in the epoch', () => {
    fc.assert(
      fc.property(fc.array(batchSketch, { maxLength: 20 }), (batches) => {
        const group = new GrownGroup()
        const used = new Map<number, object>()
        for (const sketches of batches) {
          group.post(...sketches.map((sketch) => sampleAt(sketch, group.now)))
          for (const series of group.state.series.values()) {
            const user = used.get(series.definition.n) ?? series
            expect(user).toBe(series)
            used.set(series.definition.n, series)
          }
        }
      }),
    )
  })

  it('keeps its sums: the bytes of the definitions, and the series by number', () => {
    fc.assert(
      fc.property(fc.array(batchSketch, { maxLength: 20 }), (batches) => {
        const group = new GrownGroup()
        for (const sketches of batches) group.post(...sketches.map((sketch) => sampleAt(sketch, group.now)))
        const { series, numbered, definitionBytes } = group.state
        const bytes = [...series.values()].map(({ definition }) => Buffer.byteLength(JSON.stringify(definition)) + 1)
        expect(definitionBytes).toBe(bytes.reduce((sum, one) => sum + one, 0))
        expect(new Set(numbered.values())).toEqual(new Set(series.values()))
      }),
    )
  })
})

describe('a batch that is refused', () => {
  it('leaves the group as it was, wherever in the batch the fault is', () => {
    const overflow: Sample[] = [
      { metric: 'big', value: Number.MAX_VALUE },
      { metric: 'big', add: Number.MAX_VALUE },
    ]
    fc.assert(
      fc.property(
        fc.array(batchSketch, { maxLength: 5 }),
        batchSketch,
        fc.nat({ max: 5 }),
        (batches, refused, where) => {
          const [group, twin] = [new GrownGroup(), new GrownGroup()]
          for (const sketches of batches) {
            for (const one of [group, twin]) one.post(...sketches.map((sketch) => sampleAt(sketch, one.now)))
          }
          const samples = refused.map((sketch) => sampleAt(sketch, group.now))
          samples.splice(where, 0, ...overflow)
          expect(group.refusal(changeOf(...samples)).code).toBe('malformed')
          expect(group.state).toEqual(twin.state)
          expect(windowsOf(group)).toEqual(windowsOf(twin))
        },
      ),
    )
  })

  it('names the add that would overflow', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: Number.MAX_VALUE })
    const { faults } = group.refusal(changeOf({ metric: 'load', value: 1 }, { metric: 'cpu', add: Number.MAX_VALUE }))
    expect(faults).toEqual([{ pointer: '/1/add', message: 'would make the value overflow' }])
  })

  it('reckons with the present value where the sample before is late', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: Number.MAX_VALUE })
    const late = { metric: 'cpu', value: 0, time: group.now - 5_000 }
    expect(group.refusal(changeOf(late, { metric: 'cpu', add: Number.MAX_VALUE })).code).toBe('malformed')
  })

  it('lists at most 20 faults', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: Number.MAX_VALUE })
    const adds = Array.from({ length: 30 }, () => ({ metric: 'cpu', add: Number.MAX_VALUE }))
    expect(group.refusal(changeOf(...adds)).faults).toHaveLength(limits.maxFaults)
  })

  it('would pass the limit of series', () => {
    const group = new GrownGroup()
    const full = Array.from({ length: limits.maxSeriesPerGroup }, (_, at) => ({ metric: `m${at}`, value: at }))
    group.post(...full)
    expect(group.refusal(changeOf({ metric: 'one more', value: 1 })).code).toBe('series_limit')
    expect(group.state.series.size).toBe(limits.maxSeriesPerGroup)
    expect(group.post({ metric: 'm0', remove: true }, { metric: 'one more', value: 1 }).revision).toBe(2)
  })

  it('would pass the limit of definitions', () => {
    const group = new GrownGroup()
    const samples = Array.from({ length: 900 }, (_, at) => ({ metric: `${at}`.padEnd(200, '木'), value: at }))
    expect(group.refusal(changeOf(...samples)).code).toBe('definition_limit')
    expect(group.post(...samples.slice(0, 800)).revision).toBe(1)
    expect(group.state.definitionBytes).toBeLessThanOrEqual(limits.maxDefinitionBytes)
  })

  it('names no epoch to a group that it would have begun', () => {
    const group = new GrownGroup()
    const refused = commit(
      group.state,
      changeOf({ metric: 'a', value: Number.MAX_VALUE }, { metric: 'a', add: Number.MAX_VALUE }),
      group.now,
      'k3f9',
    )
    expect(refused.ok).toBe(false)
    expect(group.cursor).toEqual({ epoch: '0', revision: 0 })
  })
})

describe('the schema of a batch', () => {
  it.each<[string, unknown, string]>([
    ['no act', [{ metric: 'a' }], '/0'],
    ['two acts', [{ metric: 'a', value: 1, add: 1 }], '/0'],
    ['a value that is no number', [{ metric: 'a', value: '1' }], '/0/value'],
    ['no finite number', [{ metric: 'a', value: Number.POSITIVE_INFINITY }], '/0/value'],
    ['an empty metric', [{ metric: '', value: 1 }], '/0/metric'],
    ['a control character in a name', [{ metric: 'a\u0000b', value: 1 }], '/0/metric'],
    ['a metric of 201 characters', [{ metric: '木'.repeat(201), value: 1 }], '/0/metric'],
    ['a label value that is no text', [{ metric: 'a', labels: { item: 1 }, value: 1 }], '/0/labels/item'],
    [
      'a label value of 201 characters',
      [{ metric: 'a', labels: { 'a/b~': 'x'.repeat(201) }, value: 1 }],
      '/0/labels/a~1b~0',
    ],
    [
      '11 labels',
      [{ metric: 'a', labels: Object.fromEntries([...'abcdefghijk'].map((l) => [l, l])), value: 1 }],
      '/0/labels',
    ],
    ['an unknown kind', [{ metric: 'a', value: 1, as: 'radar' }], '/0/as'],
    ['a time with a fraction', [{ metric: 'a', value: 1, time: 1.5 }], '/0/time'],
    ['the second of two', [{ metric: 'a', value: 1 }, { metric: 'a' }], '/1'],
  ])('names the place of %s', (_what, value, pointer) => {
    const decoded = decodeValue(batch, value)
    expect(decoded.ok ? undefined : decoded.refusal.faults?.map((fault) => fault.pointer)).toEqual([pointer])
  })

  it('takes names at their limit, counted in characters and not in UTF-16', () => {
    const widest = {
      metric: '\u{1F600}'.repeat(200),
      labels: { ['\u{1F600}'.repeat(64)]: '\u{1F600}'.repeat(200) },
      value: 1,
    }
    expect(decodeValue(batch, [widest])).toEqual({ ok: true, value: [widest] })
  })

  it('refuses more than 5,000 samples', () => {
    const full = Array.from({ length: limits.maxSamplesPerBatch }, () => ({ metric: 'a', value: 1 }))
    expect(decodeValue(batch, full).ok).toBe(true)
    expect(decodeValue(batch, [...full, { metric: 'a', value: 1 }]).ok).toBe(false)
  })
})

function windowsOf({ state }: GrownGroup): unknown {
  return [...state.series.values()].map(({ ring }) => ring.points(0, 1_000))
}
