// Owns which way in is taken: the best that this network lets work. What a way does is its own.

import { close } from '../close.ts'
import { Deadline } from './deadline.ts'
import type { Platform, Undo } from './platform.ts'
import type { OpenTransport, Rung, RungListener, Transport, TransportListener, Way } from './transport.ts'

/** What the ladder is made of. */
export interface LadderOptions {
  readonly platform: Platform
  /** The best way in. */
  readonly top: Rung
  /** Brings the others, best first. Absent where this host has none. */
  readonly bringLower?: (() => Promise<readonly Rung[]>) | undefined
  /** Looks whether the best way works now; calls back once, unless it is undone. */
  readonly probeTop: (onOpens: (opens: boolean) => void) => Undo
}

// Half of networks open a socket within 0.3 s; who has not after this most often never does (REALTIME.md 4.5).
const openMs = 4_000
/** How long a lower way is kept before the best one is looked for again. */
const againMs = 300_000

const abnormal = 1006

/**
 * The ways in, as one. It goes down where a way never opened or never worked, and only while the server answers
 * otherwise: a server that is away is no network that refuses. What works is remembered for the visit.
 */
export class Ladder {
  readonly #options: LadderOptions
  #lower: readonly Rung[] | undefined
  /** The rung that a session begins with. */
  #begin = 0
  /** The rung that worked last, and until when it is kept where it is a lower one (Unix ms). */
  #proved = 0
  #keptUntil = 0
  #way: Way | undefined

  constructor(options: LadderOptions) {
    this.#options = options
    const [place = '', until = ''] = (options.platform.memory?.read() ?? '').split(' ')
    if (/^[1-3]$/.test(place) && Number(until) > options.platform.now()) {
      this.#proved = Number(place)
      this.#begin = this.#proved
      this.#keptUntil = Number(until)
    }
  }

  /** The way in that something came by last. */
  get way(): Way | undefined {
    return this.#way
  }

  /** Begins a way in, from the rung that worked last. */
  readonly open: OpenTransport = (listener) => new Climb(this, this.#options, listener, this.#begin)

  /** Whether there may be a rung at a place. */
  reaches(place: number): boolean {
    return place === 0 || (this.#options.bringLower !== undefined && place <= (this.#lower?.length ?? place))
  }

  /** The rung at a place; undefined where there is none, or it cannot be loaded. */
  async rungAt(place: number): Promise<Rung | undefined> {
    if (place === 0) return this.#options.top
    this.#lower ??= await this.#options.bringLower?.().catch(() => undefined)
    return this.#lower?.[place - 1]
  }

  /** A session is on this way. */
  take(way: Way): void {
    this.#way = way
  }

  /** A rung works. */
  prove(place: number): void {
    this.#begin = place
    if (place === this.#proved && (place === 0 || this.#keptUntil > 0)) return
    const { now } = this.#options.platform
    this.#proved = place
    this.#keptUntil = place === 0 ? 0 : now() + againMs
    this.#options.platform.memory?.write(`${place} ${this.#keptUntil}`)
  }

  /** A rung did not work, though the server answered on it: the next session begins below. */
  giveUp(place: number): void {
    if (this.reaches(place + 1)) this.#begin = place + 1
    else this.reset()
  }

  /** Nothing works: most likely the server is away. */
  reset(): void {
    this.#begin = this.#proved
  }

  /** How long until the best way is looked for again, ms. */
  get againInMs(): number {
    return Math.max(0, this.#keptUntil - this.#options.platform.now())
  }

  /** The best way was looked for, and is still closed. */
  keep(): void {
    this.#keptUntil = this.#options.platform.now() + againMs
    this.#options.platform.memory?.write(`${this.#proved} ${this.#keptUntil}`)
  }

  /** The best way works again. */
  rise(): void {
    this.#begin = 0
    this.#proved = 0
    this.#keptUntil = 0
    this.#options.platform.memory?.write('0 0')
  }
}

/** One session's way in: down from a rung to the first that opens. */
class Climb implements Transport {
  readonly #ladder: Ladder
  readonly #options: LadderOptions
  readonly #listener: TransportListener
  #place: number
  #transport: Transport | undefined
  #state: 'opening' | 'open' | 'over' = 'opening'
  #isHeard = false
  #isProved = false
  #cancel: Undo = () => {}

  constructor(ladder: Ladder, options: LadderOptions, listener: TransportListener, place: number) {
    this.#ladder = ladder
    this.#options = options
    this.#listener = listener
    this.#place = place
    void this.#begin()
  }

  get isFull(): boolean {
    return this.#transport?.isFull ?? false
  }

  send(text: string): void {
    this.#transport?.send(text)
  }

  close(code: number, reason: string): void {
    if (this.#state === 'open' && code !== close.done.code) this.#judge()
    this.#state = 'over'
    this.#cancel()
    this.#transport?.close(code, reason)
  }

  async #begin(): Promise<void> {
    // The best way is at hand, and begun at once; nothing below it is waited for in vain.
    const rung = this.#place === 0 ? this.#options.top : await this.#ladder.rungAt(this.#place)
    if (this.#state === 'over') return
    if (rung === undefined) this.#fail(abnormal, 'no way in opens')
    else this.#open(rung)
  }

  #fail(code: number, reason: string): void {
    this.#ladder.reset()
    this.#end(code, reason)
  }

  #open(rung: Rung): void {
    const { platform } = this.#options
    let isOver = false
    const listener: RungListener = {
      onOpen: () => {
        if (isOver) return
        this.#cancel()
        this.#state = 'open'
        this.#listener.onOpen()
      },
      onProved: () => {
        if (isOver || this.#isProved) return
        this.#isProved = true
        this.#ladder.prove(this.#place)
        this.#lookUp()
      },
      onFrame: (text) => {
        if (isOver) return
        this.#isHeard = true
        this.#ladder.take(rung.way)
        this.#listener.onFrame(text)
      },
      onClose: (code, reason) => {
        if (isOver) return
        isOver = true
        this.#handleClose(code, reason)
      },
    }
    this.#transport = rung.open(listener)
    // The last way in has as long as a session gives it.
    if (!this.#ladder.reaches(this.#place + 1)) return
    const deadline = new Deadline(platform, () => {
      isOver = true
      this.#transport?.close(close.done.code, close.done.reason)
      this.#handleClose(abnormal, 'it did not open')
    })
    deadline.start(openMs)
    this.#cancel = () => deadline.stop()
  }

  #handleClose(code: number, reason: string): void {
    this.#cancel()
    if (this.#state === 'over') return
    if (this.#state === 'opening') {
      this.#place++
      if (this.#ladder.reaches(this.#place)) void this.#begin()
      else this.#fail(code, reason)
      return
    }
    // Who says why was heard: the way works, and it is the server that goes.
    if (code === abnormal) this.#judge()
    this.#end(code, reason)
  }

  // What was open and brought nothing: an answer to a question says that the server is there, and only the news are not.
  #judge(): void {
    if (this.#isProved) return
    if (this.#isHeard || this.#place === 0) this.#ladder.giveUp(this.#place)
    else this.#ladder.reset()
  }

  // A lower way is only for as long as the best one does not work.
  #lookUp(): void {
    if (this.#place === 0) return
    this.#cancel = this.#options.platform.setTimer(() => this.#probe(), this.#ladder.againInMs)
  }

  #probe(): void {
    const { platform, probeTop } = this.#options
    const found = (opens: boolean) => {
      this.#cancel()
      if (opens) this.#rise()
      else {
        this.#ladder.keep()
        this.#lookUp()
      }
    }
    const undo = probeTop(found)
    const cancelLate = platform.setTimer(() => found(false), openMs)
    this.#cancel = () => {
      cancelLate()
      undo()
    }
  }

  #rise(): void {
    this.#ladder.rise()
    this.#transport?.close(abnormal, '')
    this.#end(abnormal, 'a better way in works again')
  }

  #end(code: number, reason: string): void {
    if (this.#state === 'over') return
    this.#state = 'over'
    this.#cancel()
    this.#listener.onClose(code, reason)
  }
}
