// Owns one answer of server-sent events as a link: writing, fullness, its end. What is sent on it is its groups'.

import { type Cursor, encodeCursor, limits, type ServerEnvelope } from '@chartroom/shared'
import { Frame, UpdateFrame } from '../groups/frame.ts'
import type { Link } from '../groups/subscriber.ts'
import type { DrainedLink } from './drained-link.ts'

// Below the 30 s and more at which proxies cut a silent connection.
const commentMs = 15_000
const comment = Buffer.from(':\n\n')
// A reader that was cut comes back after one to two seconds: all at once would be another storm.
const leastRetryMs = 1_000
const retrySpreadMs = 1_000

/** What an event stream needs of the server around it. */
export interface EventStreamHost {
  readonly clock: { setTimer(run: () => void, ms: number): () => void }
  random(): number
}

/** What an event stream tells. */
export interface EventStreamEvents {
  /** It was full, and has drained. */
  onDrained(): void
  /** It is over, whoever ended it; once. */
  onEnded(how: EventStreamEnd): void
}

/** Who ended a stream: the reader, the server that goes, or the server for a reader that did not read. */
export type EventStreamEnd = 'left' | 'drained' | 'slow'

/** An answer of server-sent events. */
export interface EventStream extends Link, DrainedLink {
  readonly body: ReadableStream<Uint8Array>
  /** Resolves when it is not full, or over. */
  room(): Promise<void>
  tell(envelope: ServerEnvelope): void
}

/**
 * Begins a stream. Only updates carry an id, the list of the cursors of all its groups: who comes back with it goes on
 * where the last update left them, or where they were when it began (`begun`). `reset` cuts the connection so that the reader learns of it at once.
 */
export function createEventStream(
  { clock, random }: EventStreamHost,
  id: string,
  reset: () => void,
  events: EventStreamEvents,
  begun: Iterable<readonly [string, Cursor]> = [],
): EventStream {
  const cursors = new Map(begun)
  let wasFull = false
  let isOver = false
  let cancelSlow = () => {}
  let waiting: (() => void)[] = []
  let cancelComment = clock.setTimer(keepAlive, commentMs)
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>(
    {
      start(made) {
        controller = made
      },
      pull: drained,
      cancel: () => end('left'),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: limits.fullLinkBytes }),
  )
  write(Buffer.from(retryLine(leastRetryMs + random() * retrySpreadMs)))

  function isFull(): boolean {
    return (controller?.desiredSize ?? 0) <= 0
  }

  function write(bytes: Uint8Array): void {
    if (isOver) return
    controller?.enqueue(bytes)
    if (wasFull || !isFull()) return
    wasFull = true
    cancelSlow = clock.setTimer(() => {
      end('slow')
      reset()
    }, limits.slowLinkMs)
  }

  // Called whenever there is room again.
  function drained(): void {
    if (!wasFull || isOver) return
    wasFull = false
    cancelSlow()
    goOn()
    events.onDrained()
  }

  function goOn(): void {
    for (const resolve of waiting) resolve()
    waiting = []
  }

  function keepAlive(): void {
    cancelComment = clock.setTimer(keepAlive, commentMs)
    if (!isFull()) write(comment)
  }

  function end(how: EventStreamEnd): void {
    if (isOver) return
    isOver = true
    cancelSlow()
    cancelComment()
    goOn()
    events.onEnded(how)
  }

  function send(frame: Frame): void {
    if (frame instanceof UpdateFrame) cursors.set(frame.group, frame.to)
    write(frame.event(frame instanceof UpdateFrame ? idOf(cursors) : ''))
  }

  return {
    id,
    body,
    get isFull() {
      return isFull()
    },
    room() {
      if (isOver || !isFull()) return Promise.resolve()
      return new Promise((resolve) => void waiting.push(resolve))
    },
    send,
    tell: (envelope) => send(new Frame(envelope)),
    drain(afterMs) {
      if (isOver) return
      send(new Frame({ type: 'closing', afterMs }))
      write(Buffer.from(retryLine(leastRetryMs + afterMs)))
      controller?.close()
      end('drained')
    },
  }
}

function retryLine(ms: number): string {
  return `retry: ${Math.round(ms)}\n\n`
}

// In ASCII, because a header carries it back.
function idOf(cursors: ReadonlyMap<string, Cursor>): string {
  return [...cursors].map(([group, cursor]) => `${encodeURIComponent(group)}=${encodeCursor(cursor)}`).join(',')
}
