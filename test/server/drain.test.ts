import { createServer, type RequestListener, type Server } from 'node:http'
import { describe, expect, it, vi } from 'vitest'
import { drain } from '../../server/drain.ts'
import type { DrainedLink } from '../../server/links/drained-link.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { patience } from '../support/patience.ts'
import { RawHttp } from '../support/raw-http.ts'

/** Links that note when they were told to come back, and leave when the test says so. */
class FakeDoor {
  readonly sessions = new Set<DrainedLink>()
  readonly told: number[] = []
  isOpen = true
  leave = () => {}

  constructor(links: number) {
    for (let at = 0; at < links; at++) this.sessions.add({ drain: (afterMs) => void this.told.push(afterMs) })
  }

  close(): Promise<void> {
    this.isOpen = false
    return new Promise((resolve) => {
      this.leave = resolve
    })
  }
}

async function listening(
  answer: RequestListener = (_, response) => void response.end('here'),
): Promise<{ server: Server; url: string }> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return { server, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` }
}

/** Lets the event loop turn, and the fake clock with it. */
async function turns(clock: FakeClock, count: number): Promise<void> {
  for (let at = 0; at < count; at++) {
    clock.turn()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('the end', () => {
  const clock = new FakeClock()

  it('tells thousands in slices, and spreads when they come back', async () => {
    const { server } = await listening()
    const door = new FakeDoor(3_000)
    let value = 0
    const ended = drain({
      server,
      door,
      parked: new Set(),
      clock,
      random: () => (value += 1 / 3_000),
      closeRest: async () => {},
    })
    await turns(clock, 1)
    expect(door.isOpen).toBe(false)
    expect(door.told.length).toBeLessThanOrEqual(256)
    await turns(clock, 30)
    expect(door.told).toHaveLength(3_000)
    // 5,000 come back a second.
    expect([Math.min(...door.told), Math.max(...door.told)]).toEqual([0, 600])
    door.leave()
    await ended
  })

  it('answers until no link is left, then frees the port, then closes the rest', async () => {
    const { server, url } = await listening()
    const door = new FakeDoor(1)
    const rest: boolean[] = []
    const closeRest = async () => void rest.push(server.listening)
    const ended = drain({ server, door, parked: new Set(), clock, random: () => 0, closeRest })
    await turns(clock, 3)
    expect(await (await fetch(url)).text()).toBe('here')
    door.leave()
    await ended
    expect(rest).toEqual([false])
    await expect(fetch(url)).rejects.toThrow()
  })

  it('waits for a connection until its answer has ended, and not until it is used again', async () => {
    let finish = () => {}
    const { server, url } = await listening((_, response) => {
      response.write('here')
      finish = () => response.end('gone')
    })
    const raw = new RawHttp(url).send('GET / HTTP/1.1', 'Host: x')
    await vi.waitFor(() => expect(raw.answer).toContain('here'), patience)
    const door = new FakeDoor(0)
    const ended = drain({ server, door, parked: new Set(), clock, random: () => 0, closeRest: async () => {} })
    await turns(clock, 3)
    door.leave()
    await turns(clock, 3)
    expect(server.listening).toBe(false)
    finish()
    await vi.waitFor(() => expect(raw.answer).toContain('gone'), patience)
    clock.advance(50)
    await ended
    raw.close()
  })

  it('waits for neither a link nor a request that does not end', async () => {
    const { server, url } = await listening()
    const half = new RawHttp(url)
    half.socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n')
    await vi.waitFor(() => expect(half.answer).toContain('here'), patience)
    let isEnded = false
    const ended = drain({
      server,
      door: new FakeDoor(1),
      parked: new Set(),
      clock,
      random: () => 0,
      closeRest: async () => {},
    })
    void ended.then(() => {
      isEnded = true
    })
    await turns(clock, 3)
    clock.advance(3_000)
    await turns(clock, 3)
    expect(isEnded).toBe(false)
    clock.advance(3_000)
    await ended
    half.close()
  })
})
