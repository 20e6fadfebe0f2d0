// Owns the log on the screen: which lines there are, what is seen of it, and going from one to another. What a line looks like is entry.ts.

import { type Annotation, isInboxName } from '@chartroom/shared'
import type { Connection } from '@chartroom/shared/client'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Attention, Journey } from '../attention.ts'
import type { Self } from '../self.ts'
import type { GroupStore } from '../store.ts'
import controls from '../style/controls.css?inline'
import styles from '../style/conversation.css?inline'
import messageStyles from '../style/message.css?inline'
import { directWords } from '../words/direct.ts'
import { words } from '../words/words.ts'
import type { Composing } from './composing.ts'
import type { Edits } from './edits.ts'
import { entry, outgoingEntry } from './entry.ts'
import { firstInView, type HeldLine, putBack } from './held-line.ts'
import type { LogContext, MessageActions } from './log-context.ts'
import { earlierNotice, newBelow, silenceNotice } from './notices.ts'
import type { Outbox, Outgoing } from './outbox.ts'
import { PinChip } from './pin-chip.ts'
import { ReadingPlace } from './reading-place.ts'
import { RepeatCount } from './repeats.ts'
import { continuesBlock, type Row, rowsOf } from './rows.ts'
import { TalkFocus } from './talk-focus.ts'
import { TalkPages } from './talk-pages.ts'
import { Unread } from './unread.ts'

/** The conversation of one group. Dispatches `unread` (detail: how many) when that changes. */
export class ConversationEntries extends LitElement {
  static override styles = [controls, styles, messageStyles].map(unsafeCSS)
  static override properties = {
    connection: { attribute: false },
    store: { attribute: false },
    charts: { attribute: false },
    outbox: { attribute: false },
    edits: { attribute: false },
    composing: { attribute: false },
    self: { attribute: false },
    attention: { attribute: false },
    isQuiet: { attribute: false },
    isShown: { attribute: false },
  }
  declare connection: Connection
  declare store: GroupStore
  /** The group of an inbox; else it is the store itself. */
  declare charts: GroupStore | undefined
  declare outbox: Outbox
  declare edits: Edits
  declare composing: Composing
  declare self: Self
  declare attention: Attention
  /** Whether another one says aloud that there are new messages. */
  declare isQuiet: boolean
  /** Whether this page of the group is in view: on a phone the charts may be. */
  declare isShown: boolean

  readonly #resizes = new ResizeObserver(() => this.#place.keepEnd(this.#scroll))
  readonly #handleVisible = () => this.#look()
  readonly #place = new ReadingPlace()
  readonly #actions: MessageActions = {
    react: (id, reaction) => this.#react(id, reaction),
    reply: (id) => this.composing.reply(id),
    edit: (id) => this.composing.edit(id),
    takeBack: (id) => void this.edits.make({ type: 'retract', id }),
    goTo: (id) => this.attention.travel({ to: 'message', id }),
  }
  readonly #pages = new TalkPages(
    () => this.store,
    () => this.requestUpdate(),
  )
  readonly #focus = new TalkFocus({
    ids: () => this.store.state.talk.annotations.map(({ id }) => id),
    line: (id) => this.renderRoot.querySelector<HTMLElement>(`li[data-id="${id}"]`),
    draw: () => {
      this.requestUpdate()
      return this.updateComplete
    },
    readBack: () => this.#pages.readBack(),
  })
  #unread = new Unread()
  #undos: (() => void)[] = []
  #toldUnread = 0
  /** How many of my messages the list was moved for. */
  #written = 0
  #isUp = true
  readonly #repeats = new RepeatCount()
  #firstNewId: number | undefined
  #arrivedId: number | undefined
  /** The id before which older messages are not here. */
  #earlier = 0
  /** What stays in view, as it was drawn, until it is here again. */
  #held: HeldLine | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#unread = new Unread(this.store.readId)
    this.#undos = [
      this.attention.onTravel((journey) => void this.#guide(journey)),
      this.store.onTalk(() => this.#takeLog()),
      this.store.onLogs(() => this.#repeats.take(this.store.state.logs)),
      this.outbox.onChange(() => this.#takeOutbox()),
      this.edits.onChange(() => this.requestUpdate()),
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
    const { heading } = isInboxName(this.store.group) ? directWords() : words().conversation
    const rows = rowsOf(this.store.state.talk.annotations, this.#unread.mark)
    const context = this.#context
    const { count } = this.#unread
    return html`
      <div class="scroll" role="log" aria-live=${this.isQuiet ? 'off' : nothing} aria-label=${heading} aria-busy=${this.#pages.state === 'reading'} @scroll=${this.#handleScroll}>
        ${earlierNotice(this.store, this.#pages, this.#focus.goEarlier)}
        ${silenceNotice(this.store, this.outbox.messages.length > 0)}
        <ol @focusin=${this.#focus.handleFocus} @keydown=${this.#focus.handleKey} @animationend=${this.#handleRung}>
          ${repeat(
            rows,
            (row) => row.key,
            (row) => entry(row, context),
          )}
          ${this.#outgoing(rows.at(-1), context)}
        </ol>
      </div>
      ${count === 0 || this.#place.isAtEnd ? nothing : newBelow(count, () => this.scrollToEnd())}
    `
  }

  override shouldUpdate(): boolean {
    return this.#held === undefined
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('isShown')) this.#look()
    if (this.#scroll !== null) this.#place.remember(this.#scroll)
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
    return {
      store: this.store,
      charts: this.charts ?? this.store,
      attention: this.attention,
      edits: this.edits,
      actions: this.#actions,
      me: this.store.replica.name,
      isUp: this.#isUp,
      repeats: this.#repeats.all,
      stopId: this.#focus.stopId,
      arrivedId: this.#arrivedId,
      isNew: (annotation) => this.#isNew(annotation),
    }
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
    if (isNearStart && this.#pages.state === 'idle') void this.#pages.readBack()
  }

  readonly #handleRung = (event: AnimationEvent) => {
    if (event.animationName !== 'arrive') return
    this.#arrivedId = undefined
    this.requestUpdate()
  }

  // Whoever gives a reaction has a name.
  #react(id: number, reaction: string): void {
    const annotation = this.store.state.talk.find(id)
    if (annotation === undefined) return
    if (this.self.name === undefined) {
      this.composing.askName(() => this.#react(id, reaction))
      return
    }
    void this.edits.toggle(annotation, reaction)
  }

  #takeLog(): void {
    const { annotations: log } = this.store.state.talk
    if (this.#place.isAtEnd && this.#pages.state !== 'reading') this.store.trimTalk()
    const { earlier } = this.store.state.talk
    if (earlier > this.#earlier && !this.#place.isAtEnd) void this.#comeBack()
    this.#earlier = earlier
    this.#firstNewId ??= (log.at(-1)?.id ?? 0) + 1
    this.#unread.take(log, this.#isSeen, this.#me)
    this.#keepRead()
    this.requestUpdate()
  }

  // A server that began anew tells the end of the talk alone: what is read is paged in before anything is drawn.
  async #comeBack(): Promise<void> {
    const list = this.#scroll
    const held = list === null || this.#held !== undefined ? undefined : firstInView(list)
    if (list === null || held === undefined) return
    this.#held = held
    await this.#pages.reach(held.id).finally(() => {
      this.#held = undefined
    })
    this.requestUpdate()
    await this.updateComplete
    putBack(list, held)
    this.#look()
  }

  // Only what I write moves the list: what becomes of it later does not.
  #takeOutbox(): void {
    const isWritten = this.outbox.written > this.#written
    this.#written = this.outbox.written
    this.requestUpdate()
    if (!isWritten) return
    this.#unread.clear()
    void this.#focus.stopAt(undefined)
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
    if (to !== 'message' || !(await this.#pages.reach(id))) return
    this.#arrivedId = id
    const line = await this.#focus.stopAt(id)
    if (line === undefined) return
    this.#place.leaveEnd()
    line.scrollIntoView({ block: 'center' })
    this.#handleScroll()
    const chip = line.querySelector('pin-chip')
    if (chip instanceof PinChip) chip.arrive()
    else line.focus({ preventScroll: true })
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

  #outgoing(last: Row | undefined, context: LogContext): TemplateResult[] {
    const author = this.#me ?? ''
    const time = this.store.now()
    const { messages } = this.outbox
    return messages.map((message, at) => {
      const { recipients } = message.draft
      const continues =
        at === 0 ? continuesBlock(last, { author, time, recipients }) : isForSame(messages[at - 1], message)
      return outgoingEntry(message, author, !continues, context, this.outbox)
    })
  }
}

function isForSame(one: Outgoing | undefined, other: Outgoing): boolean {
  return one?.draft.recipients?.join('\n') === other.draft.recipients?.join('\n')
}

customElements.define('conversation-entries', ConversationEntries)
