// Owns the panel of a group's logs: opened and closed, held and followed, filtered. Which lines there are is log-lines.ts's.

import { type Annotation, findAnnotation } from '@chartroom/shared'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { GroupStore } from '../store.ts'
import controls from '../style/controls.css?inline'
import styles from '../style/log-panel.css?inline'
import { conversationWords } from '../words/conversation.ts'
import { words } from '../words/words.ts'
import { logLine } from './log-line.ts'
import { authorsOf, filtered, type LogFilter, LogLines } from './log-lines.ts'
import { readLogPage } from './log-page.ts'
import { LogScroll } from './log-scroll.ts'

const unfiltered: LogFilter = { words: '', author: undefined }

/** The logs of one group, beside its conversation. It is nothing while there are none. */
export class LogPanel extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]
  static override properties = {
    store: { attribute: false },
    isOpen: { type: Boolean, attribute: 'open', reflect: true },
    filter: { state: true },
    author: { state: true },
    paging: { state: true },
  }
  declare store: GroupStore
  declare isOpen: boolean
  declare filter: string
  declare author: string | undefined
  declare paging: 'idle' | 'reading' | 'failed'

  readonly #lines = new LogLines()
  readonly #scroll = new LogScroll()
  /** Who holds the lines: a reader that scrolled up lets go at the end, one that paused when they say so. */
  #heldBy: 'nobody' | 'scroll' | 'pause' = 'nobody'
  #undo: () => void = () => {}

  constructor() {
    super()
    this.isOpen = false
    this.filter = ''
    this.paging = 'idle'
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.isOpen = this.store.kept.read(this.#openKey) === 'open'
    if (!this.isOpen) this.#lines.hold()
    if (this.store.replica.isFilled) this.#lines.take(this.store.state.logs)
    this.#undo = this.store.onLogs(() => {
      this.#lines.take(this.store.state.logs)
      this.requestUpdate()
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#undo()
  }

  override render(): TemplateResult | typeof nothing {
    if (this.#lines.isEmpty) return nothing
    const angle = this.isOpen ? 'm3 4.5 3 3 3-3' : 'm4.5 3 3 3-3 3'
    return html`<section aria-labelledby="heading">
      <header>
        <h3 id="heading">
          <button aria-expanded=${this.isOpen} @click=${this.#toggle}>
            <svg viewBox="0 0 12 12" aria-hidden="true"><path d=${angle} /></svg>${words().logs.heading}
          </button>
        </h3>
        ${this.isOpen ? this.#tools() : this.#news()}
      </header>
      ${this.isOpen ? this.#list() : nothing}
    </section>`
  }

  override willUpdate(): void {
    const list = this.#element
    if (list !== null && this.#heldBy !== 'nobody') this.#scroll.remember(list)
  }

  override updated(): void {
    const list = this.#element
    if (list !== null) this.#scroll.restore(list, this.#heldBy === 'nobody')
  }

  get #element(): Element | null {
    return this.renderRoot?.querySelector('.scroll') ?? null
  }

  get #filter(): LogFilter {
    return { words: this.filter, author: this.author }
  }

  get #openKey(): string {
    return `chartroom.logs.${this.store.group}`
  }

  #news(): TemplateResult | typeof nothing {
    const { count, isCut } = this.#lines.news(unfiltered)
    const { conversation } = words()
    if (count === 0) return nothing
    return html`<span class="news">${isCut ? conversation.newFrom(count) : conversation.new(count)}</span>`
  }

  #tools(): TemplateResult {
    const { logs } = words()
    const isPaused = this.#heldBy === 'pause'
    const authors = authorsOf(this.#lines.lines)
    return html`<input
        type="search"
        aria-label=${logs.filter}
        placeholder=${logs.filter}
        .value=${this.filter}
        @input=${this.#handleFilter}
      />
      <select aria-label=${logs.author} @change=${this.#handleAuthor}>
        <option value="" ?selected=${this.author === undefined}>${logs.everybody}</option>
        ${authors.map((author) => html`<option value=${author} ?selected=${author === this.author}>${author}</option>`)}
      </select>
      <button class="button" aria-pressed=${isPaused} @click=${this.#togglePause}>
        ${isPaused ? logs.goOn : logs.pause}
      </button>`
  }

  #list(): TemplateResult {
    const { logs } = words()
    const all = filtered(this.#lines.lines, this.#filter)
    const [start, end] = this.#scroll.range(all.length, this.#heldBy === 'nobody')
    const now = this.store.now()
    return html`<div class="body">
      <div class="scroll" role="log" aria-live="off" tabindex="0" aria-label=${logs.heading} aria-busy=${this.paging === 'reading'} @scroll=${this.#handleScroll}>
        ${start === 0 ? this.#earlier() : nothing}
        <ol>
          ${repeat(
            all.slice(start, end),
            ({ id }) => id,
            (line) => logLine(this.#current(line), now),
          )}
        </ol>
        ${all.length === 0 ? html`<p class="quiet">${logs.none}</p>` : nothing}
      </div>
      ${this.#pill()}
    </div>`
  }

  #earlier(): TemplateResult | typeof nothing {
    const { logs } = words()
    if (this.#lines.earlier === 0) return nothing
    const isFailed = this.paging === 'failed'
    return html`<p class="earlier">
      ${isFailed ? logs.earlierFailed : nothing}
      <button class="link" @click=${this.#pageBack}>${isFailed ? conversationWords().again : logs.earlier}</button>
    </p>`
  }

  #pill(): TemplateResult | typeof nothing {
    if (this.#heldBy === 'nobody') return nothing
    const { count, isCut } = this.#lines.news(this.#filter)
    const { conversation, logs } = words()
    const news = isCut ? conversation.newFrom(count) : conversation.new(count)
    return html`<button class="pill" @click=${this.#follow}>${count === 0 ? logs.goOn : news} ↓</button>`
  }

  // What was taken back since it is held has lost its words.
  #current(line: Annotation): Annotation {
    const known = findAnnotation(this.store.state, line.id)
    return known !== undefined && known.revision > line.revision ? known : line
  }

  readonly #toggle = () => {
    this.isOpen = !this.isOpen
    this.store.kept.write(this.#openKey, this.isOpen ? 'open' : 'closed')
    this.#follow()
    if (!this.isOpen) this.#lines.hold()
  }

  readonly #follow = () => {
    this.#heldBy = 'nobody'
    this.#lines.goOn()
    this.requestUpdate()
  }

  readonly #togglePause = () => {
    if (this.#heldBy === 'pause') this.#follow()
    else this.#hold('pause')
  }

  #hold(by: 'scroll' | 'pause'): void {
    this.#heldBy = by
    this.#lines.hold()
    this.requestUpdate()
  }

  readonly #handleFilter = (event: Event) => {
    if (event.currentTarget instanceof HTMLInputElement) this.filter = event.currentTarget.value
  }

  readonly #handleAuthor = (event: Event) => {
    if (event.currentTarget instanceof HTMLSelectElement) this.author = event.currentTarget.value || undefined
  }

  readonly #handleScroll = (event: Event) => {
    if (!(event.currentTarget instanceof Element)) return
    const { isUp, isAtEnd, isNear } = this.#scroll.scrolled(event.currentTarget)
    if (isAtEnd) {
      if (this.#heldBy === 'scroll') this.#follow()
      return
    }
    if (isUp && this.#heldBy === 'nobody') this.#hold('scroll')
    if (this.#heldBy === 'nobody' || isNear === 'none') return
    if (this.#scroll.step(isNear)) this.requestUpdate()
    else if (isNear === 'older' && this.paging === 'idle') void this.#pageBack()
  }

  readonly #pageBack = async (): Promise<void> => {
    const { earlier } = this.#lines
    if (earlier === 0 || this.paging === 'reading') return
    if (this.#heldBy === 'nobody') this.#hold('scroll')
    this.paging = 'reading'
    try {
      const page = await readLogPage(this.store.group, earlier)
      this.paging = 'idle'
      // Whoever went on meanwhile reads something else.
      if (this.#lines.isHeld && this.#lines.earlier === earlier) this.#extend(page)
    } catch {
      // Said in words where the older lines would stand; the reader asks again.
      this.paging = 'failed'
    }
  }

  #extend(page: Awaited<ReturnType<typeof readLogPage>>): void {
    const filter = { words: this.filter, author: this.author }
    const before = filtered(this.#lines.lines, filter)[0]?.id
    this.#lines.extend(page)
    const lines = filtered(this.#lines.lines, filter)
    this.#scroll.shift(
      Math.max(
        0,
        lines.findIndex(({ id }) => id === before),
      ),
    )
    this.#scroll.step('older')
    this.requestUpdate()
  }
}

customElements.define('log-panel', LogPanel)
