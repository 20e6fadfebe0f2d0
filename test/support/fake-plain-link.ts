// A WebSocket link that keeps the frames of plain text it is sent, and that a test can fill, drain and read.

import type { Close } from '@chartroom/shared'
import type { PlainFrame } from '../../server/links/plain-teller.ts'
import type { WebSocketLink } from '../../server/links/websocket.ts'

/** A link whose lines a test reads. */
export class FakePlainLink implements WebSocketLink {
  readonly id: string
  isFull = false
  isPaused = false
  pings = 0
  closed: Close | undefined
  readonly frames: PlainFrame[] = []

  constructor(id: string) {
    this.id = id
  }

  send(frame: PlainFrame): void {
    this.frames.push(frame)
  }

  ping(): void {
    this.pings++
  }

  close(how: Close): void {
    this.closed ??= how
  }

  pause(): void {
    this.isPaused = true
  }

  resume(): void {
    this.isPaused = false
  }

  /** The lines that were sent since the last look. */
  take(): string[] {
    return this.frames.splice(0).map(({ bytes }) => bytes.toString())
  }
}
