// The numbers that producers of a bench send.

/** A sample as a producer writes it. */
export interface Posted {
  readonly metric: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** Samples of so many series, from the `first` on. */
export function samplesOf(count: number, first = 0): Posted[] {
  return Array.from({ length: count }, (_, at) => sampleOf(first + at))
}

// Categories of a few metrics, as charts have them; numbers of four to six digits.
function sampleOf(series: number): Posted {
  const category = String(series % 50).padStart(2, '0')
  return { metric: `orders${Math.floor(series / 50)}`, labels: { category: `c${category}` }, value: 1_000.25 + series }
}
