// Owns what invites others: the link to a group, its QR code, and what to do where no link leads here.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit'
import { encode } from 'uqr'
import '../copy-button.ts'
import codeStyles from '../style/code.css?inline'
import controls from '../style/controls.css?inline'
import styles from '../style/invitation.css?inline'
import { words } from '../words/words.ts'
import { type Reach, reachOf } from './addresses.ts'
import { qrPath } from './qr-path.ts'

/** A camera needs this much light around the code, in modules (ISO/IEC 18004). */
const quietModules = 4
const usualPort = '3000'

/** How to come to the page with this path. What others reach is read when it is shown. */
export class GroupInvitation extends LitElement {
  static override styles = [controls, codeStyles, styles].map(unsafeCSS)
  static override properties = {
    path: { attribute: false },
    reach: { state: true },
    chosen: { state: true },
  }
  declare path: string
  declare reach: Reach
  /** Which of several addresses the link has. */
  declare chosen: number

  constructor() {
    super()
    this.reach = { word: 'reading' }
    this.chosen = 0
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#readReach()
  }

  // What is wanted most is under the fingers at once: the link, chosen, to be copied.
  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('reach')) this.renderRoot.querySelector('input')?.focus()
  }

  override render(): TemplateResult {
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

customElements.define('group-invitation', GroupInvitation)
