// Owns what one subscriber is sent, as texts: real frames, for those who want to write them otherwise.

import { once } from 'node:events'
import { encode, subprotocol } from '@chartroom/shared'
import WebSocket from 'ws'

/** A subscriber who listens until it is closed. */
export interface Recording {
  /** The updates that came, oldest first. */
  readonly updates: readonly string[]
  close(): void
}

/** Follows a group at a pace of 1 s. */
export async function openRecording(port: number, group: string): Promise<Recording> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, subprotocol)
  const updates: string[] = []
  socket.on('message', (data) => {
    const text = String(data)
    if (text.startsWith('{"type":"update"')) updates.push(text)
    if (text.startsWith('{"type":"ping"')) socket.send(encode({ type: 'pong' }))
  })
  await once(socket, 'open')
  socket.send(encode({ type: 'hello', id: 1 }))
  socket.send(encode({ type: 'subscribe', id: 2, group, paceMs: 1_000 }))
  return { updates, close: () => socket.terminate() }
}
