import { EventEmitter } from 'node:events'
import { close, limits } from '@chartroom/shared'
import { beforeEach, describe, expect, it } from 'vitest'
import { Frame } from '../../../server/groups/frame.ts'
import { createWebSocketLink, type LinkEvents, type SessionLink } from '../../../server/links/websocket.ts'
import { FakeClock } from '../../support/fake-clock.ts'

/** A socket whose peer reads when the test says so. */
class FakeSocket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  bufferedAmount = 0
  closedWith: number | undefined
  isTerminated = false
  isReset = false
  readonly #flushed: (() => void)[] = []

  send(data: Buffer, _options: object, flushed: () => void): void {
    this.bufferedAmount += data.length
    this.#flushed.push(flushed)
  }

  close(code: number): void {
    this.readyState = 2
    this.closedWith = code
  }

  terminate(): void {
    this.isTerminated = true
    this.readyState = 3
    this.emit('close', 1006)
  }

  reset(): void {
    this.isReset = true
    this.emit('close', 1006)
  }

  ping(): void {}
  pause(): void {}
  resume(): void {}

  /** The peer reads all that waits. */
  drain(): void {
    this.bufferedAmount = 0
    for (const flushed of this.#flushed.splice(0)) flushed()
  }
}

describe('a WebSocket as a link', () => {
  let clock: FakeClock
  let socket: FakeSocket
  let link: SessionLink
  let heard: string[]
  const large = new Frame({
    type: 'error',
    code: 'internal',
    message: 'x'.repeat(limits.fullLinkBytes),
    temporary: true,
  })
  const small = new Frame({ type: 'ping', time: 0 })

  beforeEach(() => {
    clock = new FakeClock()
    socket = new FakeSocket()
    heard = []
    const events: LinkEvents = {
      onText: (text) => heard.push(text),
      onBinary: (data) => heard.push(`binary ${data.toString('hex')}`),
      onPong: () => heard.push('pong'),
      onDrained: () => heard.push('drained'),
      onClosed: (code) => heard.push(`closed ${code}`),
    }
    link = createWebSocketLink(socket, 'ws-1', clock.setTimer, () => socket.reset(), events)
  })

  it('[S7] is full from 64 KiB on, and tells when it has drained', () => {
    link.send(small)
    expect(link.isFull).toBe(false)
    link.send(large)
    expect(link.isFull).toBe(true)
    socket.drain()
    expect(link.isFull).toBe(false)
    expect(heard).toEqual(['drained'])
  })

  it('[C4] is closed with 3008 when it has not drained for 30 s, has time to read that, and is reset', () => {
    link.send(large)
    clock.advance(limits.slowLinkMs - 1)
    expect(socket.closedWith).toBeUndefined()
    clock.advance(1)
    expect(socket.closedWith).toBe(3008)
    clock.advance(9_999)
    expect(socket.isReset).toBe(false)
    clock.advance(1)
    expect(socket.isReset).toBe(true)
    expect(socket.isTerminated).toBe(false)
    expect(heard).toEqual(['closed 3008'])
  })

  it('[C4] is not slow when it drains in time', () => {
    link.send(large)
    clock.advance(limits.slowLinkMs - 1)
    socket.drain()
    clock.advance(limits.slowLinkMs)
    expect(socket.closedWith).toBeUndefined()
    expect(clock.waiting).toBe(0)
  })

  it('is cut when its peer does not answer a close, and closing twice is fine', () => {
    link.close(close.shutdown)
    link.close(close.internal)
    expect(socket.closedWith).toBe(3001)
    clock.advance(1_000)
    expect(socket.isTerminated).toBe(true)
    expect(socket.isReset).toBe(false)
    expect(heard).toEqual(['closed 3001'])
    expect(clock.waiting).toBe(0)
  })

  it('is reset when nobody answers behind it: what it does not read would hide its end', () => {
    link.close(close.noPong)
    clock.advance(1_000)
    expect(socket.isReset).toBe(true)
    expect(heard).toEqual(['closed 3012'])
  })

  it('sends nothing once it is closing', () => {
    link.close(close.shutdown)
    link.send(small)
    expect(socket.bufferedAmount).toBe(0)
  })
})
