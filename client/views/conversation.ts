// Owns the conversation's side of a group's page: the logs, the messages or the search over them, and the composer.

import type { Connection } from '@chartroom/shared/client'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import type { Attention } from '../attention.ts'
import { Claims, type Locks } from '../conversation/claims.ts'
import '../conversation/composer.ts'
import { Composing } from '../conversation/composing.ts'
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

// Undefined over plain http, whatever its type says.
const locks: Locks | undefined = navigator.locks
const claims = new Claims(locks)

const logPanel = new Part(() => import('../conversation/log-panel.ts'))
const search = new Part(() => import('../conversation/search.ts'))

/**
 * What is said in a group. Of the search come `choose` (detail: the id of a message) and `dismiss`; of the messages
 * `unread` (detail: how many).
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

  readonly #redraw = () => this.requestUpdate()
  readonly #composing = new Composing()
  #outbox: Outbox | undefined
  #edits: Edits | undefined
  #undo: () => void = () => {}

  override connectedCallback(): void {
    super.connectedCallback()
    this.#outbox = new Outbox(this.store, new KeptDrafts(this.store.kept, claims, this.store.group))
    void this.#outbox.adopt()
    this.#edits = new Edits(this.store)
    this.#undo = this.store.onLogs(this.#redraw)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#undo()
    this.#outbox?.close()
    this.#edits?.close()
  }

  override render(): TemplateResult {
    return html`<div class="log">
        ${this.#logs()}
        <conversation-entries
          .connection=${this.connection}
          .store=${this.store}
          .outbox=${this.#outbox}
          .edits=${this.#edits}
          .composing=${this.#composing}
          .self=${this.self}
          .attention=${this.attention}
          .isQuiet=${this.isQuiet}
          .isShown=${this.isShown && !this.isSearching}
          ?inert=${this.isSearching}
          @unread=${this.#pass}
        ></conversation-entries>
        ${this.#search()}
      </div>
      <people-writing .store=${this.store}></people-writing>
      <message-composer
        .store=${this.store}
        .outbox=${this.#outbox}
        .edits=${this.#edits}
        .composing=${this.#composing}
        .self=${this.self}
        .attention=${this.attention}
        .tab=${this.tab}
      ></message-composer>`
  }

  #logs(): TemplateResult | typeof nothing {
    const hasLogs = this.store.state.logs.annotations.length > 0
    if (!hasLogs || !logPanel.isHere(this.#redraw)) return nothing
    return html`<log-panel .store=${this.store} ?inert=${this.isSearching}></log-panel>`
  }

  #search(): TemplateResult | typeof nothing {
    if (!this.isSearching || !search.isHere(this.#redraw)) return nothing
    return html`<conversation-search .store=${this.store} @choose=${this.#pass} @dismiss=${this.#pass}></conversation-search>`
  }

  readonly #pass = (event: Event) => {
    const detail = event instanceof CustomEvent ? event.detail : undefined
    this.dispatchEvent(new CustomEvent(event.type, { detail }))
  }
}

customElements.define('group-conversation', GroupConversation)
