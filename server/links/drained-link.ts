// Owns what the end of the server must know of a link, whatever the transport: that it can be told.

/** A link that can be told. */
export interface DrainedLink {
  /** Says that the server goes, and when to come back. */
  drain(afterMs: number): void
}
