// Owns a log that a test reads.

import type { LogFields } from '../../server/log.ts'

/** A log that keeps its lines. */
export function createFakeLog() {
  const lines: Record<string, unknown>[] = []
  const write =
    (level: string) =>
    (event: string, fields: LogFields = {}) => {
      lines.push({ ...fields, level, event })
    }
  return {
    lines,
    get events(): unknown[] {
      return lines.map(({ event }) => event)
    },
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  }
}
