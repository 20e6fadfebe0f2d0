// The numbers of a page with charts of all kinds, as one producer posts them ten times a second.

import { type Kind, kinds } from '@chartroom/shared'

/** The kind of one of the charts: all kinds in turn. */
export function kindAt(chart: number): Kind {
  return kinds[chart % kinds.length] ?? 'line'
}

/** What so many charts, called `chart 0` and on, are drawn from, at one moment. */
export function mixedSamples(count: number, moment: number): object[] {
  return Array.from({ length: count }, (_, chart) => chart).flatMap((chart) => {
    const kind = kindAt(chart)
    const show = { metric: `chart ${chart}`, as: kind, max: 1_000 }
    const value = (part: number) => 500 + 400 * Math.sin((moment + part * 7 + chart) / 9)
    if (kind === 'number' || kind === 'gauge') return [{ ...show, value: value(0) }]
    return ['a', 'b', 'c', 'd'].map((part, at) => ({ ...show, labels: { part }, value: value(at) }))
  })
}
