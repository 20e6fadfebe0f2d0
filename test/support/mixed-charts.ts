// The numbers of a page with charts of all kinds, as one producer posts them ten times a second.

import { type BoardDraft, type Kind, kinds } from '@chartroom/shared'

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

/** The five minutes before now of such charts, a second each, as batches that a server takes. */
export function mixedPast(count: number, now: number): object[][] {
  const batches = Array.from({ length: 10 }, (_, at) => 300 - 30 * at)
  return batches.map((oldest) =>
    Array.from({ length: 30 }, (_, at) => oldest - at).flatMap((ago) =>
      mixedSamples(count, -ago).map((sample) => ({ ...sample, time: now - ago * 1_000 })),
    ),
  )
}

/** The board that has each of them a fourth of the width wide, about 310 x 264 px on a screen of 1,760 px. */
export function mixedBoard(count: number): BoardDraft {
  const ids = Array.from({ length: count }, (_, chart) => `chart ${chart}`)
  return { charts: ids.map((id) => ({ id, metrics: [id], size: { columns: 3, rows: 4 } })) }
}
