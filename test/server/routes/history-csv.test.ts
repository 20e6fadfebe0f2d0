import { seriesKey } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { csvHead, csvLines } from '../../../server/routes/history-csv.ts'

const start = Date.UTC(2026, 10, 21, 12)

function linesOf(key: string, ...points: number[][]): string[] {
  const rows = { bucketMs: 60_000, start, series: [{ key, points: Float64Array.from(points.flat()) }] }
  return [...csvLines(rows)].join('').split('\r\n').slice(0, -1)
}

/** The names of a line: metric, category and labels. */
function namesOf(metric: string, labels?: Record<string, string>): string {
  const [line = ''] = linesOf(seriesKey(metric, labels), [0, 1, 1, 1, 1, 1])
  return line.replace(/^[^,]*,/, '').replace(/,1,1,1,1,1$/, '')
}

describe('a history as CSV', () => {
  it('[Y7] has a line for each bucket, which fits the head', () => {
    const lines = linesOf('cpu', [0, 5, 2, 9.25, -5.5, 60], [2, 1e21, 0, 1e-7, 1, 2])
    expect(lines).toEqual([
      '2026-11-21T12:00:00.000Z,cpu,,,5,2,9.25,-5.5,60',
      '2026-11-21T12:02:00.000Z,cpu,,,1e+21,0,1e-7,1,2',
    ])
    expect(csvHead).toBe('time,metric,category,labels,last,least,greatest,mean,count\r\n')
  })

  it('[Y7] leaves the cells of a gap empty', () => {
    const { NaN: gap } = Number
    expect(linesOf('cpu', [0, gap, gap, gap, gap, 0], [1, gap, 3, 3, Number.POSITIVE_INFINITY, 1])).toEqual([
      '2026-11-21T12:00:00.000Z,cpu,,,,,,,0',
      '2026-11-21T12:01:00.000Z,cpu,,,,3,3,,1',
    ])
  })

  it('[Y7] names the series by metric, category and labels', () => {
    expect(namesOf('orders', { item: 'Shirts' })).toBe('orders,Shirts,"{""item"":""Shirts""}"')
    expect(namesOf('orders', { size: 'L', item: '袜子' })).toBe('orders,袜子 / L,"{""item"":""袜子"",""size"":""L""}"')
    expect(namesOf('a,"b"')).toBe('"a,""b""",,')
  })

  it.each(['=1+1', '+1', '-1', '@a', '＝1'])('[Y7] keeps a spreadsheet from running %s', (text) => {
    expect(namesOf(text, { item: text })).toBe(`'${text},'${text},"{""item"":""${text}""}"`)
  })

  it('comes in pieces that are not long', () => {
    const points = Float64Array.from({ length: 6 * 2_500 }, (_, at) => (at % 6 === 0 ? at / 6 : 1))
    const pieces = [...csvLines({ bucketMs: 1_000, start, series: [{ key: 'cpu', points }] })]
    expect(pieces).toHaveLength(3)
    expect(pieces.join('').split('\r\n')).toHaveLength(2_501)
  })
})
