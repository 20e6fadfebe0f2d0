// Owns the close codes and who may come back after which; it closes nothing.

/** Every code with which a server of this protocol closes a link. 3000-3499 may reconnect, 3500-3999 may not. */
export const close = Object.freeze({
  /** The client closed. */
  done: { code: 1000, reason: 'done' },
  /** A frame was larger than `limits.maxFrameBytes` (RFC 6455 7.4.1). */
  frameTooLarge: { code: 1009, reason: 'frame too large' },
  /** Our own bug, without its text. */
  internal: { code: 1011, reason: 'internal error' },
  /** The server is going away; `closing` said when to come back. */
  shutdown: { code: 3001, reason: 'shutdown' },
  /** The link did not drain for `limits.slowLinkMs`: come back at a slower pace. */
  slow: { code: 3008, reason: 'slow' },
  /** A ping was not answered within `limits.pongMs`. */
  noPong: { code: 3012, reason: 'no pong' },
  /** A frame was not an envelope of the protocol. */
  badFrame: { code: 3500, reason: 'bad frame' },
  /** Another envelope came before `hello`. */
  helloFirst: { code: 3501, reason: 'hello first' },
  /** No `hello` within `limits.helloMs`. */
  noHello: { code: 3502, reason: 'no hello in time' },
  /** A page of another origin, or an address that asks for what there is not, in plain text: one frame says which. */
  notAdmitted: { code: 3507, reason: 'not admitted' },
  /** More errors than a correct client makes. */
  tooManyErrors: { code: 3509, reason: 'too many errors' },
} as const)

/** One way of closing: its code and its reason (at most 123 bytes, RFC 6455 5.5). */
export type Close = (typeof close)[keyof typeof close]

/**
 * Whether a client may reconnect after this close code, by itself. 3000-3499 and 4000-4499 yes, 3500-3999 and
 * 4500-4999 no; of RFC 6455's own codes the ones that speak of the network or the server's health, and never 1009.
 */
export function mayReconnect(code: number): boolean {
  if (code >= 3000) return code % 1000 < 500
  return [1001, 1005, 1006, 1011, 1012, 1013, 1014].includes(code)
}
