// Owns the conversation's side of a group's page: the logs, the messages or the search over them, and the composer.

import type { AnnotationDraft } from '@chartroom/shared'
import type { Connection } from '@chartroom/shared/client'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { Attention } from '../attention.ts'
import { Claims, type Locks } from '../conversation/claims.ts'
import '../conversation/composer.ts'
import { Composing } from '../conversation/composing.ts'
import { Direct } from '../conversation/direct.ts'
import { Edits } from '../conversation/edits.ts'
import '../conversation/entries.ts'
import { KeptDrafts } from '../conversation/kept-drafts.ts'
import { Outbox } from '../conversation/outbox.ts'
import type { Kept } from '../kept.ts'
import { Part } from '../part.ts'
import '../people/people-writing.ts'
import type { Self } from '../self.ts'
import type { GroupStore } from '../store.ts'
import controls from '../style/controls.css?inline'
import styles from '../style/group-conversation.css?inline'
import { directWords } from '../words/direct.ts'

// Undefined over plain http, whatever its type says.
const locks: Locks | undefined = navigator.locks
const claims = new Claims(locks)

const logPanel = new Part(() => import('../conversation/log-panel.ts'))
const search = new Part(() => import('../conversation/search.ts'))

/**
 * What is said in a group, or to me there. Of the search come `choose` (detail: the id of a message) and `dismiss`; of
 * the messages `unread`, of those to me `unreaddirect` (detail: how many); `direct` (detail: whether those to me are to
 * be shown).
 */
export class GroupConversation extends LitElement {
  static override styles = [controls, styles].map(unsafeCSS)
  static override properties = {
    connection: { attribute: false },
    store: { attribute: false },
    self: { attribute: false },
    attention: { attribute: false },
    tab: { attribute: false },
    isQuiet: { attribute: false },
    isShown: { attribute: false },
    isSearching: { attribute: false },
    isDirect: { attribute: false },
  }
  declare connection: Connection
  declare store: GroupStore
  declare self: Self
  declare attention: Attention
  /** What this tab keeps over a reload. */
  declare tab: Kept
  /** Whether others say what is new. */
  declare isQuiet: boolean
  /** Whether it is the page in view. */
  declare isShown: boolean
  /** Whether the search stands over the messages. */
  declare isSearching: boolean
  /** Whether my direct messages stand over those of the group. */
  declare isDirect: boolean

  readonly #redraw = () => this.requestUpdate()
  readonly #composing = new Composing()
  #outbox: Outbox | undefined
  #edits: Edits | undefined
  #direct: Direct | undefined
  /** What I wrote to somebody before I had an inbox. */
  #unsent: AnnotationDraft[] = []
  /** How many direct messages came that I did not see, while they are shown. */
  #unseen = 0
  #toldUnread = 0
  #undoInbox: () => void = () => {}
  #undos: readonly (() => void)[] = []

  override connectedCallback(): void {
    super.connectedCallback()
    this.#outbox = new Outbox(this.store, new KeptDrafts(this.store.kept, claims, this.store.group))
    void this.#outbox.adopt()
    this.#edits = new Edits(this.store)
    this.#undos = [
      this.store.onLogs(this.#redraw),
      this.store.onPeople(this.#redraw),
      this.store.replica.onInbox(() => this.#takeInbox()),
      this.attention.onTravel(({ to }) => {
        if (to === 'message') this.#showDirect(false)
      }),
    ]
    this.#takeInbox()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const undo of this.#undos) undo()
    this.#letInboxGo()
    this.#outbox?.close()
    this.#edits?.close()
  }

  override render(): TemplateResult {
    const direct = this.isDirect ? this.#direct : undefined
    const isAside = this.isSearching || direct !== undefined
    return html`<div class="log">
        ${this.#logs(isAside)}
        <conversation-entries
          .connection=${this.connection}
          .store=${this.store}
          .outbox=${this.#outbox}
          .edits=${this.#edits}
          .composing=${this.#composing}
          .self=${this.self}
          .attention=${this.attention}
          .isQuiet=${this.isQuiet}
          .isShown=${this.isShown && !isAside}
          ?inert=${isAside}
          @unread=${this.#pass}
        ></conversation-entries>
        ${direct === undefined ? nothing : this.#directEntries(direct)}
        ${this.#search(direct)}
        <p class="hidden" role="status">${this.#news()}</p>
      </div>
      ${direct === undefined ? html`<people-writing .store=${this.store}></people-writing>` : nothing}
      ${keyed(direct, this.#composer(direct))}`
  }

  // What was being answered or edited is left with where it stands.
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('isDirect')) return
    this.#composing.stop()
    this.#direct?.composing.stop()
  }

  protected override updated(): void {
    const unread = this.#unread
    if (unread === this.#toldUnread) return
    this.#toldUnread = unread
    this.dispatchEvent(new CustomEvent('unreaddirect', { detail: unread }))
  }

  get #unread(): number {
    return this.isDirect ? this.#unseen : (this.#direct?.unread ?? 0)
  }

  // Said once, where it is not shown.
  #news(): string {
    const unread = this.#unread
    return unread === 0 || this.isDirect ? '' : directWords().new(unread)
  }

  #directEntries({ store, outbox, edits, composing, attention }: Direct): TemplateResult {
    return html`<conversation-entries
      class="direct"
      .connection=${this.connection}
      .store=${store}
      .charts=${this.store}
      .outbox=${outbox}
      .edits=${edits}
      .composing=${composing}
      .self=${this.self}
      .attention=${attention}
      .isQuiet=${false}
      .isShown=${this.isShown && !this.isSearching}
      ?inert=${this.isSearching}
      @unread=${this.#handleUnseen}
    ></conversation-entries>`
  }

  #composer(direct: Direct | undefined): TemplateResult {
    return html`<message-composer
      .store=${direct?.store ?? this.store}
      .charts=${this.store}
      .choices=${this.#choices}
      .outbox=${direct?.outbox ?? this.#outbox}
      .edits=${direct?.edits ?? this.#edits}
      .composing=${direct?.composing ?? this.#composing}
      .self=${this.self}
      .attention=${this.attention}
      .tab=${this.tab}
      @tell=${this.#handleTell}
    ></message-composer>`
  }

  // Who is here, and with whom I have written.
  get #choices(): readonly string[] {
    const { people, name: me } = this.store.replica
    const names = [...people.people.map(({ name }) => name), ...(this.#direct?.known ?? [])]
    return [...new Set(names)].filter((name) => name !== me)
  }

  #takeInbox(): void {
    this.#letInboxGo()
    const { inbox } = this.store.replica
    if (inbox === undefined) this.#showDirect(false)
    else {
      const direct = new Direct(inbox, this.store, claims)
      const undos = [direct.store.onTalk(this.#redraw), direct.composing.onChange(this.#redraw)]
      this.#direct = direct
      this.#undoInbox = () => {
        for (const undo of undos) undo()
        direct.close()
      }
      for (const draft of this.#unsent.splice(0)) this.#tell(draft)
    }
    this.requestUpdate()
  }

  #letInboxGo(): void {
    this.#undoInbox()
    this.#undoInbox = () => {}
    this.#direct = undefined
    this.#unseen = 0
  }

  readonly #handleTell = ({ detail }: CustomEvent<AnnotationDraft>) => this.#tell(detail)

  #tell(draft: AnnotationDraft): void {
    if (this.#direct === undefined) {
      this.#unsent.push(draft)
      return
    }
    if (draft.text === '') this.#direct.composing.address(draft.recipients ?? [])
    else this.#direct.write(draft)
    this.#showDirect(true)
  }

  #showDirect(isDirect: boolean): void {
    if (isDirect !== this.isDirect) this.dispatchEvent(new CustomEvent('direct', { detail: isDirect }))
  }

  readonly #handleUnseen = ({ detail }: CustomEvent<number>) => {
    this.#unseen = detail
    this.requestUpdate()
  }

  #logs(isAside: boolean): TemplateResult | typeof nothing {
    const hasLogs = this.store.state.logs.annotations.length > 0
    if (!hasLogs || !logPanel.isHere(this.#redraw)) return nothing
    return html`<log-panel .store=${this.store} ?inert=${isAside}></log-panel>`
  }

  #search(direct: Direct | undefined): TemplateResult | typeof nothing {
    if (!this.isSearching || !search.isHere(this.#redraw)) return nothing
    return html`<conversation-search .store=${direct?.store ?? this.store} @choose=${this.#handleChoose} @dismiss=${this.#pass}></conversation-search>`
  }

  // What was found lies in the log, which takes no focus until the search is gone.
  readonly #handleChoose = async (event: CustomEvent<number>) => {
    const direct = this.isDirect ? this.#direct : undefined
    if (direct === undefined) return this.#pass(event)
    this.dispatchEvent(new CustomEvent('dismiss'))
    this.isSearching = false
    await this.updateComplete
    direct.attention.travel({ to: 'message', id: event.detail })
  }

  readonly #pass = (event: Event) => {
    const detail = event instanceof CustomEvent ? event.detail : undefined
    this.dispatchEvent(new CustomEvent(event.type, { detail }))
  }
}

customElements.define('group-conversation', GroupConversation)
