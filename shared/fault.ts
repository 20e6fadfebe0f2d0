// Owns what can be wrong: error codes, whether trying again may help, and the place of a fault; it decides nothing.

/**
 * Every error a server answers with: its HTTP status, and whether the same request may succeed later (`temporary`,
 * the only retry signal there is).
 */
export const errorCodes = Object.freeze({
  /** A frame or a body is not what the schema says. */
  malformed: { status: 400, temporary: false },
  /** Another envelope came before `hello`. */
  hello_first: { status: 400, temporary: false },
  /** An envelope of an unknown `type`. */
  unknown_type: { status: 400, temporary: false },
  group_name: { status: 400, temporary: false },
  /** No group was named, neither in the address nor in the envelope. */
  group_missing: { status: 400, temporary: false },
  text_missing: { status: 400, temporary: false },
  text_too_long: { status: 400, temporary: false },
  name_missing: { status: 400, temporary: false },
  /** The pin's metric is not in the group. */
  unknown_metric: { status: 400, temporary: false },
  /** Annotate, unsubscribe or edit of something this link does not have. */
  not_subscribed: { status: 404, temporary: false },
  not_found: { status: 404, temporary: false },
  /** A direct message to a name that nobody holds. */
  no_such_holder: { status: 404, temporary: false },
  /** Only who holds the name of the author may change what it wrote. */
  not_author: { status: 403, temporary: false },
  /** Only who holds a name by a secret may do this. */
  not_holder: { status: 403, temporary: false },
  /** Somebody else holds the name by a secret. */
  name_held: { status: 403, temporary: false },
  origin: { status: 403, temporary: false },
  method: { status: 405, temporary: false },
  body_too_large: { status: 413, temporary: false },
  content_type: { status: 415, temporary: false },
  /** The board is no longer what it was asked to be. */
  board_changed: { status: 412, temporary: false },
  host: { status: 421, temporary: false },
  series_limit: { status: 422, temporary: false },
  definition_limit: { status: 422, temporary: false },
  board_limit: { status: 422, temporary: false },
  reaction_limit: { status: 422, temporary: false },
  group_limit: { status: 422, temporary: false },
  /** More groups on one socket than `limits.maxGroupsPerSocket`. */
  socket_group_limit: { status: 422, temporary: false },
  upgrade_required: { status: 426, temporary: false },
  /** More links from one address than `limits.maxLinksPerAddress`. */
  link_limit: { status: 429, temporary: true },
  /** A part of the protocol that this server does not speak. */
  not_supported: { status: 501, temporary: false },
  internal: { status: 500, temporary: true },
  /** The disk does not take it: it is full, or cannot be written. Nothing was done. */
  storage: { status: 503, temporary: true },
  closing: { status: 503, temporary: true },
} as const)

/** The code of an error: a short snake_case word, the same in an envelope and in a problem document. */
export type ErrorCode = keyof typeof errorCodes

/** Whether a word is one of our codes. */
export function isErrorCode(word: string): word is ErrorCode {
  return Object.hasOwn(errorCodes, word)
}

/** One thing that is wrong, with its place: a JSON pointer (RFC 6901) into what was sent, '' for the whole of it. */
export interface Fault {
  readonly pointer: string
  readonly message: string
}

/** A request that cannot be served: what a client is told, and nothing else. */
export interface Refusal {
  readonly code: ErrorCode
  readonly message: string
  readonly faults?: readonly Fault[]
}

/** Something that either worked or was refused. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

/** The result of something that worked. */
export function accept<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

/** The result of something that was refused. */
export function refuse(
  code: ErrorCode,
  message: string,
  faults?: readonly Fault[],
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: faults ? { code, message, faults } : { code, message } }
}

/** Escapes one step of a JSON pointer (RFC 6901 section 3). */
export function pointerStep(step: string | number): string {
  return `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`
}
