// Owns the tools of a message: which it has, when they show, the choice of a reaction, and asking before one is taken back.

import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import controls from '../style/controls.css?inline'
import styles from '../style/message-tools.css?inline'
import { conversationWords } from '../words/conversation.ts'
import type { MessageActions } from './log-context.ts'
import { emojiIn, palette } from './reactions.ts'
import { sign } from './sign.ts'

/** The tools of the message whose line this stands in; they show while it is pointed at, tapped, or has the focus. */
export class MessageTools extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]
  static override properties = {
    annotationId: { attribute: false },
    isMine: { attribute: false },
    isReachable: { attribute: false },
    actions: { attribute: false },
    isPointedAt: { state: true },
    isInFocus: { state: true },
    open: { state: true },
  }
  declare annotationId: number
  declare isMine: boolean
  /** Whether the Tab key stops here. */
  declare isReachable: boolean
  declare actions: MessageActions
  declare isPointedAt: boolean
  declare isInFocus: boolean
  /** What is open beside the tools. */
  declare open: 'nothing' | 'palette' | 'question'
  #line: HTMLElement | null = null
  #undo: () => void = () => {}

  constructor() {
    super()
    this.isPointedAt = false
    this.isInFocus = false
    this.open = 'nothing'
  }

  override connectedCallback(): void {
    super.connectedCallback()
    const line = this.closest('li')
    const listening = new AbortController()
    const { signal } = listening
    this.#line = line
    line?.addEventListener('pointerenter', ({ pointerType }) => this.#point(pointerType === 'mouse'), { signal })
    line?.addEventListener('pointerleave', () => this.#point(false), { signal })
    line?.addEventListener('click', (event) => this.#handleTap(event), { signal })
    line?.addEventListener('focusin', (event) => this.#handleFocus(event), { signal })
    line?.addEventListener('focusout', (event) => this.#handleBlur(event), { signal })
    this.#undo = () => listening.abort()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#undo()
  }

  /** Goes to the first tool. */
  enter(): void {
    this.isInFocus = true
    void this.#focusFirst('.bar')
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.isPointedAt && !this.isInFocus && this.open === 'nothing') return nothing
    return html`<div class="box" @keydown=${this.#handleKey}>${this.#bar()}${this.#opened()}</div>`
  }

  #bar(): TemplateResult {
    const conversation = conversationWords()
    const { actions, annotationId: id } = this
    return html`<p class="bar" role="toolbar" aria-label=${conversation.tools}>
      ${this.#tool('react', conversation.react, () => this.#toggle('palette'), this.open === 'palette')}
      ${this.#tool('reply', conversation.reply, () => actions.reply(id))}
      ${
        this.isMine
          ? html`${this.#tool('edit', conversation.edit, () => actions.edit(id))}
            ${this.#tool('takeBack', conversation.takeBack, () => this.#toggle('question'), this.open === 'question')}`
          : nothing
      }
    </p>`
  }

  #tool(name: Parameters<typeof sign>[0], label: string, act: () => void, isOpen?: boolean): TemplateResult {
    return html`<button
      tabindex=${this.isReachable ? 0 : -1}
      title=${label}
      aria-label=${label}
      aria-expanded=${isOpen ?? nothing}
      @click=${act}
    >${sign(name)}</button>`
  }

  #opened(): TemplateResult | typeof nothing {
    switch (this.open) {
      case 'nothing':
        return nothing
      case 'palette':
        return this.#palette()
      case 'question':
        return this.#question()
      default:
        return this.open satisfies never
    }
  }

  #palette(): TemplateResult {
    const conversation = conversationWords()
    return html`<p class="opened" role="group" aria-label=${conversation.react}>
      ${palette.map((reaction) => html`<button aria-label=${reaction} @click=${() => this.#react(reaction)}>${reaction}</button>`)}
      <input aria-label=${conversation.anyReaction} title=${conversation.anyReaction} placeholder="…" autocomplete="off" maxlength="32" @input=${this.#handleWritten} />
    </p>`
  }

  #question(): TemplateResult {
    const conversation = conversationWords()
    return html`<p class="opened question" role="group" aria-label=${conversation.takeBackAsk}>
      ${conversation.takeBackAsk} ·
      <button class="link" @click=${this.#takeBack}>${conversation.yes}</button> ·
      <button class="link" @click=${this.#close}>${conversation.no}</button>
    </p>`
  }

  #point(isPointedAt: boolean): void {
    this.isPointedAt = isPointedAt
  }

  // A finger does not hover: what it taps shows its tools. A link, or a tool itself, is meant itself.
  #handleTap(event: Event): void {
    const [target] = event.composedPath()
    const isMouse = event instanceof PointerEvent && event.pointerType === 'mouse'
    if (isMouse || (target instanceof Element && target.closest('a, button, input'))) return
    this.#line?.focus({ preventScroll: true })
    this.isInFocus = true
  }

  // The mouse gives the focus too, and hovers already.
  #handleFocus(event: FocusEvent): void {
    const [target] = event.composedPath()
    if (target instanceof Element && target.matches(':focus-visible')) this.isInFocus = true
  }

  #handleBlur({ relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof Node && this.#line?.contains(relatedTarget)) return
    this.isInFocus = false
    this.open = 'nothing'
  }

  readonly #handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.isComposing) return
    event.stopPropagation()
    this.#close()
  }

  #toggle(what: 'palette' | 'question'): void {
    this.open = this.open === what ? 'nothing' : what
    if (this.open !== 'nothing') void this.#focusFirst('.opened')
  }

  // The focus goes back to the message before what had it is gone.
  readonly #close = () => {
    this.#line?.focus({ preventScroll: true })
    this.open = 'nothing'
  }

  readonly #takeBack = () => {
    this.#close()
    this.actions.takeBack(this.annotationId)
  }

  readonly #handleWritten = (event: InputEvent) => {
    const field = event.currentTarget
    if (event.isComposing) return
    const reaction = field instanceof HTMLInputElement ? emojiIn(field.value) : undefined
    if (reaction !== undefined) this.#react(reaction)
  }

  #react(reaction: string): void {
    this.#close()
    this.actions.react(this.annotationId, reaction)
  }

  async #focusFirst(part: string): Promise<void> {
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(`${part} button`)?.focus()
  }
}

customElements.define('message-tools', MessageTools)
