// Owns how wide the buckets of an answer are, so that their borders are the same for everybody who asks.

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** The widths of buckets, ms. Each divides a day, so that borders are multiples of it since the beginning of Unix time. */
export const bucketWidthsMs: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12, 24].map((count) => count * hour),
]

/** The narrowest width, not below `finestMs`, with which a span (ms) has at most so many buckets; else the widest. */
export function widthFor(spanMs: number, buckets: number, finestMs: number): number {
  const fits = bucketWidthsMs.find((width) => width >= finestMs && spanMs / width <= buckets)
  return fits ?? 24 * hour
}
