// Owns the page of one group: where bar, charts and conversation stand, side by side or one swipe apart. Parts read the store.

import type { Refusal } from '@chartroom/shared'
import type { Connection } from '@chartroom/shared/client'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import '../charts/chart-card.ts'
import { spanOf } from '../charts/span.ts'
import '../conversation/composer.ts'
import '../conversation/entries.ts'
import { Outbox } from '../conversation/outbox.ts'
import { plainText } from '../conversation/prose.ts'
import { avatar } from '../people/avatar.ts'
import '../people/presence.ts'
import type { Self } from '../self.ts'
import type { GroupStore } from '../store.ts'
import bar from '../style/bar.css?inline'
import controls from '../style/controls.css?inline'
import styles from '../style/group.css?inline'
import { words } from '../words/words.ts'
import { columnsOf } from './columns.ts'
import './connection-state.ts'
import './empty-group.ts'
import { mark } from './mark.ts'

type Page = 'charts' | 'conversation'

// Below it the two pages are one swipe apart; group.css says the same.
const narrow = '(max-width: 759px)'

/** A group, for who follows it. */
export class GroupView extends LitElement {
  static override styles = [controls, bar, styles].map(unsafeCSS)
  static override properties = {
    connection: { attribute: false },
    store: { attribute: false },
    self: { attribute: false },
    page: { state: true },
    unread: { state: true },
    refusal: { state: true },
  }
  declare connection: Connection
  declare store: GroupStore
  declare self: Self
  /** The page in view on a narrow screen. */
  declare page: Page
  declare unread: number
  /** Why the server does not let us in. */
  declare refusal: Refusal | undefined

  readonly #narrow = matchMedia(narrow)
  readonly #handleNarrow = () => this.requestUpdate()
  #outbox: Outbox | undefined
  #undos: (() => void)[] = []

  constructor() {
    super()
    this.page = 'charts'
    this.unread = 0
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#outbox = new Outbox(this.store)
    this.#narrow.addEventListener('change', this.#handleNarrow)
    this.#undos = [
      this.store.onCharts(() => this.requestUpdate()),
      this.store.onLog(() => this.requestUpdate()),
      this.store.replica.onRefused((refusal) => {
        this.refusal = refusal
      }),
      () => this.#narrow.removeEventListener('change', this.#handleNarrow),
    ]
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const undo of this.#undos) undo()
    this.#outbox?.close()
  }

  override render(): TemplateResult {
    return html`${this.#bar()}${this.#tabs()}
      <div class="pages" @scroll=${this.#handleSwipe}>${this.#charts()}${this.#conversation()}</div>
      ${this.#lastMessage()}`
  }

  #bar(): TemplateResult {
    const { replica } = this.store
    const numbers = () => ({ paceMs: replica.paceMs, numbersTime: replica.state.time })
    return html`<header>
      <a class="home" href="/" aria-label=${words().group.back}>${mark}</a>
      <h1 dir="auto">${this.store.group}</h1>
      <connection-state .connection=${this.connection} .numbers=${numbers}></connection-state>
      <people-here brief .store=${this.store}></people-here>
    </header>`
  }

  #tabs(): TemplateResult {
    const { conversation, group } = words()
    const tab = (page: Page, label: string, badge: TemplateResult | typeof nothing) =>
      html`<button aria-current=${this.page === page} @click=${() => this.#show(page)}>${label}${badge}</button>`
    const badge = this.unread === 0 ? nothing : html` <span class="badge">${this.unread}</span>`
    return html`<nav>
      ${tab('charts', group.charts, nothing)}${tab('conversation', conversation.heading, badge)}
    </nav>`
  }

  #charts(): TemplateResult {
    const charts = this.store.charts()
    const columns = columnsOf(charts.map(({ kind }) => spanOf(kind)))
    const isEmpty = this.store.replica.isFilled && charts.length === 0
    return html`<main aria-label=${words().group.charts}>
      ${this.refusal === undefined ? nothing : html`<p class="refused" role="alert">${this.refusal.message}</p>`}
      ${isEmpty ? html`<empty-group .group=${this.store.group}></empty-group>` : nothing}
      <div class="charts">
        ${repeat(
          charts,
          (chart) => chart.id,
          (chart, at) =>
            html`<chart-card class="${spanOf(chart.kind)} of${columns[at]}" .store=${this.store} .chart=${chart}></chart-card>`,
        )}
      </div>
    </main>`
  }

  #conversation(): TemplateResult {
    return html`<aside aria-label=${words().conversation.heading}>
      <h2>${words().conversation.heading}</h2>
      <conversation-entries
        .store=${this.store}
        .outbox=${this.#outbox}
        .self=${this.self}
        .isShown=${!this.#narrow.matches || this.page === 'conversation'}
        @unread=${this.#handleUnread}
      ></conversation-entries>
      <message-composer .store=${this.store} .outbox=${this.#outbox} .self=${this.self}></message-composer>
    </aside>`
  }

  #lastMessage(): TemplateResult | typeof nothing {
    const last = this.store.state.log.at(-1)
    if (last === undefined || this.page === 'conversation') return nothing
    return html`<button class="last" @click=${() => this.#show('conversation')}>
      ${avatar(last.author)}
      <span class="line" dir="auto"><b>${last.author}</b> ${plainText(last.text)}</span>
      ${this.unread === 0 ? nothing : html`<b class="new">${words().conversation.new(this.unread)}</b>`}
    </button>`
  }

  #show(page: Page): void {
    this.page = page
    this.renderRoot.querySelector(page === 'charts' ? 'main' : 'aside')?.scrollIntoView({ inline: 'start' })
  }

  readonly #handleSwipe = (event: Event) => {
    const pages = event.currentTarget
    if (!(pages instanceof Element) || !this.#narrow.matches) return
    this.page = pages.scrollLeft > pages.clientWidth / 2 ? 'conversation' : 'charts'
  }

  readonly #handleUnread = (event: CustomEvent<number>) => {
    this.unread = event.detail
  }
}

customElements.define('group-view', GroupView)
