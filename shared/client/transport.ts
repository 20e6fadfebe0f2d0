// Owns what every way in offers to the client: text frames both ways, one after another. The ways are files of their own.

/** What a transport tells. After its `onClose`, or after it was closed from this side, it tells nothing more. */
export interface TransportListener {
  onOpen(): void
  onFrame(text: string): void
  /** The other side or the network ended it: a close code of close.ts, 1006 where nobody said. */
  onClose(code: number, reason: string): void
}

/** What one rung of the ladder tells. */
export interface RungListener extends TransportListener {
  /** Frames come as they should: the network lets this way in work. May be told again. */
  onProved(): void
}

/** One way to a server, begun and perhaps not open yet. */
export interface Transport {
  /** Whether so much waits to be sent (`limits.fullLinkBytes`) that only what must not be lost should follow. */
  readonly isFull: boolean
  send(text: string): void
  /** Ends it and lets go of it. */
  close(code: number, reason: string): void
}

/** Begins a way to the server. It never throws: what cannot begin is closed a moment later. */
export type OpenTransport = (listener: TransportListener) => Transport

/** The ways in, best first; the first is that of another tab of this browser. */
export type Way = 'tab' | 'websocket' | 'event-stream' | 'long-poll' | 'poll'

/** One way in, and how it is begun. It never throws. */
export interface Rung {
  readonly way: Way
  readonly open: (listener: RungListener) => Transport
}
