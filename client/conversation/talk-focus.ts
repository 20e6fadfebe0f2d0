// Owns the focus among the lines of the log: keys move it from message to message, and into one; which is next is tab-stop.ts's.

import { MessageTools } from './message-tools.ts'
import { TabStop } from './tab-stop.ts'

/** What is needed of the log. */
export interface FocusedLog {
  /** The messages in their order. */
  ids(): readonly number[]
  line(id: number): HTMLElement | null
  /** Draws it; resolves when that is done. */
  draw(): Promise<unknown>
  /** Reads older messages in. */
  readBack(): Promise<void>
}

/** One tab stop for all messages. */
export class TalkFocus {
  readonly #log: FocusedLog
  readonly #stop = new TabStop()

  constructor(log: FocusedLog) {
    this.#log = log
  }

  /** The message that the Tab key stops at. */
  get stopId(): number | undefined {
    return this.#stop.of(this.#log.ids())
  }

  /** Lets the Tab key stop there from now on; undefined: at the newest message. */
  async stopAt(id: number | undefined): Promise<HTMLElement | undefined> {
    this.#stop.set(id)
    await this.#log.draw()
    return id === undefined ? undefined : (this.#log.line(id) ?? undefined)
  }

  /** Reads what is older, and goes on reading above what was there: the way to it may go with the last page. */
  readonly goEarlier = async (): Promise<void> => {
    const [first] = this.#log.ids()
    await this.#log.readBack()
    const ids = this.#log.ids()
    const above = first === undefined ? undefined : ids[ids.indexOf(first) - 1]
    if (above !== undefined) await this.#focus(above)
  }

  /** The focus came into a line, by whatever way. */
  readonly handleFocus = (event: Event): void => {
    const id = idOf(event)
    if (id !== undefined && id !== this.stopId) void this.stopAt(id)
  }

  readonly handleKey = (event: KeyboardEvent): void => {
    const [target] = event.composedPath()
    if (target instanceof HTMLInputElement || event.altKey || event.ctrlKey || event.metaKey) return
    const isOnLine = target instanceof HTMLLIElement
    const id = idOf(event)
    if (event.key === 'Escape' && !isOnLine && id !== undefined) void this.#focus(id)
    else if (event.key === 'Enter' && isOnLine) enter(target)
    else if (!this.#move(event.key)) return
    event.preventDefault()
  }

  // True when the key leads somewhere.
  #move(key: string): boolean {
    const move = this.#stop.move(key, this.#log.ids())
    if (move === undefined) return false
    void (move === 'earlier' ? this.goEarlier() : this.#focus(move.to))
    return true
  }

  async #focus(id: number): Promise<void> {
    const line = await this.stopAt(id)
    line?.focus()
  }
}

function enter(line: Element): void {
  const tools = line.querySelector('message-tools')
  if (tools instanceof MessageTools) tools.enter()
}

// The message in whose line an event happened.
function idOf(event: Event): number | undefined {
  const line = event.composedPath().find((node) => node instanceof HTMLLIElement)
  return line?.dataset.id === undefined ? undefined : Number(line.dataset.id)
}
