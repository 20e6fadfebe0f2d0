import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ClientOptions, WebSocket, WebSocketServer } from 'ws'
import { messageOf, packedOf } from '../../../server/groups/message.ts'
import { SocketInside } from '../../../server/links/socket-inside.ts'

const deflate = { serverNoContextTakeover: true, clientNoContextTakeover: true }
const long = Buffer.from('orders '.repeat(500))

describe('the inside of a socket of ws', () => {
  let server: WebSocketServer

  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: deflate })
    await once(server, 'listening')
  })

  afterEach(() => {
    for (const socket of server.clients) socket.terminate()
    server.close()
  })

  /** Somebody who connects, what they hear, and the inside of the server's end. */
  async function meet(options: ClientOptions = {}) {
    const { port } = server.address() as AddressInfo // it listens on a port
    const client = new WebSocket(`ws://127.0.0.1:${port}`, options)
    const heard: string[] = []
    client.on('message', (data: Buffer) => heard.push(data.toString()))
    const [[socket]] = await Promise.all([once(server, 'connection'), once(client, 'open')])
    const inside: SocketInside | undefined = SocketInside.of(socket)
    return { client, socket, inside, heard }
  }

  it('is as we know it', async () => {
    const { inside } = await meet()
    expect(inside).toBeDefined()
    expect(inside?.takesPacked).toBe(true)
  })

  it('takes messages of any length, in their order among those that are sent', async () => {
    const { inside, socket, heard } = await meet()
    const texts = ['a', 'b'.repeat(125), 'c'.repeat(126), 'd'.repeat(65_535), 'e'.repeat(65_536)]
    for (const text of texts) {
      expect(inside?.write(messageOf(Buffer.from(text)))).toBe(true)
      socket.send(`after ${text.length}`, { compress: false })
    }
    await expect.poll(() => heard.length).toBe(10)
    expect(heard).toEqual(texts.flatMap((text) => [text, `after ${text.length}`]))
  })

  it('takes what was compressed once for all, as often as it likes', async () => {
    const { inside, heard } = await meet()
    const packed = packedOf(long)
    expect(packed?.length).toBeLessThan(long.length / 10)
    for (let times = 0; times < 3; times++) inside?.write(packed ?? Buffer.alloc(0))
    await expect.poll(() => heard.length).toBe(3)
    expect(heard).toEqual([1, 2, 3].map(() => long.toString()))
  })

  it('takes nothing compressed where that was not agreed upon, or the window is not ours to choose', async () => {
    expect((await meet({ perMessageDeflate: false })).inside?.takesPacked).toBe(false)
    expect((await meet({ perMessageDeflate: { serverMaxWindowBits: 10 } })).inside?.takesPacked).toBe(false)
  })

  it('takes nothing while ws has something before it', async () => {
    const { inside, socket, heard } = await meet()
    socket.send(long.toString(), { compress: true })
    expect(inside?.write(messageOf(Buffer.from('too early')))).toBe(false)
    await expect.poll(() => heard.length).toBe(1)
    expect(inside?.write(messageOf(Buffer.from('now')))).toBe(true)
    await expect.poll(() => heard.at(-1)).toBe('now')
  })

  it('lets go of what unpacked a message, and unpacks the next', async () => {
    const { client, inside, socket } = await meet({ perMessageDeflate: { threshold: 0 } })
    const came: string[] = []
    socket.on('message', (data: Buffer) => {
      inside?.letGo()
      came.push(data.toString())
    })
    for (const text of ['one', 'two', 'three']) client.send(text)
    await expect.poll(() => came).toEqual(['one', 'two', 'three'])
  })

  it('tells when all has gone out', async () => {
    const { inside, client, heard } = await meet()
    client.pause()
    const piece = messageOf(Buffer.alloc(1_000_000, 'x'))
    for (let times = 0; times < 20; times++) inside?.write(piece)
    const drained = new Promise<void>((resolve) => inside?.onceDrained(resolve))
    client.resume()
    await drained
    await expect.poll(() => heard.length).toBe(20)
  })

  it('is not known where ws is another', () => {
    expect(SocketInside.of({})).toBeUndefined()
    expect(SocketInside.of({ _socket: {}, _sender: { _state: 0 } })).toBeUndefined()
    expect(SocketInside.of({ _socket: { write() {}, once() {} }, _sender: {} })).toBeUndefined()
  })
})
