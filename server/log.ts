// Owns the log's lines: one JSON object each, whatever the fields hold; where the lines go is the caller's.

/** How much a line matters, least first. */
export const logLevels = ['info', 'warn', 'error'] as const

export type LogLevel = (typeof logLevels)[number]

/** What a line says besides its event: anything, an Error with its stack included. */
export interface LogFields {
  readonly time?: never
  readonly level?: never
  readonly event?: never
  readonly [field: string]: unknown
}

/** Writes a line for an event (`link_opened`), unless its level is below the log's. Never throws. */
export type Log = Readonly<Record<LogLevel, (event: string, fields?: LogFields) => void>>

const maxStringLength = 500
// A flood of refusals must not fill a disk: what is beyond this is counted, and told when the second is over.
const maxLinesEachSecond = 200
// A stack is cut at its end only, where the frames tell least.
const maxStackLength = 4_000
// JSON leaves C1 controls (U+009B begins a terminal's escape sequence) and line separators as they are.
const unsafe = /[\u007f-\u009f\u2028\u2029]/g

/** A log of JSON lines, without their ends: `{"time":"2026-11-21T01:02:03.004Z","level":"info","event":...}`. */
export function createLog(write: (line: string) => void, now: () => number, level: LogLevel): Log {
  const least = logLevels.indexOf(level)
  let second = 0
  let lines = 0

  function line(own: LogLevel, event: string, fields: LogFields): void {
    const head = { time: new Date(now()).toISOString(), level: own, event }
    write(`{${[...parts(head), ...parts(fields)].join(',')}}`.replace(unsafe, escaped))
  }

  function hasRoom(): boolean {
    const current = Math.floor(now() / 1_000)
    if (current !== second) {
      if (lines > maxLinesEachSecond) line('warn', 'lines_dropped', { count: lines - maxLinesEachSecond })
      second = current
      lines = 0
    }
    lines++
    return lines <= maxLinesEachSecond
  }

  const writer =
    (own: LogLevel) =>
    (event: string, fields: LogFields = {}) => {
      if (logLevels.indexOf(own) >= least && hasRoom()) line(own, event, fields)
    }
  return { info: writer('info'), warn: writer('warn'), error: writer('error') }
}

function parts(fields: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(fields).flatMap((name) => {
    const text = textOf(fields, name)
    return text === undefined ? [] : [`${JSON.stringify(name)}:${text}`]
  })
}

// A log must not end what it reports on: a getter may throw, an object may hold itself.
function textOf(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  try {
    return JSON.stringify(fields[name], printable)
  } catch {
    return '"[unreadable]"'
  }
}

function printable(key: string, value: unknown): unknown {
  if (value instanceof Error) return errorFields(value)
  if (typeof value === 'bigint') return String(value)
  return typeof value === 'string' ? cut(value, key === 'stack' ? maxStackLength : maxStringLength) : value
}

// Of a chain of causes only the first is told, as text: a cause may be the error itself.
function errorFields(error: Error): object {
  const code = 'code' in error ? error.code : undefined
  const cause = error.cause === undefined ? undefined : String(error.cause)
  return { message: error.message, code, cause, stack: error.stack }
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
