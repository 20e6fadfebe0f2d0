import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketsByHand, columnsOf, HistoryFile, shortKeep, type TestSample } from '../../../support/history-file.ts'

const [second, minute, hour] = [1_000, 60_000, 3_600_000]
// A border of every width.
const begin = Math.floor(1_795_178_659_000 / (24 * hour)) * 24 * hour
const end = begin + 24 * hour
const widths = [second, 5 * second, 10 * second, 30 * second, minute, 5 * minute, hour]

const sampleAt = (seconds: number, value: number | null, key = 'cpu'): TestSample => ({
  key,
  time: begin + seconds * second,
  value,
})

function opened(...samples: TestSample[]): HistoryFile {
  const file = new HistoryFile()
  if (samples.length > 0) file.add('ops', ...samples)
  return file
}

function only(file: HistoryFile, bucketMs: number) {
  return file.buckets('ops', bucketMs, begin, end).get('cpu')
}

describe('a bucket', () => {
  it('[Y3] has the last, least and greatest value, their mean and how many they were', () => {
    const file = opened(sampleAt(1, 5), sampleAt(2, -3), sampleAt(9, 4))
    expect(only(file, 10 * second)).toEqual([{ time: begin, last: 4, least: -3, greatest: 5, mean: 2, count: 3 }])
  })

  it('[Y3] of gaps only has no values, and one whose newest sample is a gap has no last', () => {
    const file = opened(sampleAt(1, null), sampleAt(11, 7), sampleAt(12, null))
    const gap = { last: null, least: null, greatest: null, mean: null }
    expect(only(file, 10 * second)).toEqual([
      { time: begin, ...gap, count: 0 },
      { time: begin + 10 * second, ...gap, least: 7, greatest: 7, mean: 7, count: 1 },
    ])
  })

  it('[Y3] takes of equal times the one that was written later, across writes and roll-ups', () => {
    const file = opened(sampleAt(5, 1))
    file.rollUpAll()
    file.add('ops', sampleAt(5, 2), sampleAt(4, 3))
    expect(only(file, 10 * second)).toMatchObject([{ last: 2 }])
    file.rollUpAll()
    expect(only(file, 10 * second)).toMatchObject([{ last: 2, least: 1, greatest: 3, count: 3 }])
  })

  it('is of the series that it was written for, whatever characters its name begins with', () => {
    const key = '\ufeffcpu'
    const file = opened(sampleAt(1, 5, key))
    file.reopen()
    expect([...file.buckets('ops', minute, begin, end).keys()]).toEqual([key])
  })

  it('[Y3] holds no minus zero', () => {
    const file = opened(sampleAt(1, -0))
    expect(only(file, second)).toEqual([{ time: begin + second, last: 0, least: 0, greatest: 0, mean: 0, count: 1 }])
  })
})

describe('the tiers', () => {
  const keys = ['cpu', 'orders\u0000item\u0000Shirts', 'orders\u0000item\u0000Socks']
  const sample = fc.record({
    key: fc.constantFrom(...keys),
    time: fc.oneof(
      fc.integer({ min: 0, max: 90 * second }),
      fc.integer({ min: 0, max: 3 * hour }),
      fc.constantFrom(0, 9_999, 10_000, 59_999, 60_000, 599_999, 600_000, hour - 1, hour),
    ),
    value: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: -99, max: 99 }) }, fc.constant(null)),
  })
  const act = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant('add' as const), samples: fc.array(sample, { maxLength: 9 }) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), samples: fc.array(sample) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('rollUp' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: hour }) }) },
  )
  type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

  /** Does what is said at a clock that begins with the day; returns the samples that were written. */
  function play(file: HistoryFile, acts: readonly Act[]): { readonly written: TestSample[]; readonly now: number } {
    const written: TestSample[] = []
    let now = begin + 3 * hour
    for (const one of acts) {
      if (one.do === 'restart') file.reopen()
      else if (one.do === 'rollUp') file.history.rollUp()
      else if (one.do === 'pass') {
        now += one.ms
        file.trimAll(now)
      } else {
        const samples = one.samples.map((late) => ({ ...late, time: now - late.time }))
        if (one.do === 'add') {
          file.add('ops', ...samples)
          written.push(...samples)
        } else file.addInVain('ops', ...samples)
      }
    }
    return { written, now }
  }

  it('equal what all samples give by hand, for any order of writes, failures, roll-ups, restarts and trims', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30, size: 'max' }), (acts) => {
        const file = new HistoryFile()
        const { written, now } = play(file, acts)
        for (const [keepMs, width] of [
          [shortKeep.rawMs, second],
          [shortKeep.rawMs, 5 * second],
          [shortKeep.tensMs, 10 * second],
          [shortKeep.tensMs, 30 * second],
          [shortKeep.minutesMs, minute],
          [shortKeep.minutesMs, 10 * minute],
        ] as const) {
          const from = Math.ceil((now - keepMs) / width) * width
          expect(file.buckets('ops', width, from, now + 1)).toEqual(bucketsByHand(written, width, from, now + 1))
        }
        file.db.close()
      }),
      { numRuns: 150 },
    )
  })

  it('mix no series up when a write fails that would have made one', () => {
    const file = opened(sampleAt(1, 5))
    file.db.exec(`CREATE TRIGGER fails BEFORE INSERT ON raw_samples BEGIN SELECT RAISE(ABORT, 'full'); END`)
    expect(() => file.addInVain('ops', sampleAt(2, 6, 'mem'))).toThrow('full')
    file.db.exec('ROLLBACK')
    file.db.exec('DROP TRIGGER fails')
    file.add('ops', sampleAt(2, 7, 'disk'))
    file.add('ops', sampleAt(2, 8, 'mem'))
    const found = file.buckets('ops', second, begin, end)
    expect([...found].map(([key, [bucket]]) => [key, bucket?.last])).toEqual([
      ['cpu', 5],
      ['disk', 7],
      ['mem', 8],
    ])
  })

  it('hold each sample once, also when a roll-up fails half-way', () => {
    const file = opened(sampleAt(1, 5), sampleAt(61, 6))
    file.db.exec(`CREATE TRIGGER fails BEFORE UPDATE ON history_groups BEGIN SELECT RAISE(ABORT, 'no'); END`)
    expect(() => file.history.rollUp()).toThrow('no')
    file.db.exec('DROP TRIGGER fails')
    file.rollUpAll()
    expect(only(file, minute)).toMatchObject([{ count: 1 }, { count: 1 }])
    file.reopen()
    file.rollUpAll()
    expect(only(file, minute)).toMatchObject([{ count: 1 }, { count: 1 }])
  })

  it('let go what is too old, in small steps, and never what is not in a wider tier', () => {
    const file = new HistoryFile()
    const all = Array.from({ length: 2_000 }, (_, at) => sampleAt(at * 10, at))
    for (const one of all) file.add('ops', one)
    const now = begin + 20_000 * second
    file.trimAll(now)
    expect(file.rowsOf('raw_samples')).toBe(2_000)
    file.rollUpAll()
    expect(file.history.trim(now)).toBe(true)
    expect(file.rowsOf('raw_samples')).toBeGreaterThan(1_000)
    file.trimAll(now)
    expect(file.rowsOf('raw_samples')).toBeLessThan(20)
    expect(file.rowsOf('bucket_10s')).toBeLessThan(5)
    expect(file.rowsOf('bucket_1min')).toBeLessThan(8)
    expect(only(file, minute)?.length).toBeGreaterThan(300)
  })

  it('do not begin anew what was let go', () => {
    const file = opened(sampleAt(0, 1))
    file.rollUpAll()
    file.trimAll(begin + 10 * hour)
    expect(file.rowsOf('bucket_1min')).toBe(0)
    file.add('ops', sampleAt(1, 2), { ...sampleAt(0, 3), time: begin + 10 * hour })
    file.rollUpAll()
    expect(file.rowsOf('bucket_1min')).toBe(1)
  })

  it('forget a series when nothing of it is left', () => {
    const file = opened(sampleAt(0, 1, 'old'))
    file.rollUpAll()
    file.trimAll(begin + 24 * hour)
    expect(file.rowsOf('history_series')).toBe(1)
    file.trimAll(begin + 32 * 24 * hour)
    expect(file.rowsOf('history_series')).toBe(0)
    const later = { key: 'old', time: begin + 32 * 24 * hour, value: 2 }
    file.add('ops', later)
    file.rollUpAll()
    expect(file.buckets('ops', minute, later.time, later.time + 1).get('old')).toMatchObject([{ last: 2, count: 1 }])
  })
})

describe('a query', () => {
  it('[Y1] is of one metric with all its labels, or of all', () => {
    const keys = ['a', 'a\u0000x\u00001', 'a\u0000x\u00002', 'ab', 'a b', 'a\u0000y\u0000\u4e2d']
    const file = opened(...keys.map((key) => sampleAt(1, 1, key)))
    const found = (metric?: string) => [...file.buckets('ops', second, begin, end, metric).keys()]
    expect(found('a')).toEqual(['a', 'a\u0000x\u00001', 'a\u0000x\u00002', 'a\u0000y\u0000\u4e2d'])
    expect(found('ab')).toEqual(['ab'])
    expect(found().toSorted()).toEqual(keys.toSorted())
    expect(found('b')).toEqual([])
  })

  it('[Y1] is of one group', () => {
    const file = opened(sampleAt(1, 1))
    file.add('dev', sampleAt(1, 2))
    file.rollUpAll()
    expect(file.buckets('dev', minute, begin, end).get('cpu')).toMatchObject([{ last: 2, count: 1 }])
    expect(file.buckets('none', minute, begin, end).size).toBe(0)
  })

  it('[Y2] answers the whole buckets in which its time begins and ends', () => {
    const file = opened(sampleAt(1, 1), sampleAt(9, 2), sampleAt(11, 3), sampleAt(21, 4))
    const rows = file.history.query({ group: 'ops', from: begin + 5_000, to: begin + 12_000, buckets: 1 })
    expect(rows).toMatchObject({ bucketMs: 10 * second, start: begin })
    expect(file.buckets('ops', 10 * second, begin + 5_000, begin + 12_000).get('cpu')).toMatchObject([
      { count: 2 },
      { time: begin + 10 * second, count: 1 },
    ])
  })

  it('goes on where an answer ended when there is more than one takes', () => {
    const samples = Array.from({ length: 1_500 }, (_, at) => sampleAt(at % 7, at, `m${at % 500}`))
    const file = new HistoryFile({ rawMs: 15 * minute, tensMs: 24 * hour, minutesMs: 30 * 24 * hour })
    file.add('ops', ...samples)
    const one = file.history.query({ group: 'ops', from: begin, to: begin + 10 * hour, buckets: 1, bucketMs: second })
    expect(one.series).toHaveLength(111)
    expect(one.after).toBe(one.series.at(-1)?.key)
    for (const width of widths) {
      const found = file.buckets('ops', width, begin, begin + hour)
      expect(found).toEqual(
        bucketsByHand(
          samples.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
          width,
          begin,
          begin + hour,
        ),
      )
      file.rollUpAll()
    }
  })
})

describe('what fills the rings', () => {
  it('is the samples since a time, as they came, with the revisions that showed them', () => {
    const file = opened({ ...sampleAt(1, 1), revision: 4 }, { ...sampleAt(5, null, 'mem'), revision: 4 })
    file.add('ops', { ...sampleAt(9, 3), revision: 5 }, { ...sampleAt(3, 2), revision: 0 })
    file.add('dev', sampleAt(9, 9))
    file.rollUpAll()
    expect(file.history.recent('ops', begin + 3 * second)).toEqual(
      columnsOf([
        { ...sampleAt(5, null, 'mem'), revision: 4 },
        { ...sampleAt(9, 3), revision: 5 },
        { ...sampleAt(3, 2), revision: 0 },
      ]),
    )
    expect(file.history.recent('none', begin).at).toHaveLength(0)
  })
})

describe('a deleted group', () => {
  it('is gone at once, its rows go in small steps, and a new one of its name has nothing of it', () => {
    const keys = Array.from({ length: 800 }, (_, at) => `m${at}`)
    const file = opened(...keys.map((key) => sampleAt(1, 1, key)))
    file.rollUpAll()
    file.add('ops', ...keys.map((key) => sampleAt(2, 1, key)))
    file.history.remove('ops')
    expect(file.buckets('ops', minute, begin, end).size).toBe(0)
    file.add('ops', sampleAt(3, 7, 'm1'))
    expect(file.history.trim(begin + hour)).toBe(true)
    expect(file.rowsOf('bucket_10s')).toBeGreaterThan(0)
    file.rollUpAll()
    file.trimAll(begin + 60 * second)
    expect([...file.buckets('ops', minute, begin, end)]).toMatchObject([['m1', [{ last: 7, count: 1 }]]])
    const left = ['history_groups', 'history_series', 'raw_samples', 'bucket_10s', 'bucket_1min']
    expect(left.map((table) => file.rowsOf(table))).toEqual([1, 1, 1, 1, 1])
  })
})
