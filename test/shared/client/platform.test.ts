import { createPlatform, type Globals } from '@chartroom/shared/client'
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import { WebSocket as NodeWebSocket } from 'ws'

class HostSocket {
  onopen = null
  onmessage = null
  onclose = null
  onerror = null
  readonly bufferedAmount = 0
  readonly url: string
  readonly protocol: string

  constructor(url: string, protocol: string) {
    this.url = url
    this.protocol = protocol
  }

  send(): void {}
  close(): void {}
}

class HostEvents {
  readonly listeners = new Map<string, Set<() => void>>()

  readonly addEventListener = (type: string, listener: () => void): void => {
    this.listeners.set(type, (this.listeners.get(type) ?? new Set()).add(listener))
  }

  readonly removeEventListener = (type: string, listener: () => void): void => {
    this.listeners.get(type)?.delete(listener)
  }

  happen(type: string): void {
    for (const listener of this.listeners.get(type) ?? []) listener()
  }

  get size(): number {
    return [...this.listeners.values()].reduce((sum, { size }) => sum + size, 0)
  }
}

class HostDocument extends HostEvents {
  visibilityState = 'visible'
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('the platform of this host', () => {
  it('takes the WebSocket of browsers and of ws, without a cast', () => {
    expectTypeOf<{ WebSocket: typeof NodeWebSocket }>().toExtend<Partial<Globals>>()
    expectTypeOf<Window & typeof globalThis>().toExtend<Partial<Globals>>()
    expect(createPlatform({ WebSocket: NodeWebSocket }).openSocket).toBeTypeOf('function')
  })

  it('finds what globalThis has, also where it cannot be enumerated', () => {
    Object.defineProperty(globalThis, 'WebSocket', { value: HostSocket, configurable: true, enumerable: false })
    try {
      const socket = createPlatform().openSocket('ws://h/ws', 'chartroom.v1')
      expect(socket).toMatchObject({ url: 'ws://h/ws', protocol: 'chartroom.v1' })
    } finally {
      Reflect.deleteProperty(globalThis, 'WebSocket')
    }
  })

  it('says what is missing', () => {
    vi.stubGlobal('WebSocket', undefined)
    expect(() => createPlatform()).toThrow('createPlatform({ WebSocket })')
    vi.stubGlobal('setTimeout', undefined)
    expect(() => createPlatform({ WebSocket: HostSocket })).toThrow('no timers')
    vi.stubGlobal('fetch', 'a string')
    expect(() => createPlatform({ WebSocket: HostSocket })).toThrow('cannot be called')
  })

  it('calls fetch as a function, as browsers want it', async () => {
    const asked: unknown[] = []
    function fetch(this: unknown, url: string) {
      asked.push(this, url)
      return Promise.resolve({ ok: true, status: 200, json: () => Promise.resolve(1) })
    }
    await createPlatform({ WebSocket: HostSocket, fetch }).fetch?.('http://h', { method: 'GET', headers: {} })
    expect(asked).toEqual([undefined, 'http://h'])
  })

  it('sets timers that can be undone, and none that is too long for the host', () => {
    const set: number[] = []
    const cleared: unknown[] = []
    const platform = createPlatform({
      WebSocket: HostSocket,
      setTimeout: (_run, ms) => set.push(ms),
      clearTimeout: (timer) => void cleared.push(timer),
    })
    platform.setTimer(() => {}, 10)
    platform.setTimer(() => {}, 1e15)()
    expect(set).toEqual([10, 2_147_483_647])
    expect(cleared).toEqual([2])
  })

  it('has tabs where there is a page, with locks and channels', async () => {
    const held: string[] = []
    const asked: Promise<void>[] = []
    const locks = {
      request: (name: string, _options: unknown, onHeld: () => Promise<void>) => {
        held.push(name)
        asked.push(onHeld())
        return Promise.resolve()
      },
    }
    class Channel {
      onmessage = null
      readonly name: string
      constructor(name: string) {
        this.name = name
      }
      postMessage(): void {}
      close(): void {}
    }
    const page = { document: new HostDocument(), navigator: { locks }, BroadcastChannel: Channel }
    const { tabs } = createPlatform({ WebSocket: HostSocket, ...page })
    let leads = 0
    const undo = tabs?.hold('ops', () => leads++)
    expect([held, leads, tabs?.openChannel('ops')]).toEqual([['ops'], 1, new Channel('ops')])
    undo?.()
    await expect(asked[0]).resolves.toBeUndefined()
    expect(createPlatform({ WebSocket: HostSocket, ...page, navigator: {} }).tabs).toBeUndefined()
    expect(createPlatform({ WebSocket: HostSocket }).tabs).toBeUndefined()
  })

  it('has no tabs where a page may open no channel', () => {
    class Refused {
      onmessage = null
      constructor() {
        throw new Error('SecurityError')
      }
      postMessage(): void {}
      close(): void {}
    }
    const locks = { request: () => Promise.resolve() }
    const page = { document: new HostDocument(), navigator: { locks }, BroadcastChannel: Refused }
    expect(createPlatform({ WebSocket: HostSocket, ...page }).tabs).toBeUndefined()
  })

  it('wakes when the network is back and when the page is seen again, until that is undone', () => {
    const window = new HostEvents()
    const document = new HostDocument()
    const { addEventListener, removeEventListener } = window
    let woken = 0
    const undo = createPlatform({ WebSocket: HostSocket, addEventListener, removeEventListener, document }).onWake?.(
      () => {
        woken++
      },
    )
    window.happen('online')
    window.happen('pageshow')
    document.happen('visibilitychange')
    document.visibilityState = 'hidden'
    document.happen('visibilitychange')
    expect(woken).toBe(3)
    undo?.()
    expect(window.size + document.size).toBe(0)
  })

  it('never wakes where there is no page', () => {
    expect(createPlatform({ WebSocket: HostSocket })).not.toHaveProperty('onWake')
  })

  it('reads an answer as it comes, also where a letter comes in halves', async () => {
    const { told, read, pieces } = reading()
    read()
    const [first, second] = [new TextEncoder().encode('grüße').slice(0, 3), new TextEncoder().encode('grüße').slice(3)]
    for (const piece of [first, second]) await pieces(piece)
    await pieces(undefined)
    expect(told).toEqual(['status 200', 'gr', 'üße', 'end true'])
  })

  it('tells that an answer broke off, and that nobody answered', async () => {
    const { told, read, breakOff } = reading()
    read()
    await breakOff()
    expect(told).toEqual(['status 200', 'end false'])
    const away = reading(() => Promise.reject(new TypeError('away')))
    away.read()
    await settled()
    expect(away.told).toEqual(['end false'])
  })

  it('tells nothing of an answer that was let go of, and ends the request', async () => {
    const { told, read, pieces, signals } = reading()
    const letGo = read()
    await pieces(new TextEncoder().encode('one'))
    letGo()
    await pieces(new TextEncoder().encode('two'))
    await pieces(undefined)
    expect(told).toEqual(['status 200', 'one'])
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  })

  it('does not read as it comes where the host cannot let go of a request', () => {
    vi.stubGlobal('AbortController', undefined)
    expect(createPlatform({ WebSocket: HostSocket })).not.toHaveProperty('read')
  })

  it('remembers a word for the visit, and lives with a storage that is full or forbidden', () => {
    const kept = new Map<string, string>()
    const sessionStorage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    }
    const { memory } = createPlatform({ WebSocket: HostSocket, sessionStorage })
    expect(memory?.read()).toBeUndefined()
    memory?.write('1 5')
    expect([memory?.read(), [...kept.keys()]]).toEqual(['1 5', ['chartroom.way']])
    const full = createPlatform({
      WebSocket: HostSocket,
      sessionStorage: {
        getItem: () => null,
        setItem: () => {
          throw new Error('QuotaExceededError')
        },
      },
    })
    expect(() => full.memory?.write('2 5')).not.toThrow()
    Object.defineProperty(globalThis, 'sessionStorage', {
      configurable: true,
      get: () => {
        throw new Error('SecurityError')
      },
    })
    try {
      expect(createPlatform({ WebSocket: HostSocket })).not.toHaveProperty('memory')
    } finally {
      Reflect.deleteProperty(globalThis, 'sessionStorage')
    }
  })
})

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve()
}

/** Somebody who reads an answer whose pieces a test hands over. */
function reading(answer?: () => Promise<never>) {
  const told: string[] = []
  const signals: AbortSignal[] = []
  let give: { next(piece: Uint8Array | undefined): void; fail(): void } = { next() {}, fail() {} }
  const readOne = () =>
    new Promise<{ done: boolean; value?: Uint8Array }>((resolve, reject) => {
      give = {
        next: (value) => resolve(value === undefined ? { done: true } : { done: false, value }),
        fail: () => reject(new TypeError('the network is away')),
      }
    })
  const fetch = (_url: string, init: object) => {
    if ('signal' in init && init.signal instanceof AbortSignal) signals.push(init.signal)
    const body = { getReader: () => ({ read: readOne }) }
    return answer?.() ?? Promise.resolve({ ok: true, status: 200, body, json: () => Promise.resolve(1) })
  }
  const platform = createPlatform({ WebSocket: HostSocket, fetch })
  return {
    told,
    signals,
    read: () =>
      platform.read?.(
        'http://h',
        {},
        {
          onStatus: (status) => told.push(`status ${status}`),
          onText: (piece) => told.push(piece),
          onEnd: (isWhole) => told.push(`end ${isWhole}`),
        },
      ) ?? (() => {}),
    pieces: async (piece: Uint8Array | undefined) => {
      await settled()
      give.next(piece)
      await settled()
    },
    breakOff: async () => {
      await settled()
      give.fail()
      await settled()
    },
  }
}
