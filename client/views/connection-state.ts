// Owns the line that says how the connection is, in a shape and in words; the states themselves are the connection's.

import { limits } from '@chartroom/shared'
import type { Connection, ConnectionState } from '@chartroom/shared/client'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { scheduler } from '../charts/scheduler.ts'
import { Part } from '../part.ts'
import styles from '../style/connection-state.css?inline'
import controls from '../style/controls.css?inline'
import panel from '../style/panel.css?inline'
import { exactTimeOfDay } from '../words/clock.ts'
import type { Words } from '../words/words.ts'
import { words } from '../words/words.ts'

const details = new Part(() => import('./connection-details.ts'))
const slower = new Part(() => import('../words/slower.ts'))

// A countdown is read four times a second, so that it is never a second behind.
const countdownMs = 250

/** What is known beside the state: the pace, the time of the numbers on the page, and now (Unix ms, this host). */
export interface ConnectionFacts {
  readonly paceMs?: number | undefined
  /** At which pace numbers come while the page cannot keep the reader's, ms. */
  readonly slowedMs?: number | undefined
  readonly numbersTime?: number | undefined
  /** Whether somebody selects on a chart, so that nothing is drawn. */
  readonly isSelecting?: boolean | undefined
  readonly now: number
}

/** The line as it is read: a shape, a bold word, the rest, and whether one may ask for an attempt now. */
export interface ConnectionLine {
  readonly shape: 'disc' | 'half' | 'ring' | 'square' | 'bars'
  readonly word: string
  readonly rest: string
  /** What is left out where there is little room. */
  readonly pace: string
  readonly offersNow: boolean
  /** Where numbers come more slowly than the reader chose: what stands before the choice, and why it is so. */
  readonly chosen?: string
  readonly why?: string
}

/** Says a state honestly. */
export function connectionLine(state: ConnectionState, facts: ConnectionFacts, all: Words): ConnectionLine {
  const { connection, zoom } = all
  if (facts.isSelecting) return { shape: 'bars', word: zoom.paused, rest: zoom.selecting, pace: '', offersNow: false }
  const pace = facts.paceMs === undefined ? '' : ` · ${connection.every(facts.paceMs)}`
  const numbers = facts.numbersTime ? connection.numbersOf(exactTimeOfDay(facts.numbersTime)) : ''
  switch (state.word) {
    case 'connecting':
      return {
        shape: 'ring',
        word: numbers === '' ? connection.connecting : connection.reconnecting,
        rest: numbers,
        pace: '',
        offersNow: false,
      }
    case 'live':
      return { shape: 'disc', word: connection.live, rest: all.seconds(state.lagMs), pace, offersNow: false }
    case 'behind':
      return {
        shape: 'half',
        word: connection.behind,
        rest: connection.slowLink(all.seconds(state.lagMs)),
        pace,
        offersNow: false,
      }
    case 'waiting':
      return {
        shape: 'ring',
        word: connection.reconnecting,
        rest: connection.inTime(all.countdown(state.untilMs - facts.now)),
        pace: '',
        offersNow: true,
      }
    case 'closed':
      return { shape: 'square', word: connection.offline, rest: numbers, pace: '', offersNow: true }
    default:
      return state satisfies never
  }
}

/** The line, live; its word opens what there is to say of the connection. `numbers` tells pace and time where there is a group. */
export class ConnectionStateLine extends LitElement {
  static override styles = [controls, panel, styles].map(unsafeCSS)
  static override properties = {
    connection: { attribute: false },
    numbers: { attribute: false },
    isQuiet: { attribute: false },
    choosePace: { attribute: false },
    bare: { type: Boolean },
    isOpen: { state: true },
  }
  declare connection: Connection
  declare numbers: (() => Omit<ConnectionFacts, 'now'>) | undefined
  /** Whether another one says its changes aloud. */
  declare isQuiet: boolean | undefined
  /** Takes the pace (ms) that the reader chooses; undefined where there is none to choose. */
  declare choosePace: ((paceMs: number) => void) | undefined
  /** Whether nobody is there who could ask for more. */
  declare bare: boolean
  declare isOpen: boolean

  #undos: (() => void)[] = []
  #countdown: ReturnType<typeof setInterval> | undefined

  constructor() {
    super()
    this.bare = false
    this.isOpen = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#undos = [this.connection.onState(() => this.#handleState()), scheduler.onPause(() => this.requestUpdate())]
    this.#handleState()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const undo of this.#undos) undo()
    clearInterval(this.#countdown)
  }

  override render(): TemplateResult {
    const facts = { ...this.numbers?.(), isSelecting: scheduler.isPaused, now: Date.now() }
    const line = this.#slowed(connectionLine(this.connection.state, facts, words()), facts.slowedMs)
    const now = html`<span class="now">· <button class="link" @click=${() => this.connection.reconnectNow()}>${words().connection.now}</button></span>`
    return html`
      <b class=${line.shape} role="status" aria-live=${this.isQuiet ? 'off' : nothing}>${this.bare ? shapeAndWord(line) : this.#opener(line)}</b>
      <span class=${line.why === undefined ? 'rest' : 'rest cause'}>${line.rest}<span class="pace">${this.#pace(line, facts.paceMs)}</span></span>${line.offersNow ? now : nothing}
      ${this.bare ? nothing : this.#details(line)}
    `
  }

  // What the connection itself has to say comes first.
  #slowed(line: ConnectionLine, slowedMs: number | undefined): ConnectionLine {
    const all = slowedMs === undefined || line.shape !== 'disc' ? undefined : slower.here(() => this.requestUpdate())
    if (all === undefined || slowedMs === undefined) return line
    const { word, rest, chosen, why } = all.slowerWords()
    const every = words().connection.every(slowedMs)
    return { ...line, shape: 'half', word, rest: rest(every), chosen, why: why(every) }
  }

  #opener(line: ConnectionLine): TemplateResult {
    return html`<button class="opener" popovertarget="details" aria-haspopup="dialog" title=${words().connection.label}>${shapeAndWord(line)}</button>`
  }

  #details({ word, why }: ConnectionLine): TemplateResult {
    const { state, way } = this.connection
    const part = this.isOpen ? details.here(() => this.requestUpdate()) : undefined
    return html`<div id="details" popover role="dialog" aria-label=${words().connection.label} @beforetoggle=${this.#handleToggle}>${part?.connectionDetails(state, word, way, why) ?? nothing}</div>`
  }

  readonly #handleToggle = ({ newState }: ToggleEvent) => {
    this.isOpen = newState === 'open'
  }

  // The words of the pace are the choice of another.
  #pace({ pace, chosen }: ConnectionLine, paceMs: number | undefined): TemplateResult | string {
    const { choosePace } = this
    if (choosePace === undefined || pace === '') return pace
    const { connection } = words()
    const handle = ({ currentTarget }: Event) => {
      if (currentTarget instanceof HTMLSelectElement) choosePace(Number(currentTarget.value))
    }
    return html` · ${chosen}
      <select aria-label=${connection.pace} @change=${handle}>
        ${limits.pacesMs.map((ms) => html`<option value=${ms} ?selected=${ms === paceMs}>${connection.every(ms)}</option>`)}
      </select>`
  }

  #handleState(): void {
    clearInterval(this.#countdown)
    if (this.connection.state.word === 'waiting') {
      this.#countdown = setInterval(() => this.requestUpdate(), countdownMs)
    }
    this.requestUpdate()
  }
}

function shapeAndWord({ shape, word }: ConnectionLine): TemplateResult {
  return html`<span class="shape ${shape}" aria-hidden="true"></span>${word}`
}

customElements.define('connection-state', ConnectionStateLine)
