// Rows as text for people. Pure.

/** What one row says, by the keys of its columns. */
export type Row = Readonly<Record<string, string | number | undefined>>

/** A column: `key` names its cells, also in JSON. */
export interface Column {
  readonly key: string
  readonly title: string
  /** Behind the point, of numbers. @default 0 */
  readonly digits?: number
}

/** A table, words to the left and numbers to the right; what was not measured is a dash. */
export function tableText(columns: readonly Column[], rows: readonly Row[]): string {
  const cells = [columns.map(({ title }) => title), ...rows.map((row) => columns.map((column) => cellOf(column, row)))]
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)))
  const isWord = columns.map(({ key }) => rows.some((row) => typeof row[key] === 'string'))
  const lineOf = (line: readonly string[]) =>
    line.map((cell, at) => (isWord[at] ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ')
  return cells.map((line) => lineOf(line).trimEnd()).join('\n')
}

function cellOf({ key, digits = 0 }: Column, row: Row): string {
  const value = row[key]
  if (typeof value === 'string') return value
  return value === undefined || Number.isNaN(value) ? '-' : value.toFixed(digits)
}
