// Owns how wide the buckets of a history are, and which tier they are made from; it reads no tier.

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** The widths of buckets that a history is told in, ms; beyond the last, whole days. */
export const bucketWidthsMs: readonly number[] = [
  ...[1_000, 2_000, 5_000, 10_000, 15_000, 30_000],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minuteMs),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * hourMs),
]

/** One way in which samples are kept: buckets of `widthMs`, all of them that begin at `keptSince` (Unix ms) or later. */
export interface Tier {
  readonly widthMs: number
  readonly keptSince: number
}

/** The time that is asked for, Unix ms: `from <= t < to`; in `buckets` at most, or in those of `bucketMs` exactly. */
export interface Span {
  readonly from: number
  readonly to: number
  readonly buckets: number
  readonly bucketMs?: number
}

/** How wide the buckets are, and the tier to make them from; `start <= t < end` (Unix ms) are the whole buckets. */
export interface Grain<T extends Tier> {
  readonly bucketMs: number
  readonly start: number
  readonly end: number
  readonly tier: T
}

/**
 * The finest grain in which the span has no more than so many whole buckets, made from the widest tier that divides
 * it and reaches back to its beginning; from the one that reaches furthest where none does. Of `tiers`, the first
 * divides all widths.
 */
export function bucketWidthFor<T extends Tier>(span: Span, tiers: readonly [T, ...T[]]): Grain<T> {
  const { bucketMs, tier } = choose(span, tiers)
  const start = Math.floor(span.from / bucketMs) * bucketMs
  return { bucketMs, start, end: Math.max(start, Math.ceil(span.to / bucketMs) * bucketMs), tier }
}

function choose<T extends Tier>(
  span: Span,
  tiers: readonly [T, ...T[]],
): { readonly bucketMs: number; readonly tier: T } {
  const widths = span.bucketMs === undefined ? [...fitting(span), wholeDays(span)] : [span.bucketMs]
  for (const bucketMs of widths) {
    const start = Math.floor(span.from / bucketMs) * bucketMs
    const tier = widest(dividing(tiers, bucketMs).filter((one) => one.keptSince <= start))
    if (tier !== undefined) return { bucketMs, tier }
  }
  const coarsest = widths.at(-1) ?? wholeDays(span)
  const tier = furthest(dividing(tiers, coarsest)) ?? tiers[0]
  return { bucketMs: widths.find((width) => width % tier.widthMs === 0) ?? coarsest, tier }
}

function fitting({ from, to, buckets }: Span): number[] {
  return bucketWidthsMs.filter((width) => (to - from) / width <= buckets)
}

function wholeDays({ from, to, buckets }: Span): number {
  return Math.max(1, Math.ceil((to - from) / buckets / dayMs)) * dayMs
}

function dividing<T extends Tier>(tiers: readonly T[], bucketMs: number): T[] {
  return tiers.filter((tier) => bucketMs % tier.widthMs === 0)
}

function widest<T extends Tier>(tiers: readonly T[]): T | undefined {
  return tiers.toSorted((a, b) => b.widthMs - a.widthMs)[0]
}

function furthest<T extends Tier>(tiers: readonly T[]): T | undefined {
  return tiers.toSorted((a, b) => a.keptSince - b.keptSince || b.widthMs - a.widthMs)[0]
}
