// Owns how others are asked in: a button, and behind it the link, its QR code, and what to do where no link leads here.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit'
import { encode } from 'uqr'
import '../copy-button.ts'
import codeStyles from '../style/code.css?inline'
import controls from '../style/controls.css?inline'
import styles from '../style/invite.css?inline'
import { words } from '../words/words.ts'
import { type Reach, reachOf } from './addresses.ts'
import { qrPath } from './qr-path.ts'

/** A camera needs this much light around the code, in modules (ISO/IEC 18004). */
const quietModules = 4
const usualPort = '3000'

/** Invites to the group whose page has this path. */
export class InvitePeople extends LitElement {
  static override styles = [controls, codeStyles, styles].map(unsafeCSS)
  static override properties = {
    group: { attribute: false },
    path: { attribute: false },
    reach: { state: true },
    chosen: { state: true },
    isOpen: { state: true },
  }
  declare group: string
  declare path: string
  declare reach: Reach
  /** Which of several addresses the link has. */
  declare chosen: number
  declare isOpen: boolean

  constructor() {
    super()
    this.reach = { word: 'reading' }
    this.chosen = 0
    this.isOpen = false
  }

  /** Opens it, as the button does. */
  open(): void {
    this.#popover?.showPopover()
  }

  override render(): TemplateResult {
    const { invite } = words()
    return html`<button class="button" popovertarget="invite" aria-haspopup="dialog">
        <span class="wide">${invite.button}</span><svg class="brief" viewBox="0 0 16 16" role="img" aria-label=${invite.button}><path d="M8 3v10M3 8h10" /></svg>
      </button>
      <div id="invite" popover role="dialog" aria-labelledby="heading" @beforetoggle=${this.#handleToggle}>
        ${this.isOpen ? html`<h2 id="heading" dir="auto">${invite.heading(this.group)}</h2>${this.#body()}` : nothing}
      </div>`
  }

  // What is wanted most is under the fingers at once: the link, chosen, to be copied.
  protected override updated(changed: PropertyValues<this>): void {
    if (this.isOpen && changed.has('reach')) this.renderRoot.querySelector('input')?.focus()
  }

  #body(): TemplateResult {
    const { invite } = words()
    const { reach } = this
    switch (reach.word) {
      case 'reading':
        return html`<p role="status">${invite.reading}</p>`
      case 'unread':
        return html`<p role="status">${invite.unread}</p>`
      case 'known': {
        const origin = reach.origins[this.chosen] ?? reach.origins[0]
        return origin === undefined ? this.#onlyHere() : html`${this.#link(origin)}${this.#ways(reach.origins, origin)}`
      }
      default:
        return reach satisfies never
    }
  }

  #link(origin: string): TemplateResult {
    const { invite } = words()
    const link = `${origin}${this.path}`
    const { data, size } = encode(link, { border: quietModules })
    return html`<p>${invite.how}</p>
      <svg class="code" viewBox="0 0 ${size} ${size}" role="img" aria-label=${invite.code} shape-rendering="crispEdges">
        <path d=${qrPath(data)} />
      </svg>
      <p class="link-row">
        <input readonly aria-label=${invite.link} .value=${link} @focus=${this.#handleFocus} />
        <copy-button .text=${link}></copy-button>
      </p>`
  }

  #ways(origins: readonly string[], current: string): TemplateResult | typeof nothing {
    if (origins.length < 2) return nothing
    return html`<p class="ways" role="group" aria-label=${words().invite.ways}>
      ${origins.map(
        (origin, at) => html`<button class="button" aria-pressed=${origin === current} @click=${() => this.#choose(at)}>
          ${new URL(origin).host}
        </button>`,
      )}
    </p>`
  }

  #onlyHere(): TemplateResult {
    const { port } = location
    const line = `npm start -- --share${port === usualPort ? '' : ` --port ${port}`}`
    return html`<p>${words().invite.onlyHere}</p>
      <p class="link-row"><code>${line}</code><copy-button .text=${line}></copy-button></p>`
  }

  #choose(at: number): void {
    this.chosen = at
  }

  get #popover(): HTMLElement | null {
    return this.renderRoot.querySelector('[popover]')
  }

  readonly #handleToggle = (event: ToggleEvent) => {
    this.isOpen = event.newState === 'open'
    if (this.isOpen) void this.#readReach()
    // The focus that is in it would go with it.
    else if (this.renderRoot instanceof ShadowRoot && this.#popover?.contains(this.renderRoot.activeElement)) {
      this.renderRoot.querySelector('button')?.focus()
    }
  }

  async #readReach(): Promise<void> {
    this.reach = await reachOf(location, readAddresses)
  }

  readonly #handleFocus = (event: Event) => {
    if (event.currentTarget instanceof HTMLInputElement) event.currentTarget.select()
  }
}

async function readAddresses(): Promise<unknown> {
  const answer = await fetch('/api/addresses')
  if (!answer.ok) throw new Error(`The addresses were answered with ${answer.status}.`)
  return answer.json()
}

customElements.define('invite-people', InvitePeople)
