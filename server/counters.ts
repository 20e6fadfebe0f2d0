// Owns the counts of all that was served, refused and dropped, by name and label; it does not know who reads them.

/** One count: its name, what it is about (an error code, a close code), and how often since the start. */
export interface Count {
  readonly name: string
  readonly label?: string
  readonly value: number
}

/** Counts since the start of the process. */
export interface Counters {
  /** Counts something. The label is a word of ours, never of a client: each label is kept for good. */
  add(name: string, by?: number, label?: string): void
  /** All counts, in the order in which each was first counted. */
  all(): readonly Count[]
}

/** Counters that all begin at nothing. */
export function createCounters(): Counters {
  const counts = new Map<string, Map<string | undefined, number>>()
  return {
    add(name, by = 1, label) {
      const byLabel = counts.get(name) ?? new Map<string | undefined, number>()
      counts.set(name, byLabel.set(label, (byLabel.get(label) ?? 0) + by))
    },
    all: () =>
      [...counts].flatMap(([name, byLabel]) => [...byLabel].map(([label, value]) => count(name, label, value))),
  }
}

function count(name: string, label: string | undefined, value: number): Count {
  return label === undefined ? { name, value } : { name, label, value }
}
