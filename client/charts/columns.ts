// Owns how many of the 12 columns each chart takes, so that rows are full; where a chart then stands is the grid's.

import type { Span } from './span.ts'

const all = 12
const medium = 4
const wide = 8

/**
 * The columns of charts in their order. A wide one takes 8 beside a medium one; where no medium one is left, two wide
 * ones share a row, and a last one has it alone. Small ones take 3 where they fill rows of four, else they stand in
 * twos, one above the other, in the place of a medium one.
 */
export function columnsOf(spans: readonly Span[]): readonly number[] {
  const small = spans.filter((span) => span === 'small').length % 4 === 0 ? 3 : medium
  const alone = wideAlone(spans, small === medium)
  return spans.map((span, at) => {
    switch (span) {
      case 'small':
        return small
      case 'medium':
        return medium
      case 'wide':
        return alone.get(at) ?? wide
      default:
        return span satisfies never
    }
  })
}

// First fit, as the grid's dense packing does it: the wide ones that nothing stands beside, and what they take instead.
function wideAlone(spans: readonly Span[], hasStacks: boolean): ReadonlyMap<number, number> {
  const rows: { free: number; readonly wide: number | undefined }[] = []
  let isHalfStack = false
  for (const [at, span] of spans.entries()) {
    if (span === 'small') {
      isHalfStack = hasStacks && !isHalfStack
      if (!isHalfStack) continue
    }
    const takes = span === 'wide' ? wide : medium
    const row = rows.find(({ free }) => free >= takes)
    if (row !== undefined) row.free -= takes
    else rows.push({ free: all - takes, wide: span === 'wide' ? at : undefined })
  }
  const lonely = rows.flatMap(({ free, wide }) => (wide !== undefined && free > 0 ? [wide] : []))
  const isOdd = lonely.length % 2 === 1
  return new Map(lonely.map((at, place) => [at, isOdd && place === lonely.length - 1 ? all : all / 2]))
}
