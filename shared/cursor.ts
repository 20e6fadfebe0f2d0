// Owns the cursor: how it is read, written and compared; it does not know what a revision counts.

/** How far a receiver has come: a revision in one life of a group's counter. */
export interface Cursor {
  readonly epoch: string
  readonly revision: number
}

/** The cursor of a group nobody wrote to, and of a receiver that has nothing. */
export const startCursor: Cursor = Object.freeze({ epoch: '0', revision: 0 })

/** What a cursor looks like on the wire: letters and digits, a colon, digits. */
export const cursorPattern = /^[0-9A-Za-z_-]{1,32}:(?:0|[1-9][0-9]{0,15})$/

/** `epoch:revision`, as it stands on the wire, in an ETag and in an SSE id. */
export function encodeCursor(cursor: Cursor): string {
  return `${cursor.epoch}:${cursor.revision}`
}

/** Reads `epoch:revision`; undefined when it is no cursor. Never throws. */
export function decodeCursor(text: string): Cursor | undefined {
  if (!cursorPattern.test(text)) return undefined
  const colon = text.indexOf(':')
  const revision = Number(text.slice(colon + 1))
  return Number.isSafeInteger(revision) ? { epoch: text.slice(0, colon), revision } : undefined
}

/** Whether both name the same place. */
export function isSameCursor(a: Cursor, b: Cursor): boolean {
  return a.epoch === b.epoch && a.revision === b.revision
}
