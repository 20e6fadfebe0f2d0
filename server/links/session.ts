// Owns the states of one link's conversation: awaiting hello, ready, closed. What a request does is requests.ts's.

import {
  type ClientEnvelope,
  type Close,
  close,
  type DecodeRefusal,
  decodeClientEnvelope,
  errorCodes,
  isWriting,
  limits,
  refuse,
  type ServerEnvelope,
} from '@chartroom/shared'
import type { Counters } from '../counters.ts'
import { StorageError } from '../engine/storage-error.ts'
import { Frame } from '../groups/frame.ts'
import type { Clock } from '../groups/rounds.ts'
import type { Log } from '../log.ts'
import { createHeartbeat, type Heartbeat } from './heartbeat.ts'
import { Requests, type RequestsHost } from './requests.ts'
import type { LinkEvents, SessionLink } from './websocket.ts'

/** What a session needs of the server around it. */
export interface SessionHost extends RequestsHost {
  readonly clock: Clock
  readonly log: Log
  readonly counters: Counters
}

// A correct client makes few errors; one in a loop makes only errors, more than these within a minute.
const maxErrors = 20
const errorWindowMs = 60_000
// Frames that wait for the one before them; beyond it the socket is not read.
const maxWaiting = 64
// Writes that wait for the disk together: a hundred sent at once cost a few commits.
const maxWriting = 64

type State = 'awaiting_hello' | 'ready' | 'closed'

/** One link's conversation. Frames are served one after another, so that answers keep the order of the questions. */
export class Session implements LinkEvents {
  #state: State = 'awaiting_hello'
  #link: SessionLink | undefined
  #requests: Requests | undefined
  #heartbeat: Heartbeat | undefined
  /** Errors since the last request that was right, and when the first of them was. */
  #errors = 0
  #erringSince = 0
  #waiting: string[] = []
  #isServing = false
  #serving: Promise<void> = Promise.resolve()
  /** The writes that are not answered yet. */
  readonly #writing = new Set<Promise<void>>()
  /** Goes on serving, once a full link has drained or is gone. */
  #goOn: (() => void) | undefined
  readonly #host: SessionHost
  readonly #defaultGroup: string | undefined
  #cancelHello: (() => void) | undefined
  readonly #openedAt: number

  /** `defaultGroup` is the one of the address, for requests that name none. */
  constructor(host: SessionHost, defaultGroup: string | undefined) {
    this.#host = host
    this.#defaultGroup = defaultGroup
    this.#openedAt = host.clock.now()
  }

  /** Whether every frame that came has been answered. */
  get isIdle(): boolean {
    return !this.#isServing && this.#writing.size === 0
  }

  /** Begins: the link is open, and hello is due. */
  start(link: SessionLink): void {
    this.#link = link
    this.#cancelHello = this.#host.clock.setTimer(() => this.#close(close.noHello), limits.helloMs)
  }

  onText(text: string): void {
    if (this.#state === 'closed') return
    this.#waiting.push(text)
    if (this.#waiting.length > maxWaiting) this.#link?.pause()
    if (!this.#isServing) this.#serving = this.#serve()
  }

  onBinary(): void {
    this.#close(close.badFrame)
  }

  // A pong of the WebSocket proves less than one of the application (heartbeat.ts).
  onPong(): void {}

  onDrained(): void {
    this.#requests?.catchUp()
    this.#goOn?.()
  }

  onClosed(code: number): void {
    this.#end()
    const { clock, counters, log } = this.#host
    counters.add('link_closed')
    log.info('link_closed', { link: this.#link?.id, code, forMs: Math.round(clock.now() - this.#openedAt) })
    this.#link = undefined
  }

  /** Resolves when every frame that came has been answered. */
  async settled(): Promise<void> {
    await this.#serving
    await Promise.all(this.#writing)
  }

  /** Says that the server goes, and when to come back; the link is closed with 3001. */
  drain(afterMs: number): void {
    this.#send({ type: 'closing', afterMs })
    this.#close(close.shutdown)
  }

  async #serve(): Promise<void> {
    this.#isServing = true
    for (let text = this.#waiting.shift(); text !== undefined; text = this.#waiting.shift()) {
      if (this.#waiting.length === 0) this.#link?.resume()
      await this.#answer(text)
      await this.#drained()
      // One read may hold hundreds of frames: the other links have their turn between them.
      if (this.#waiting.length > 0) await new Promise<void>((resolve) => this.#host.clock.yieldTo(resolve))
    }
    this.#isServing = false
  }

  // Who does not read answers asks no further questions: else the answers would pile up here.
  async #drained(): Promise<void> {
    if (this.#state === 'closed' || !this.#link?.isFull) return
    this.#link.pause()
    await new Promise<void>((resolve) => {
      this.#goOn = resolve
    })
    this.#link?.resume()
  }

  // The edge: whatever a request throws is our bug, is logged here, and reaches nobody else.
  async #answer(text: string): Promise<void> {
    try {
      const decoded = decodeClientEnvelope(text)
      if (this.#state === 'closed') return
      if (this.#state === 'awaiting_hello') this.#greet(decoded.ok ? decoded.value : undefined, decoded)
      else if (decoded.ok) await this.#request(decoded.value)
      else this.refuse(decoded.refusal)
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    this.#host.counters.add('bug', 1, 'session')
    this.#host.log.error('session_failed', { link: this.#link?.id, error })
    this.#close(close.internal)
  }

  #greet(envelope: ClientEnvelope | undefined, decoded: ReturnType<typeof decodeClientEnvelope>): void {
    if (!decoded.ok && decoded.refusal.type === 'hello') {
      this.refuse(decoded.refusal)
      this.#close(close.badFrame)
      return
    }
    if (envelope?.type !== 'hello') {
      const id = decoded.ok ? idOf(decoded.value) : decoded.refusal.id
      this.refuse({ code: 'hello_first', message: 'Say hello first.', ...(id === undefined ? {} : { id }) })
      this.#close(close.helloFirst)
      return
    }
    const { clock } = this.#host
    this.#cancelHello?.()
    this.#cancelHello = undefined
    this.#state = 'ready'
    this.#requests = new Requests(this.#host, envelope, this.#defaultGroup, {
      id: this.#link?.id ?? '',
      link: () => this.#link,
      send: (answer) => this.#send(answer),
    })
    this.#heartbeat = createHeartbeat((run, ms) => clock.setTimer(run, ms), {
      isFull: () => this.#link?.isFull === true,
      ping: () => this.#send({ type: 'ping', time: this.#host.now() }),
      dead: () => this.#close(close.noPong),
    })
    this.#host.log.info('link_ready', { link: this.#link?.id, name: envelope.name })
    this.#requests.welcome(envelope)
  }

  async #request(envelope: ClientEnvelope): Promise<void> {
    if (envelope.type === 'pong') {
      this.#heartbeat?.answered()
      return
    }
    if (isWriting(envelope)) {
      await this.#write(envelope)
      return
    }
    // Other requests are served after what was written before them.
    if (envelope.type !== 'ping') await Promise.all(this.#writing)
    await this.#serveOne(envelope)
  }

  // The next write need not wait until this one is on the disk.
  async #write(envelope: ClientEnvelope): Promise<void> {
    const written = this.#serveOne(envelope)
      .catch((error) => this.#fail(error))
      .finally(() => this.#writing.delete(written))
    this.#writing.add(written)
    if (this.#writing.size >= maxWriting) await Promise.race(this.#writing)
  }

  async #serveOne(envelope: ClientEnvelope): Promise<void> {
    const refusal = await this.#answerOf(envelope)
    if (this.#state === 'closed') return
    if (refusal !== undefined) this.refuse(refusal)
    // A ping proves nothing: it would buy a loop of errors its time.
    else if (envelope.type !== 'ping') this.#errors = 0
  }

  async #answerOf(envelope: ClientEnvelope): Promise<DecodeRefusal | undefined> {
    try {
      return await this.#requests?.serve(envelope)
    } catch (error) {
      if (!(error instanceof StorageError)) throw error
      const id = idOf(envelope)
      return { ...refuse('storage', 'This cannot be read now.').refusal, ...(id === undefined ? {} : { id }) }
    }
  }

  /** Answers that something is refused; who errs too often is closed. */
  refuse(refusal: DecodeRefusal): void {
    const { id, code, message } = refusal
    this.#host.counters.add('refused', 1, code)
    this.#host.log.warn('request_refused', { link: this.#link?.id, code, message })
    this.#send({
      type: 'error',
      ...(id === undefined ? {} : { id }),
      code,
      message,
      temporary: errorCodes[code].temporary,
    })
    const now = this.#host.clock.now()
    if (this.#errors === 0 || now - this.#erringSince >= errorWindowMs) {
      this.#errors = 0
      this.#erringSince = now
    }
    this.#errors++
    if (this.#errors > maxErrors) this.#close(close.tooManyErrors)
  }

  #send(envelope: ServerEnvelope): void {
    this.#link?.send(new Frame(envelope))
  }

  #close(how: Close): void {
    this.#end()
    this.#link?.close(how)
  }

  #end(): void {
    this.#state = 'closed'
    this.#waiting = []
    this.#cancelHello?.()
    this.#heartbeat?.close()
    this.#requests?.close()
    this.#goOn?.()
  }
}

function idOf(envelope: ClientEnvelope): number | undefined {
  return 'id' in envelope ? envelope.id : undefined
}
