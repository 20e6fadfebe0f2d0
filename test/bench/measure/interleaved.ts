// Owns the order in which subjects are measured: in turns, so that what disturbs the machine disturbs all of them.

/** Measures each of them so many times, each turn beginning with another; the results of each, in order. */
export async function interleaved<T, R>(
  subjects: readonly T[],
  turns: number,
  measure: (subject: T) => Promise<R>,
): Promise<Map<T, R[]>> {
  const results = new Map<T, R[]>(subjects.map((subject) => [subject, []]))
  for (let turn = 0; turn < turns; turn++) {
    const first = turn % subjects.length
    for (const subject of [...subjects.slice(first), ...subjects.slice(0, first)]) {
      results.get(subject)?.push(await measure(subject))
    }
  }
  return results
}
