// Owns the page of one group: where bar, charts and conversation stand, side by side or one swipe apart. Parts read the store.

import type { PinDraft, Refusal } from '@chartroom/shared'
import type { Connection } from '@chartroom/shared/client'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { activeElement } from '../active-element.ts'
import { watchArrangingKeys } from '../arranging/keys.ts'
import { Mode } from '../arranging/mode.ts'
import { Attention, type Journey } from '../attention.ts'
import type { ShareEvent } from '../charts/share-event.ts'
import { stride } from '../charts/stride.ts'
import { plainText } from '../conversation/prose.ts'
import { isPageKey } from '../page-key.ts'
import { bringAll, Part } from '../part.ts'
import { authorAvatar } from '../people/avatar.ts'
import { InvitePeople } from '../people/invite.ts'
import '../people/presence.ts'
import type { Kept } from '../kept.ts'
import type { Self } from '../self.ts'
import type { Settings } from '../settings/settings.ts'
import '../settings/settings-menu.ts'
import type { GroupStore } from '../store.ts'
import bar from '../style/bar.css?inline'
import controls from '../style/controls.css?inline'
import styles from '../style/group.css?inline'
import windowStyles from '../style/window-choice.css?inline'
import zoomStyles from '../style/zoom-line.css?inline'
import { directWords } from '../words/direct.ts'
import { words } from '../words/words.ts'
import { arrangeBar, arrangeButton, arrangePanel, loadHand } from './arrange-parts.ts'
import './chart-grid.ts'
import './connection-state.ts'
import type { GroupConversation } from './conversation.ts'
import { envelope } from './envelope.ts'
import { followInStride, numbersOf } from './group-pace.ts'
import { watchKeyboard } from './keyboard.ts'
import { magnifier } from './magnifier.ts'
import { mark } from './mark.ts'
import { lastSaid } from './news.ts'
import { groupPathOf } from './place.ts'
import { windowChoice } from './window-choice.ts'
import { zoomLine } from './zoom-line.ts'

type Page = 'charts' | 'conversation'

// Below it the two pages are one swipe apart; group.css says the same.
const narrow = '(max-width: 759px)'

const conversation = new Part(() => import('./conversation.ts'))
const emptyGroup = new Part(() => import('./empty-group.ts'))
const spokenNews = new Part(() => import('../spoken/spoken-news.ts'))
// So long the rest of the page waits for the first chart, which is drawn by far more code than all the rest.
const restMs = 5_000

/** A group, for who follows it. */
export class GroupView extends LitElement {
  static override styles = [controls, bar, windowStyles, zoomStyles, styles].map(unsafeCSS)
  static override properties = {
    connection: { attribute: false },
    store: { attribute: false },
    self: { attribute: false },
    settings: { attribute: false },
    tab: { attribute: false },
    page: { state: true },
    unread: { state: true },
    refusal: { state: true },
    isSearching: { state: true },
    isDirect: { state: true },
    unreadDirect: { state: true },
    isSettled: { state: true },
  }
  declare connection: Connection
  declare store: GroupStore
  declare self: Self
  declare settings: Settings
  /** What this tab keeps over a reload. */
  declare tab: Kept
  /** The page in view on a narrow screen. */
  declare page: Page
  declare unread: number
  /** Why the server does not let us in. */
  declare refusal: Refusal | undefined
  /** Whether the search stands over the conversation. */
  declare isSearching: boolean
  /** Whether my direct messages stand in the place of the conversation, and how many are unread. */
  declare isDirect: boolean
  declare unreadDirect: number
  /** Whether what is wanted first is here: the rest may come. */
  declare isSettled: boolean

  readonly #attention = new Attention()
  readonly #narrow = matchMedia(narrow)
  readonly #redraw = () => this.requestUpdate()
  readonly #handleAway = (event: Event) => this.#tellAway(event.type === 'pagehide' || document.hidden)
  #lookedAt: string | undefined
  #composed: PinDraft | undefined
  #mode: Mode | undefined
  /** Where the focus was when the search came. */
  #searchOrigin: HTMLElement | undefined
  #undos: (() => void)[] = []

  constructor() {
    super()
    this.page = 'charts'
    this.unread = 0
    this.isSearching = false
    this.isDirect = false
    this.unreadDirect = 0
    this.isSettled = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#mode = new Mode(this.store, this.self, loadHand)
    this.#narrow.addEventListener('change', this.#redraw)
    document.addEventListener('visibilitychange', this.#handleAway)
    addEventListener('pagehide', this.#handleAway)
    document.addEventListener('keydown', this.#handleSlash)
    if (document.hidden) this.#tellAway(true)
    const rest = setTimeout(this.#settle, restMs)
    this.#undos = [
      watchKeyboard(this, visualViewport, (x, y) => window.scrollTo(x, y)),
      this.#mode.onChange(() => this.requestUpdate()),
      watchArrangingKeys(document, this.#mode),
      this.#attention.onChange(() => this.#handleAttention()),
      this.#attention.onTravel((journey) => this.#handleTravel(journey)),
      followInStride(
        () => this.store.paceMs,
        () => [this.store.replica],
        (listener) => this.store.onPace(listener),
      ),
      stride.onChange(this.#redraw),
      this.store.onPace(this.#redraw),
      this.store.onCharts(() => this.requestUpdate()),
      this.store.zoom.onChange(() => this.requestUpdate()),
      this.store.onTalk(() => this.requestUpdate()),
      this.store.replica.onInbox(() => this.requestUpdate()),
      this.store.replica.onRefused((refusal) => {
        this.refusal = refusal
      }),
      () => clearTimeout(rest),
      () => this.#narrow.removeEventListener('change', this.#redraw),
      () => document.removeEventListener('visibilitychange', this.#handleAway),
      () => removeEventListener('pagehide', this.#handleAway),
      () => document.removeEventListener('keydown', this.#handleSlash),
    ]
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const undo of this.#undos) undo()
    this.#mode?.close()
  }

  protected override willUpdate(): void {
    // Text is all there is to wait for.
    const isText = this.store.charts().every(({ kind }) => kind === 'number' || kind === 'table')
    if (this.store.replica.isFilled && isText) this.#settle()
  }

  override render(): TemplateResult {
    return html`${this.#bar()}${this.#tabs()}
      ${arrangeBar(this.#mode, this.self, this.connection)}
      <div class="pages" @scroll=${this.#handleSwipe}>${this.#charts()}${this.#conversation()}${arrangePanel(this.#mode, this.connection)}</div>
      ${this.#lastMessage()}
      ${this.isSettled && spokenNews.isHere(this.#redraw) ? html`<spoken-news .connection=${this.connection} .store=${this.store} .settings=${this.settings}></spoken-news>` : nothing}`
  }

  #bar(): TemplateResult {
    const numbers = () => numbersOf(this.store)
    return html`<header>
      <a class="home" href="/" aria-label=${words().group.back}>${mark}</a>
      <h1 dir="auto">${this.store.group}</h1>
      <connection-state .connection=${this.connection} .numbers=${numbers} .choosePace=${this.#choosePace} .isQuiet=${this.settings.speaks}></connection-state>
      ${this.#narrow.matches ? nothing : this.#choices()}
      <people-here brief .store=${this.store}></people-here>
      <invite-people .group=${this.store.group} .path=${groupPathOf(this.store.group)}></invite-people>
      <settings-menu .settings=${this.settings}></settings-menu>
    </header>`
  }

  #tabs(): TemplateResult {
    const { conversation, group } = words()
    const tab = (page: Page, label: string, badge: TemplateResult | typeof nothing) =>
      html`<button aria-current=${this.page === page} @click=${() => this.#show(page)}>${label}${badge}</button>`
    const unread = this.unread + this.unreadDirect
    const badge = unread === 0 ? nothing : html` <span class="badge">${unread}</span>`
    return html`<nav>
      ${tab('charts', group.charts, nothing)}${tab('conversation', this.isDirect ? directWords().heading : conversation.heading, badge)}
      ${this.#narrow.matches ? (this.page === 'charts' ? this.#choices() : html`<span class="choices">${this.#envelope()}${this.#magnifier()}</span>`) : nothing}
    </nav>`
  }

  #zoomed(): TemplateResult | undefined {
    return zoomLine(this.store, this.#attention)
  }

  #choices(): TemplateResult {
    const isBrief = this.#narrow.matches
    const choice = windowChoice(this.store, isBrief, () => this.requestUpdate())
    const shown = isBrief ? choice : (this.#zoomed() ?? choice)
    return html`<span class="choices">${shown}${arrangeButton(this.#mode, this.store)}</span>`
  }

  #charts(): TemplateResult {
    const isEmpty = this.store.replica.isFilled && this.store.charts().length === 0 && this.store.board === null
    return html`<main aria-label=${words().group.charts} @share=${this.#handleShare} @drawn=${this.#settle}>
      ${this.refusal === undefined ? nothing : html`<p class="refused" role="alert">${this.refusal.message}</p>`}
      ${isEmpty && emptyGroup.isHere(this.#redraw) ? html`<empty-group .group=${this.store.group} @invite=${this.#handleInvite}></empty-group>` : nothing}
      ${this.#narrow.matches ? this.#zoomed() : nothing}
      <chart-grid ?inert=${this.#narrow.matches && this.#isPanelOpen} .store=${this.store} .attention=${this.#attention} .hand=${this.#mode?.hand}></chart-grid>
    </main>`
  }

  get #isPanelOpen(): boolean {
    return this.#mode?.hand?.open !== undefined
  }

  #conversation(): TemplateResult {
    const { heading } = this.isDirect ? directWords() : words().conversation
    return html`<aside aria-label=${heading} ?inert=${this.#isPanelOpen}>
      <div class="head"><h2>${heading}</h2>${this.#envelope()}${this.#magnifier()}</div>
      ${this.#talk()}
    </aside>`
  }

  #talk(): TemplateResult | typeof nothing {
    if (!this.isSettled || !conversation.isHere(this.#redraw)) return nothing
    return html`<group-conversation
      .connection=${this.connection}
      .store=${this.store}
      .self=${this.self}
      .attention=${this.#attention}
      .tab=${this.tab}
      .isQuiet=${this.settings.speaks}
      .isShown=${!this.#narrow.matches || this.page === 'conversation'}
      .isSearching=${this.isSearching}
      .isDirect=${this.isDirect}
      @unread=${this.#handleUnread}
      @unreaddirect=${this.#handleUnreadDirect}
      @direct=${this.#handleDirect}
      @choose=${this.#handleFound}
      @dismiss=${this.#closeSearch}
    ></group-conversation>`
  }

  // For who holds a name: before it there is nobody to write to.
  #envelope(): TemplateResult | typeof nothing {
    if (this.store.replica.inbox === undefined) return nothing
    return envelope(this.isDirect, { talk: this.unread, direct: this.unreadDirect }, () => {
      this.isDirect = !this.isDirect
    })
  }

  #magnifier(): TemplateResult {
    return magnifier(this.isSearching, this.isSearching ? this.#closeSearch : this.#openSearch)
  }

  #lastMessage(): TemplateResult | typeof nothing {
    const last = lastSaid(this.store.state)
    if (last === undefined || this.page === 'conversation') return nothing
    return html`<button class="last" @click=${() => this.#show('conversation')}>
      ${authorAvatar(last)}
      <span class="line" dir="auto"><b>${last.author}</b> ${plainText(last.text)}</span>
      ${this.unread === 0 ? nothing : html`<b class="new">${words().conversation.new(this.unread)}</b>`}
    </button>`
  }

  readonly #settle = () => {
    if (this.isSettled) return
    this.isSettled = true
    bringAll()
  }

  #show(page: Page): void {
    if (!this.#narrow.matches) return
    this.page = page
    if (page === 'conversation') this.#settle()
    this.renderRoot.querySelector(page === 'charts' ? 'main' : 'aside')?.scrollIntoView({ inline: 'start' })
  }

  // A pin is written about, wherever it was set.
  #handleAttention(): void {
    const { metric, pin } = this.#attention
    if (metric !== this.#lookedAt) this.store.replica.point({ metric: metric ?? null })
    if (pin !== this.#composed && pin !== undefined) this.#show('conversation')
    this.#lookedAt = metric
    this.#composed = pin
  }

  #handleTravel({ to }: Journey): void {
    this.#show(to === 'pin' ? 'charts' : 'conversation')
  }

  #tellAway(away: boolean): void {
    this.store.replica.point({ away })
  }

  readonly #choosePace = (paceMs: number) => this.store.setPace(paceMs)

  readonly #openSearch = () => {
    this.#searchOrigin = activeElement()
    this.isSearching = true
    this.#settle()
    this.#show('conversation')
  }

  readonly #closeSearch = () => {
    this.isSearching = false
    this.#searchOrigin?.focus()
  }

  // What was found lies in the log, which takes no focus until the search is gone.
  readonly #handleFound = async ({ detail: id }: CustomEvent<number>) => {
    this.isSearching = false
    await this.updateComplete
    await this.renderRoot.querySelector<GroupConversation>('group-conversation')?.updateComplete
    this.#attention.travel({ to: 'message', id })
  }

  readonly #handleSlash = (event: KeyboardEvent) => {
    if (!isPageKey(event, '/')) return
    event.preventDefault()
    this.#openSearch()
  }

  readonly #handleShare = ({ chart, kind }: ShareEvent) => void this.#mode?.share(chart, kind)

  readonly #handleInvite = () => {
    const invite = this.renderRoot.querySelector('invite-people')
    if (invite instanceof InvitePeople) invite.open()
  }

  readonly #handleSwipe = (event: Event) => {
    const pages = event.currentTarget
    if (!(pages instanceof Element) || !this.#narrow.matches) return
    this.page = pages.scrollLeft > pages.clientWidth / 2 ? 'conversation' : 'charts'
    if (this.page === 'conversation') this.#settle()
  }

  readonly #handleUnread = (event: CustomEvent<number>) => {
    this.unread = event.detail
  }

  readonly #handleUnreadDirect = (event: CustomEvent<number>) => {
    this.unreadDirect = event.detail
  }

  readonly #handleDirect = (event: CustomEvent<boolean>) => {
    this.isDirect = event.detail
  }
}

customElements.define('group-view', GroupView)
