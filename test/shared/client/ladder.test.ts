import { describe, expect, it } from 'vitest'
import { Ladder } from '../../../shared/client/ladder.ts'
import type { Rung, RungListener, Transport, Way } from '../../../shared/client/transport.ts'
import { FakePlatform } from '../../support/fake-platform.ts'

const ways = ['websocket', 'event-stream', 'long-poll', 'poll'] as const

/** A way that a test opens, proves and closes. */
class FakeWay {
  listener: RungListener | undefined
  begun = 0
  closed = 0
  readonly rung: Rung

  constructor(way: Way) {
    this.rung = {
      way,
      open: (listener): Transport => {
        this.begun++
        this.listener = listener
        return { isFull: false, send: () => {}, close: () => void this.closed++ }
      },
    }
  }

  open(): void {
    this.listener?.onOpen()
  }

  hear(): void {
    this.listener?.onFrame('{}')
  }

  work(): void {
    this.open()
    this.listener?.onProved()
    this.hear()
  }

  close(code = 1006): void {
    this.listener?.onClose(code, 'over')
  }
}

class Memory {
  word: string | undefined
  read = () => this.word
  write = (word: string) => {
    this.word = word
  }
}

function stairs(memory = new Memory()) {
  const platform = Object.assign(new FakePlatform(), { memory })
  const [top, stream, long, poll] = ways.map((way) => new FakeWay(way)) as [FakeWay, FakeWay, FakeWay, FakeWay] // four ways
  let probing: ((opens: boolean) => void) | undefined
  const ladder = new Ladder({
    platform,
    top: top.rung,
    bringLower: () => Promise.resolve([stream.rung, long.rung, poll.rung]),
    probeTop: (onOpens) => {
      probing = onOpens
      return () => {
        probing = undefined
      }
    },
  })
  const told: string[] = []
  const begin = async () => {
    const transport = ladder.open({
      onOpen: () => told.push('open'),
      onFrame: () => told.push('frame'),
      onClose: (code) => told.push(`close ${code}`),
    })
    await loaded()
    return transport
  }
  return { platform, memory, ladder, top, stream, long, poll, told, begin, probe: () => probing }
}

/** The lower ways are loaded, which takes a few turns. */
async function loaded(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve()
}

describe('the ladder of ways in', () => {
  it('begins with the best way, and stays there', async () => {
    const { ladder, top, stream, told, begin } = stairs()
    await begin()
    top.work()
    expect(told).toEqual(['open', 'frame'])
    expect(ladder.way).toBe('websocket')
    top.close()
    await begin()
    expect([top.begun, stream.begun]).toEqual([2, 0])
  })

  it('goes down at once where a way does not open, in the same session', async () => {
    const { ladder, top, stream, told, begin } = stairs()
    await begin()
    top.close()
    await loaded()
    stream.work()
    expect(told).toEqual(['open', 'frame'])
    expect(ladder.way).toBe('event-stream')
  })

  it('goes down where a way has not opened after 4 s, and hears nothing of it later', async () => {
    const { platform, top, stream, told, begin } = stairs()
    await begin()
    platform.advance(4_000)
    await loaded()
    expect([top.closed, stream.begun]).toEqual([1, 1])
    top.work()
    expect(told).toEqual([])
  })

  it('stays on a way that opened while its host stood still, and says so after the timers that are due', async () => {
    const { platform, ladder, top, stream, told, begin } = stairs()
    await begin()
    platform.setTimer(() => top.work(), 4_000)
    platform.advance(4_000)
    expect(told).toEqual(['open', 'frame'])
    expect([ladder.way, stream.begun]).toEqual(['websocket', 0])
  })

  it('goes down with the next session where a way opened and brought no news', async () => {
    const { ladder, top, stream, long, told, begin } = stairs()
    await begin()
    top.close()
    await loaded()
    stream.open()
    stream.hear()
    stream.close()
    expect(told).toEqual(['open', 'frame', 'close 1006'])
    await begin()
    expect([top.begun, stream.begun, long.begun]).toEqual([1, 1, 1])
    long.work()
    expect(ladder.way).toBe('long-poll')
  })

  it('goes down where a socket opens and carries nothing', async () => {
    const { top, stream, begin } = stairs()
    const transport = await begin()
    top.open()
    transport.close(3012, 'no answer')
    await begin()
    expect([top.begun, stream.begun]).toEqual([1, 1])
  })

  it('stays where the server says why it closes', async () => {
    const { top, stream, begin } = stairs()
    await begin()
    top.open()
    top.close(3001)
    await begin()
    expect([top.begun, stream.begun]).toEqual([2, 0])
  })

  it('remembers nothing of a server that is away', async () => {
    const { memory, top, stream, told, begin } = stairs()
    await begin()
    top.work()
    top.close()
    for (let times = 0; times < 3; times++) {
      await begin()
      top.close()
      await loaded()
      stream.open()
      stream.close()
    }
    await begin()
    expect([top.begun, stream.begun]).toEqual([5, 3])
    expect(memory.word).toBeUndefined()
    expect(told.filter((word) => word === 'close 1006').length).toBe(4)
  })

  it('begins again at the top when nothing opens at all', async () => {
    const { top, stream, long, poll, told, begin } = stairs()
    await begin()
    for (const way of [top, stream, long, poll]) {
      way.close()
      await loaded()
    }
    expect(told).toEqual(['close 1006'])
    await begin()
    expect(top.begun).toBe(2)
  })

  it('is remembered over pages for 5 minutes', async () => {
    const first = stairs()
    await first.begin()
    first.top.close()
    await loaded()
    first.stream.work()
    const later = stairs(first.memory)
    await later.begin()
    expect([later.top.begun, later.stream.begun]).toEqual([0, 1])
    const { memory } = first
    memory.word = `1 ${first.platform.now() - 1}`
    const next = stairs(memory)
    await next.begin()
    expect(next.top.begun).toBe(1)
  })

  it.each(['nonsense', '9 9', '1', '', '-1 99999999999999'])(
    'is not misled by what it finds there: "%s"',
    async (word) => {
      const memory = new Memory()
      memory.word = word
      const { top, begin } = stairs(memory)
      await begin()
      expect(top.begun).toBe(1)
    },
  )

  it('looks for a WebSocket again after 5 minutes, beside the way that works, and goes up only when it opens', async () => {
    const { platform, top, stream, told, begin, probe } = stairs()
    await begin()
    top.close()
    await loaded()
    stream.work()
    platform.advance(299_999)
    expect(probe()).toBeUndefined()
    platform.advance(1)
    probe()?.(false)
    expect(told).toEqual(['open', 'frame'])
    platform.advance(300_000)
    probe()?.(true)
    expect(told).toEqual(['open', 'frame', 'close 1006'])
    expect(stream.closed).toBe(1)
    await begin()
    expect(top.begun).toBe(2)
  })

  it('takes a probe that says nothing for a no', async () => {
    const { platform, top, stream, told, begin, probe } = stairs()
    await begin()
    top.close()
    await loaded()
    stream.work()
    platform.advance(300_000)
    expect(probe()).toBeDefined()
    platform.advance(4_000)
    expect(probe()).toBeUndefined()
    expect(told).toEqual(['open', 'frame'])
  })

  it('leaves no timer behind when it is closed', async () => {
    const { platform, top, stream, begin } = stairs()
    const transport = await begin()
    top.close()
    await loaded()
    stream.work()
    transport.close(1000, 'done')
    expect(stream.closed).toBe(1)
    expect(platform.waiting).toBe(0)
  })
})
