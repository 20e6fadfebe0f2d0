// Owns what every source is: something the server itself reads and writes into a group; how is each source's own.

/** Something the server itself reads. It begins at `start`, and `close` resolves when nothing more will come. */
export interface Source {
  start(): void
  close(): Promise<void>
}
