// Owns what the client needs of its host, by structure: socket, fetch, clock, random, timers, waking. It uses none of it.

/** Ends what a call began. Calling it twice is legal. */
export type Undo = () => void

/** A WebSocket as browsers and `ws` have it. `never` lets the events of both fit: each handler says what it reads. */
export interface SocketLike {
  onopen: ((event: never) => void) | null
  onmessage: ((event: never) => void) | null
  onclose: ((event: never) => void) | null
  onerror: ((event: never) => void) | null
  /** Bytes that wait to be sent. */
  readonly bufferedAmount: number
  send(text: string): void
  close(code?: number, reason?: string): void
}

/** What of an answer over HTTP is read. */
export interface ResponseLike {
  readonly ok: boolean
  readonly status: number
  /** Its bytes as they come; absent where a host hands them over only whole. */
  readonly body?: BodyLike | null
  json(): Promise<unknown>
}

/** The bytes of an answer, as a stream of browsers and of Node gives them. */
export interface BodyLike {
  getReader(): { read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }> }
}

/** `fetch`, as far as it is used. */
export type FetchLike = (
  url: string,
  init: { readonly method: string; readonly headers: Record<string, string>; readonly body?: string },
) => Promise<ResponseLike>

/** What a long answer tells as it comes; after `onEnd`, or after it was let go of, nothing more. */
export interface AnswerListener {
  /** The status; text follows. */
  onStatus(status: number): void
  onText(piece: string): void
  /** It ended: whole, or because the network did not bring the rest. */
  onEnd(isWhole: boolean): void
}

/** Where the tabs of one browser hear each other: what one posts, the others get. */
export interface ChannelLike {
  onmessage: ((event: never) => void) | null
  postMessage(text: string): void
  close(): void
}

/** What the tabs of one browser have in common. */
export interface TabsLike {
  /** Holds what one of them holds at a time, from when it is free until it is undone. */
  hold(name: string, onHeld: () => void): Undo
  openChannel(name: string): ChannelLike
}

/** The host as the client sees it. Tests hand in one whose time stands still. */
export interface Platform {
  /** Begins to open a socket; may throw where the address is not allowed (`ws:` from a page over https). */
  openSocket(url: string, protocol: string): SocketLike
  /** Absent where the host has none: paging back and posting are then refused. */
  readonly fetch?: FetchLike
  /** Reads an answer as it comes, until it ends or is let go of. Absent where the host cannot. */
  readonly read?: (url: string, headers: Record<string, string>, listener: AnswerListener) => Undo
  /** A word that outlives the page but not the visit. Absent where the host keeps none. */
  readonly memory?: { read(): string | undefined; write(word: string): void }
  /** Absent where a host has no tabs, or they cannot hear each other: each connects for itself. */
  readonly tabs?: TabsLike
  /** Wall clock, Unix ms: it goes on while a laptop sleeps. */
  now(): number
  /** 0 to 1, without 1. */
  random(): number
  setTimer(run: () => void, ms: number): Undo
  /** Tells when time may have passed unnoticed: the network is back, the page is visible or shown again. */
  onWake?(listener: () => void): Undo
}

/** The parts of `globalThis` that a platform is made of. */
export interface Globals {
  readonly WebSocket: new (url: string, protocol: string) => SocketLike
  readonly fetch: FetchLike
  readonly AbortController: new () => { readonly signal: unknown; abort(): void }
  readonly TextDecoder: new () => { decode(bytes?: Uint8Array, options?: { stream?: boolean }): string }
  setTimeout(run: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
  addEventListener(type: string, listener: () => void): void
  removeEventListener(type: string, listener: () => void): void
  readonly BroadcastChannel: new (name: string) => ChannelLike
  readonly document: DocumentLike
  readonly navigator: { readonly locks?: LocksLike }
  readonly sessionStorage: StorageLike
}

interface LocksLike {
  request(name: string, options: { readonly signal?: unknown }, held: () => Promise<void>): Promise<unknown>
}

interface StorageLike {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

interface DocumentLike {
  readonly visibilityState: string
  addEventListener(type: string, listener: () => void): void
  removeEventListener(type: string, listener: () => void): void
}

// What setTimeout takes at most; beyond it, it fires at once.
const maxTimerMs = 2_147_483_647

/**
 * The platform of this host. What `globalThis` does not have is handed in: Node 20 has no WebSocket, so there it is
 * `createPlatform({ WebSocket })` with that of `ws`. Throws where none is found.
 */
export function createPlatform(given: Partial<Globals> = {}): Platform {
  const globals = { ...globalsOf(globalThis), ...given }
  const { WebSocket, fetch } = globals
  if (WebSocket === undefined) throw new Error('This host has no WebSocket: createPlatform({ WebSocket }) takes one.')
  const onWake = wakesOf(globals)
  const read = readerOf(globals)
  const memory = memoryOf(globals)
  const tabs = tabsOf(globals)
  return {
    openSocket: (url, protocol) => new WebSocket(url, protocol),
    // Called as a function: a browser's fetch refuses to be the method of another object.
    ...(fetch === undefined ? {} : { fetch: (url, init) => fetch(url, init) }),
    now: () => Date.now(),
    random: () => Math.random(),
    setTimer: timersOf(globals),
    ...(read === undefined ? {} : { read }),
    ...(memory === undefined ? {} : { memory }),
    ...(tabs === undefined ? {} : { tabs }),
    ...(onWake === undefined ? {} : { onWake }),
  }
}

function readerOf({ fetch, AbortController, TextDecoder }: Partial<Globals>): Platform['read'] {
  if (fetch === undefined || AbortController === undefined || TextDecoder === undefined) return undefined
  return (url, headers, listener) => {
    const controller = new AbortController()
    const decoder = new TextDecoder()
    let isLetGo = false

    async function read(fetch: FetchLike): Promise<void> {
      const asked = { method: 'GET', headers, signal: controller.signal }
      const { status, body } = await fetch(url, asked)
      if (!isLetGo) listener.onStatus(status)
      const reader = body?.getReader()
      for (let next = await reader?.read(); next !== undefined && !next.done; next = await reader?.read()) {
        const piece = decoder.decode(next.value, { stream: true })
        if (!isLetGo) listener.onText(piece)
      }
    }

    function end(isWhole: boolean): void {
      if (!isLetGo) listener.onEnd(isWhole)
    }

    read(fetch).then(
      () => end(true),
      () => end(false),
    )
    return () => {
      isLetGo = true
      controller.abort()
    }
  }
}

const memoryKey = 'chartroom.way'

function memoryOf(globals: Partial<Globals>): Platform['memory'] {
  const { sessionStorage } = globals
  if (sessionStorage === undefined) return undefined
  return {
    read: () => sessionStorage.getItem(memoryKey) ?? undefined,
    write: (word) => {
      try {
        sessionStorage.setItem(memoryKey, word)
      } catch {
        // A full storage forgets; the next page looks for its way anew.
      }
    },
  }
}

// Node has channels and, of late, locks; but its processes and workers are no tabs of one reader.
function tabsOf({ document, navigator, BroadcastChannel, AbortController }: Partial<Globals>): Platform['tabs'] {
  const locks = navigator?.locks
  if (!document || !locks || !BroadcastChannel || !AbortController || !canOpen(BroadcastChannel)) return undefined
  return {
    openChannel: (name) => new BroadcastChannel(name),
    hold: (name, onHeld) => {
      const waiting = new AbortController()
      let letGo = () => {}
      const undone = new Promise<void>((resolve) => {
        letGo = resolve
      })
      const held = () => {
        onHeld()
        return undone
      }
      // It fails when it is undone before, and where a page may hold nothing: then this one leads nobody.
      locks.request(name, { signal: waiting.signal }, held).catch(() => {})
      return () => {
        letGo()
        waiting.abort()
      }
    },
  }
}

// A page that may keep nothing may have no channel either: where that is so, making one throws.
function canOpen(BroadcastChannel: Globals['BroadcastChannel']): boolean {
  try {
    new BroadcastChannel('chartroom').close()
    return true
  } catch {
    return false
  }
}

function timersOf({ setTimeout, clearTimeout }: Partial<Globals>): Platform['setTimer'] {
  if (setTimeout === undefined || clearTimeout === undefined) {
    throw new Error('This host has no timers: createPlatform({ setTimeout, clearTimeout }) takes them.')
  }
  return (run, ms) => {
    const timer = setTimeout(run, Math.min(ms, maxTimerMs))
    return () => clearTimeout(timer)
  }
}

function wakesOf(globals: Partial<Globals>): Platform['onWake'] {
  const { addEventListener, removeEventListener, document } = globals
  if (addEventListener === undefined || removeEventListener === undefined || document === undefined) return undefined
  return (listener) => {
    const handleVisibility = () => {
      if (document.visibilityState === 'visible') listener()
    }
    for (const type of ['online', 'pageshow']) addEventListener(type, listener)
    document.addEventListener('visibilitychange', handleVisibility)
    return () => {
      for (const type of ['online', 'pageshow']) removeEventListener(type, listener)
      document.removeEventListener('visibilitychange', handleVisibility)
    }
  }
}

const functions = [
  'WebSocket',
  'fetch',
  'AbortController',
  'BroadcastChannel',
  'TextDecoder',
  'setTimeout',
  'clearTimeout',
  'addEventListener',
  'removeEventListener',
] as const

// What globalThis has is not enumerable, so it is picked by name.
function globalsOf(host: object): Partial<Globals> {
  const picked = Object.fromEntries(
    [...functions, 'document', 'navigator', 'sessionStorage'].flatMap((name) => {
      const part = partOf(host, name)
      return part === undefined || part === null ? [] : [[name, part]]
    }),
  )
  if (!isGlobals(picked)) throw new Error('This host has a fetch, a WebSocket or timers that cannot be called.')
  return picked
}

// A page that may keep nothing is refused its storage by a getter that throws.
function partOf(host: object, name: string): unknown {
  try {
    return Reflect.get(host, name)
  } catch {
    return undefined
  }
}

function isGlobals(parts: Readonly<Record<string, unknown>>): parts is Partial<Globals> & Record<string, unknown> {
  return functions.every((name) => parts[name] === undefined || typeof parts[name] === 'function')
}
