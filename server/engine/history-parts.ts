// Owns how an answer of the past that comes in several parts is asked for, part by part or whole.

import type { HistoryQuery, HistoryRows } from './history-rows.ts'

/** Whoever answers queries. */
export interface HistorySource {
  history(query: HistoryQuery): Promise<HistoryRows>
}

/** The parts of an answer, all in buckets of one width; each is asked for when the one before was taken. */
export async function* historyParts(source: HistorySource, query: HistoryQuery): AsyncGenerator<HistoryRows> {
  let part = await source.history(query)
  yield part
  while (part.after !== undefined) {
    part = await source.history({ ...query, bucketMs: part.bucketMs, after: part.after })
    yield part
  }
}

/** An answer whole. */
export async function wholeHistory(source: HistorySource, query: HistoryQuery): Promise<HistoryRows> {
  const parts: HistoryRows[] = []
  for await (const part of historyParts(source, query)) parts.push(part)
  const { bucketMs = 0, start = 0 } = parts[0] ?? {}
  return { bucketMs, start, series: parts.flatMap(({ series }) => series) }
}
