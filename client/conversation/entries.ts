// Owns the log on the screen: its lines, where it is scrolled, and paging back; what a line looks like is entry.ts.

import { type Annotation, findAnnotation } from '@chartroom/shared'
import type { Connection } from '@chartroom/shared/client'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Attention, Journey } from '../attention.ts'
import type { Self } from '../self.ts'
import type { GroupStore } from '../store.ts'
import controls from '../style/controls.css?inline'
import styles from '../style/conversation.css?inline'
import { exactTimeOfDay } from '../words/clock.ts'
import { words } from '../words/words.ts'
import { entry, type LogContext, outgoing } from './entry.ts'
import type { Outbox } from './outbox.ts'
import { PinChip } from './pin-chip.ts'
import { ReadingPlace } from './reading-place.ts'
import { RepeatCount } from './repeats.ts'
import { continuesBlock, type Row, rowsOf } from './rows.ts'
import { Unread } from './unread.ts'

/** The conversation of one group. Dispatches `unread` (detail: how many) when that changes. */
export class ConversationEntries extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]
  static override properties = {
    connection: { attribute: false },
    store: { attribute: false },
    outbox: { attribute: false },
    self: { attribute: false },
    attention: { attribute: false },
    isShown: { attribute: false },
  }
  declare connection: Connection
  declare store: GroupStore
  declare outbox: Outbox
  declare self: Self
  declare attention: Attention
  /** Whether this page of the group is in view: on a phone the charts may be. */
  declare isShown: boolean

  readonly #resizes = new ResizeObserver(() => this.#place.keepEnd(this.#scroll))
  readonly #place = new ReadingPlace()
  readonly #handleVisible = () => this.#look()
  #unread = new Unread()
  #undos: (() => void)[] = []
  #paging: 'idle' | 'reading' | 'failed' = 'idle'
  #page: Promise<void> | undefined
  #toldUnread = 0
  /** How many of my messages the list was moved for. */
  #written = 0
  #isUp = true
  readonly #repeats = new RepeatCount()
  #firstNewId: number | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#unread = new Unread(this.store.readId)
    this.#undos = [
      this.attention.onTravel((journey) => void this.#guide(journey)),
      this.store.onTalk(() => this.#takeLog()),
      this.store.onLogs(() => this.#repeats.take(this.store.state.logs)),
      this.outbox.onChange(() => this.#takeOutbox()),
      this.connection.onState(() => this.#handleConnection()),
      () => document.removeEventListener('visibilitychange', this.#handleVisible),
    ]
    document.addEventListener('visibilitychange', this.#handleVisible)
    this.#handleConnection()
    this.#repeats.take(this.store.state.logs)
    if (this.store.replica.isFilled) this.#takeLog()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const undo of this.#undos) undo()
    this.#resizes.disconnect()
  }

  /** Goes to the newest line. */
  scrollToEnd(): void {
    this.#place.goToEnd(this.#scroll)
    this.#look()
  }

  override render(): TemplateResult {
    const { conversation } = words()
    const rows = rowsOf(this.store.state.talk.annotations, this.#unread.mark)
    return html`
      <div class="scroll" role="log" tabindex="0" aria-label=${conversation.heading} aria-busy=${this.#paging === 'reading'} @scroll=${this.#handleScroll}>
        ${this.#earlier()} ${this.#lost()} ${this.#quiet()}
        <ol>
          ${repeat(
            rows,
            (row) => row.key,
            (row) => entry(row, this.#context),
          )}
          ${this.#outgoing(rows.at(-1))}
        </ol>
      </div>
      ${this.#pill()}
    `
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('isShown')) this.#look()
    const scroll = this.#scroll
    if (scroll !== null) this.#place.remember(scroll)
  }

  override firstUpdated(): void {
    for (const selector of ['.scroll', 'ol']) {
      const element = this.renderRoot.querySelector(selector)
      if (element) this.#resizes.observe(element)
    }
  }

  override updated(): void {
    this.#place.restore(this.#scroll, this.store.state.talk.annotations[0]?.id ?? 0)
    this.#tellUnread()
  }

  get #scroll(): Element | null {
    return this.renderRoot?.querySelector('.scroll') ?? null
  }

  get #context(): LogContext {
    const { store, attention } = this
    const repeats = this.#repeats.all
    return { store, attention, isUp: this.#isUp, repeats, isNew: (annotation) => this.#isNew(annotation) }
  }

  get #me(): string | undefined {
    return this.store.replica.name ?? this.self.name
  }

  get #isSeen(): boolean {
    return this.#place.isAtEnd && this.isShown && !document.hidden
  }

  readonly #handleScroll = () => {
    const scroll = this.#scroll
    if (scroll === null) return
    const isNearStart = this.#place.scrolled(scroll)
    if (this.#place.isAtEnd) this.#look()
    if (isNearStart && this.#paging === 'idle') void this.#pageBack()
  }

  // Who asks while a page is on its way waits for that one.
  readonly #pageBack = (): Promise<void> => {
    this.#page ??= this.#readPage().finally(() => {
      this.#page = undefined
    })
    return this.#page
  }

  async #readPage(): Promise<void> {
    if (this.store.state.talk.earlier === 0) return
    this.#paging = 'reading'
    this.requestUpdate()
    const result = await this.store.pageBack()
    this.#paging = result.ok ? 'idle' : 'failed'
    this.requestUpdate()
  }

  #takeLog(): void {
    const { annotations: log } = this.store.state.talk
    if (this.#place.isAtEnd) this.store.trimTalk()
    this.#firstNewId ??= (log.at(-1)?.id ?? 0) + 1
    this.#unread.take(log, this.#isSeen, this.#me)
    this.#keepRead()
    this.requestUpdate()
  }

  // Only what I write moves the list: what becomes of it later does not.
  #takeOutbox(): void {
    const isWritten = this.outbox.written > this.#written
    this.#written = this.outbox.written
    this.requestUpdate()
    if (!isWritten) return
    this.#unread.clear()
    void this.updateComplete.then(() => this.scrollToEnd())
  }

  #handleConnection(): void {
    const { word } = this.connection.state
    const isUp = word === 'live' || word === 'behind'
    if (isUp !== this.#isUp) this.requestUpdate()
    this.#isUp = isUp
  }

  // Only what is seen counts as read.
  #look(): void {
    this.#keepRead()
    if (!this.#isSeen || this.#unread.count === 0) return
    this.#unread.see()
    this.requestUpdate()
  }

  #keepRead(): void {
    if (this.#isSeen && this.store.replica.isFilled) this.store.markRead(this.store.state.lastId)
  }

  async #guide({ to, id }: Journey): Promise<void> {
    if (to !== 'message' || !(await this.#reach(id))) return
    await this.updateComplete
    const line = this.renderRoot.querySelector(`[data-id="${id}"]`)
    if (line === null) return
    this.#place.leaveEnd()
    line.scrollIntoView({ block: 'center' })
    this.#handleScroll()
    const chip = line.querySelector('pin-chip')
    if (chip instanceof PinChip) chip.arrive()
  }

  // Pages back until the log has this annotation; false when it cannot be read.
  async #reach(id: number): Promise<boolean> {
    const { state } = this.store
    while (id < state.talk.earlier) {
      await this.#pageBack()
      if (this.#paging === 'failed') break
    }
    return findAnnotation(state, id) !== undefined
  }

  #tellUnread(): void {
    const { count } = this.#unread
    if (count === this.#toldUnread) return
    this.#toldUnread = count
    this.dispatchEvent(new CustomEvent('unread', { detail: count }))
  }

  #isNew(annotation: Annotation): boolean {
    return this.#firstNewId !== undefined && annotation.id >= this.#firstNewId
  }

  #outgoing(last: Row | undefined): TemplateResult[] {
    const author = this.#me ?? ''
    const voice = { author, time: this.store.now() }
    return this.outbox.messages.map((message, at) =>
      outgoing(message, author, at === 0 && !continuesBlock(last, voice), this.#context, this.outbox),
    )
  }

  #earlier(): TemplateResult | typeof nothing {
    const { conversation } = words()
    if (this.store.state.talk.earlier === 0) return nothing
    return html`<p class="earlier">
      ${this.#paging === 'failed' ? conversation.earlierFailed : nothing}
      <button class="link" @click=${this.#pageBack}>
        ${this.#paging === 'failed' ? conversation.again : conversation.earlier}
      </button>
    </p>`
  }

  #lost(): TemplateResult | typeof nothing {
    const { lostTime } = this.store
    if (lostTime === undefined) return nothing
    return html`<p class="quiet" role="status">${words().conversation.anew(exactTimeOfDay(lostTime))}</p>`
  }

  #quiet(): TemplateResult | typeof nothing {
    const isQuiet =
      this.store.replica.isFilled &&
      this.store.lostTime === undefined &&
      this.store.state.talk.length + this.outbox.messages.length === 0
    return isQuiet ? html`<p class="quiet">${words().conversation.quiet}</p>` : nothing
  }

  #pill(): TemplateResult | typeof nothing {
    const { count } = this.#unread
    if (count === 0 || this.#place.isAtEnd) return nothing
    const { conversation } = words()
    return html`<button class="pill" aria-label=${conversation.toEnd(count)} @click=${this.scrollToEnd}>
      ${conversation.new(count)} ↓
    </button>`
  }
}

customElements.define('conversation-entries', ConversationEntries)
