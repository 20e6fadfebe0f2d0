// Readers of one group: those who read count what comes, those who stopped never read again after their hello.

import { once } from 'node:events'
import { encode, type limits, subprotocol } from '@chartroom/shared'
import WebSocket from 'ws'

type Pace = (typeof limits.pacesMs)[number]

/** Readers at one pace. */
export interface Readers {
  /** Updates that came since it was last asked. */
  takeDeliveries(): number
  close(): void
}

/** Opens so many readers of a group, some at a time. */
export async function openReaders(
  url: string,
  group: string,
  count: number,
  how: { readonly paceMs: Pace; readonly isStopped: boolean },
): Promise<Readers> {
  const sockets: WebSocket[] = []
  let deliveries = 0

  async function open(): Promise<void> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/${group}`, subprotocol)
    sockets.push(socket)
    socket.on('error', () => {})
    await once(socket, 'open')
    socket.send(encode({ type: 'hello', id: 1 }))
    socket.send(encode({ type: 'subscribe', id: 2, group, paceMs: how.paceMs }))
    if (how.isStopped) socket.pause()
    socket.on('message', (data: Buffer) => {
      const head = data.subarray(0, 20).toString('latin1')
      if (head.startsWith('{"type":"update"')) deliveries++
      if (head.startsWith('{"type":"ping"')) socket.send(encode({ type: 'pong' }))
    })
  }

  const atOnce = 50
  for (let start = 0; start < count; start += atOnce) {
    await Promise.all(Array.from({ length: Math.min(atOnce, count - start) }, open))
  }
  return {
    takeDeliveries() {
      const taken = deliveries
      deliveries = 0
      return taken
    },
    close() {
      for (const socket of sockets) socket.terminate()
    },
  }
}
