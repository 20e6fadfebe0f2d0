// Owns the search of the conversation: its field, and what was found, line by line. How a search goes on is found.ts's.

import { type Annotation, findAnnotation, limits, runNameOf } from '@chartroom/shared'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { GroupStore } from '../store.ts'
import controls from '../style/controls.css?inline'
import styles from '../style/search.css?inline'
import { dayOf, exactTimeOfDay, midnightOf, timeOfDay } from '../words/clock.ts'
import { conversationWords } from '../words/conversation.ts'
import { words } from '../words/words.ts'
import { Found } from './found.ts'
import { markedPieces } from './marks.ts'
import { plainText } from './prose.ts'
import { sign } from './sign.ts'

/**
 * Searches what was said in one group. Dispatches `choose` (detail: the id) for a message that was found, and `dismiss`
 * when it is to go.
 */
export class ConversationSearch extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]
  static override properties = { store: { attribute: false } }
  declare store: GroupStore

  readonly #found = new Found(
    (query, before) => this.store.replica.search(query, before),
    () => this.requestUpdate(),
  )
  readonly #screen = new IntersectionObserver((entries) => this.#handleScreen(entries.at(-1)?.isIntersecting === true))
  #undo: () => void = () => {}

  override connectedCallback(): void {
    super.connectedCallback()
    // What is taken back meanwhile goes from here too.
    this.#undo = this.store.onTalk(() => this.requestUpdate())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#undo()
    this.#screen.disconnect()
    this.#found.close()
  }

  override firstUpdated(): void {
    this.#field?.focus()
  }

  override render(): TemplateResult {
    const { search } = words()
    return html`<div class="search" role="search" @keydown=${this.#handleKey}>
      <p class="field">
        ${sign('search')}
        <input type="search" aria-label=${search.field} placeholder=${search.field} autocomplete="off" enterkeyhint="search" maxlength=${limits.maxQueryLength} @input=${this.#handleInput} />
        <button class="close" title="${search.close} (Esc)" aria-label=${search.close} @click=${this.#dismiss}>${sign('cross')}</button>
      </p>
      <p class="status" role="status">${this.#status()}</p>
      <ol tabindex=${this.#shown.length === 0 ? nothing : -1}>
        ${repeat(
          this.#shown,
          ({ id }) => id,
          (annotation) => this.#line(annotation),
        )}
        ${this.#rest()}
      </ol>
    </div>`
  }

  // Anew each time: what is still in view after a page was read asks for the next one.
  protected override updated(): void {
    this.#screen.disconnect()
    const rest = this.renderRoot.querySelector('.rest')
    if (rest !== null) this.#screen.observe(rest)
  }

  get #field(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input')
  }

  get #shown(): readonly Annotation[] {
    const known = ({ id }: Annotation) => findAnnotation(this.store.state, id)
    return this.#found.annotations.filter((annotation) => !(known(annotation) ?? annotation).retracted)
  }

  #status(): string {
    const { search } = words()
    const { state, hasMore } = this.#found
    switch (state) {
      case 'none':
        return ''
      case 'reading':
        return this.#shown.length === 0 ? search.reading : search.found(this.#shown.length, false)
      case 'failed':
        return search.failed
      case 'found':
        return this.#shown.length === 0 ? search.none : search.found(this.#shown.length, !hasMore)
      default:
        return state satisfies never
    }
  }

  // What stands in the logs' own panel is shown here, and leads nowhere in the talk.
  #line(annotation: Annotation): TemplateResult {
    const { author, id } = annotation
    const isLog = runNameOf(annotation) === 'logs'
    const head = html`<span class="head">
      <b dir="auto">${author}</b> ${when(annotation, this.store.now())}
      ${isLog ? html`<span class="log">${words().search.log}</span>` : nothing}
    </span>`
    const text = html`<span class="text" dir="auto">${this.#marked(annotation)}</span>`
    if (isLog) return html`<li><div class="found">${head}${text}</div></li>`
    return html`<li><button class="found" @click=${() => this.#choose(id)}>${head}${text}</button></li>`
  }

  #marked({ text }: Annotation): (TemplateResult | string)[] {
    return markedPieces(plainText(text), this.#found.query).map((piece) =>
      piece.isMarked ? html`<mark>${piece.text}</mark>` : piece.text,
    )
  }

  #rest(): TemplateResult | typeof nothing {
    const { search } = words()
    const isFailed = this.#found.state === 'failed'
    if (!isFailed && !this.#found.hasMore) return nothing
    return html`<li class="rest">
      <button class="link" @click=${this.#more}>${isFailed ? conversationWords().again : search.earlier}</button>
    </li>`
  }

  readonly #more = () => void this.#found.more()

  // What failed waits for the reader.
  #handleScreen(isOnScreen: boolean): void {
    if (isOnScreen && this.#found.state === 'found') this.#more()
  }

  readonly #handleInput = () => this.#found.write(this.#field?.value ?? '')

  readonly #dismiss = () => {
    this.dispatchEvent(new Event('dismiss'))
  }

  #choose(id: number): void {
    this.dispatchEvent(new CustomEvent('choose', { detail: id }))
  }

  readonly #handleKey = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) return
    const isInField = event.composedPath()[0] === this.#field
    if (event.key === 'Escape') this.#dismiss()
    else if (event.key === 'ArrowDown' || (event.key === 'Enter' && isInField)) this.#move(1)
    else if (event.key === 'ArrowUp') this.#move(-1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  // From the field to the first line, from line to line, and back.
  #move(step: 1 | -1): void {
    const stops = [this.#field, ...this.renderRoot.querySelectorAll<HTMLElement>('button.found')]
    const at = stops.findIndex((stop) => stop?.matches(':focus'))
    stops[Math.max(0, at + step)]?.focus()
  }
}

function when({ time }: Annotation, now: number): TemplateResult {
  const day = midnightOf(time) === midnightOf(now) ? '' : `${dayOf(time, now)} `
  return html`<time datetime=${new Date(time).toISOString()} title=${exactTimeOfDay(time)}>${day}${timeOfDay(time)}</time>`
}

customElements.define('conversation-search', ConversationSearch)
