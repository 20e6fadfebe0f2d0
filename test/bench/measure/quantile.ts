// Medians and quantiles, of few numbers and of histograms. Pure.

/** How often a value came: `[value, times]`, values growing. */
export type Histogram = readonly (readonly [value: number, times: number])[]

/** The least value that a part (0 to 1) of all that came does not exceed; NaN of nothing. */
export function quantile(histogram: Histogram, part: number): number {
  const wanted = histogram.reduce((sum, [, times]) => sum + times, 0) * part
  let seen = 0
  for (const [value, times] of histogram) {
    seen += times
    if (seen >= wanted) return value
  }
  return Number.NaN
}

/** The middle one; the mean of the two in the middle; NaN of nothing. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const [low = Number.NaN, high = Number.NaN] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return (low + high) / 2
}

/** How far the runs of one thing lie apart: greatest less least, as a part of the median. */
export function spread(numbers: readonly number[]): number {
  return (Math.max(...numbers) - Math.min(...numbers)) / median(numbers)
}

/** Several histograms as one. */
export function merged(histograms: readonly Histogram[]): Histogram {
  const times = new Map<number, number>()
  for (const [value, count] of histograms.flat()) times.set(value, (times.get(value) ?? 0) + count)
  return [...times].toSorted(([a], [b]) => a - b)
}
