// Owns how a history looks as CSV (RFC 4180), for spreadsheets; what is asked for is history.ts's.

import { category, readSeriesKey } from '@chartroom/shared'
import type { HistoryRows } from '../engine/history-rows.ts'

/** The first line. `labels` is JSON; `category` is what charts call the series; an empty cell is a gap. */
export const csvHead = csvLine(['time', 'metric', 'category', 'labels', 'last', 'least', 'greatest', 'mean', 'count'])

// Some 60 KB of text: then others have their turn.
const linesInChunk = 1_000
const pointFields = 6
// Also the wide forms that some spreadsheets read as the same characters.
const formulaStart = /^[=+\-@＝＋－＠]/

/** The lines of an answer, series by series, oldest first, in pieces. */
export function* csvLines({ bucketMs, start, series }: HistoryRows): Generator<string> {
  let lines: string[] = []
  for (const { key, points } of series) {
    const names = namesOf(key)
    for (let at = 0; at < points.length; at += pointFields) {
      const [index = 0, ...numbers] = points.subarray(at, at + pointFields)
      lines.push(csvLine([new Date(start + index * bucketMs).toISOString(), ...names, ...numbers.map(numberCell)]))
      if (lines.length < linesInChunk) continue
      yield lines.join('')
      lines = []
    }
  }
  if (lines.length > 0) yield lines.join('')
}

function namesOf(key: string): string[] {
  const { metric, labels } = readSeriesKey(key)
  return [metric, category(labels), labels === undefined ? '' : JSON.stringify(labels)].map(textCell)
}

function csvLine(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`
}

// A spreadsheet would run what begins so, as a formula.
function textCell(text: string): string {
  const plain = formulaStart.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

function numberCell(value: number): string {
  return Number.isFinite(value) ? String(value) : ''
}
