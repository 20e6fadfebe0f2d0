// Owns what every way in offers to the client: text frames both ways, one after another. The ways are files of their own.

/** What a transport tells. After its `onClose`, or after it was closed from this side, it tells nothing more. */
export interface TransportListener {
  onOpen(): void
  onFrame(text: string): void
  /** The other side or the network ended it: a close code of close.ts, 1006 where nobody said. */
  onClose(code: number, reason: string): void
}

/** One way to a server, begun and perhaps not open yet. */
export interface Transport {
  send(text: string): void
  /** Ends it and lets go of it. */
  close(code: number, reason: string): void
}

/** Begins a way to the server. It never throws: what cannot begin is closed a moment later. */
export type OpenTransport = (listener: TransportListener) => Transport
