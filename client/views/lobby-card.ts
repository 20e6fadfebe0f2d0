// Owns one group on the lobby: its number with its course, the last message, who is there; which number is headline.ts.

import type { GroupSummary, Past } from '@chartroom/shared'
import { courseOf, formatQuantity, silentFor } from '@chartroom/shared/option'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit'
import { classMap } from 'lit/directives/class-map.js'
import { glyph } from '../charts/glyph.ts'
import { passedWords } from '../charts/passed.ts'
import { sparkline } from '../charts/sparkline.ts'
import { plainText } from '../conversation/prose.ts'
import '../people/presence.ts'
import type { GroupStore } from '../store.ts'
import controls from '../style/controls.css?inline'
import styles from '../style/lobby-card.css?inline'
import sparklineStyles from '../style/sparkline.css?inline'
import { words } from '../words/words.ts'
import { type Headline, headlineOf } from './headline.ts'
import { lastSaid, newsOf } from './news.ts'
import { groupPathOf } from './place.ts'

const windowMs = 300_000
// The server's first source writes here; what it is needs saying.
const hostGroup = 'host'

/** A group of the lobby; `store` is absent where it is not followed, and the list is all that is known. */
export class LobbyCard extends LitElement {
  static override styles = [controls, sparklineStyles, styles].map(unsafeCSS)
  static override properties = {
    summary: { attribute: false },
    store: { attribute: false },
    me: { attribute: false },
  }
  declare summary: GroupSummary
  /** My name; what I wrote is no news. */
  declare me: string | undefined
  declare store: GroupStore | undefined
  #undos: (() => void)[] = []

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#unlisten()
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('store')) this.#listen()
  }

  override render(): TemplateResult {
    const { group } = this.summary
    const { store } = this
    const headline = store && headlineOf(store.charts(), store.state, store.now())
    const silentMs = store && headline && silentFor(headline.series, store.now())
    const passed = headline?.passed
    return html`<a class=${classMap({ card: true, stale: silentMs !== undefined, [passed?.level ?? 'calm']: true })} href=${groupPathOf(group)}>
      <span class="head">
        <b class="group" dir="auto">${group}</b>
        ${group === hostGroup ? html`<span class="what">${words().lobby.thisMachine}</span>` : nothing}
        ${silentMs === undefined ? nothing : html`<span class="flag">${glyph('clock')}${words().charts.lastValue(words().age(silentMs))}</span>`}
        ${headline === undefined || passed === undefined ? nothing : html`<span class="flag">${glyph(passed.level)}${passedWords(passed, headline.unit, words().language)}</span>`}
      </span>
      ${headline === undefined ? this.#waiting() : this.#number(headline)}
      <span class="message">${this.#lastMessage()}</span>
      <span class="foot">${this.#people()}${this.#news()}</span>
    </a>`
  }

  #number({ title, unit, ring, value }: Headline): TemplateResult {
    const quantity = formatQuantity(value, unit, words().language)
    return html`<span class="metric" dir="auto">${title}</span>
      <span class="number">
        <b>${quantity.number}</b><span class="unit">${quantity.unit}</span>
        ${this.#course(ring)}
      </span>`
  }

  #course(ring: Past): TemplateResult {
    const now = this.store?.now() ?? 0
    const from = now - windowMs
    return sparkline(courseOf({ ring }, from), from, now)
  }

  #waiting(): TemplateResult {
    return html`<span class="metric">${words().charts.waiting}</span><span class="number"></span>`
  }

  #lastMessage(): TemplateResult | typeof nothing {
    const last = this.store && lastSaid(this.store.state)
    return last === undefined
      ? nothing
      : html`<b dir="auto">${last.author}</b> <span dir="auto">${plainText(last.text)}</span>`
  }

  #people(): TemplateResult {
    const { people } = words()
    const { store } = this
    if (store) return html`<people-here .store=${store}></people-here>`
    return html`<span class="people">${this.summary.people === 0 ? people.nobody : people.here(this.summary.people)}</span>`
  }

  #news(): TemplateResult | typeof nothing {
    const { conversation } = words()
    const { store } = this
    if (store === undefined) return nothing
    const { count, isAll } = newsOf(store.state, store.readId, store.replica.name ?? this.me)
    if (count === 0) return nothing
    return html`<b class="news">${isAll ? conversation.new(count) : conversation.newFrom(count)}</b>`
  }

  #listen(): void {
    this.#unlisten()
    const { store } = this
    if (store === undefined) return
    this.#undos = [store.replica.onUpdate(() => this.requestUpdate())]
  }

  #unlisten(): void {
    for (const undo of this.#undos) undo()
    this.#undos = []
  }
}

customElements.define('lobby-card', LobbyCard)
