// Owns whether a group is being arranged on this page, after whose name was asked for, and that its tools are loaded on
// first use.

import type { Kind } from '@chartroom/shared'
import type { Self } from '../self.ts'
import type { GroupStore } from '../store.ts'
import type { Hand } from './hand.ts'

/** `naming`: who arranges is asked for a name first. `failed`: the tools could not be loaded. */
export type ModeState = 'off' | 'naming' | 'on' | 'failed'

/** What is loaded on first use: a hand for the charts of a group. */
export type LoadHand = (store: GroupStore) => Promise<Hand>

/** The arranging of one group as its page turns it on and off. */
export class Mode {
  readonly #store: GroupStore
  readonly #self: Self
  readonly #load: LoadHand
  readonly #listeners = new Set<() => void>()
  #state: ModeState = 'off'
  #hand: Hand | undefined
  #loading: Promise<void> | undefined
  #isClosed = false
  /** What waits for a name. */
  #then: () => void = () => {}

  constructor(store: GroupStore, self: Self, load: LoadHand) {
    this.#store = store
    this.#self = self
    this.#load = load
  }

  get state(): ModeState {
    return this.#state
  }

  /** The hand on the charts; undefined while nobody arranges here. */
  get hand(): Hand | undefined {
    return this.#state === 'on' ? this.#hand : undefined
  }

  /** What was made here before, and what became of it: also when arranging is off. */
  get tools(): Hand | undefined {
    return this.#hand
  }

  /** Turns arranging on. */
  async turnOn(): Promise<void> {
    if (this.#state === 'on') return
    await this.#begin(() => this.#set('on'))
  }

  /** Turns arranging off; what is on its way goes on. */
  turnOff(): void {
    this.#hand?.letGo()
    this.#hand?.show(undefined)
    this.#hand?.arranging.leave()
    this.#set('off')
  }

  /** Makes a kind that I see everyone's. */
  async share(id: string, kind: Kind): Promise<void> {
    const was = this.#state === 'on' ? 'on' : 'off'
    await this.#begin(() => {
      if (this.#hand?.arranging.change(id, { kind })) this.#store.setKind(id, undefined)
      this.#set(was)
    })
  }

  /** I have a name now: what waited for it is done. */
  named(): void {
    this.#then()
  }

  /** Calls the listener when the state changed, or what was made; returns the undo. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#isClosed = true
    this.#hand?.close()
    this.#listeners.clear()
  }

  async #begin(then: () => void): Promise<void> {
    this.#loading ??= this.#take()
    await this.#loading
    if (this.#hand === undefined) return
    this.#then = then
    if (this.#self.name === undefined) this.#set('naming')
    else then()
  }

  async #take(): Promise<void> {
    try {
      const hand = await this.#load(this.#store)
      // The page was left meanwhile.
      if (this.#isClosed) {
        hand.close()
        return
      }
      this.#hand = hand
      hand.onChange(() => this.#tell())
    } catch {
      // The next try loads again.
      this.#loading = undefined
      this.#set('failed')
    }
  }

  #set(state: ModeState): void {
    this.#state = state
    this.#tell()
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}
