// Owns the button by which others are asked in, and the popover below it; how they come is invitation.ts's.

import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { Part } from '../part.ts'
import controls from '../style/controls.css?inline'
import styles from '../style/invite.css?inline'
import panel from '../style/panel.css?inline'
import { words } from '../words/words.ts'

const invitation = new Part(() => import('./invitation.ts'))

/** Invites to the group whose page has this path. */
export class InvitePeople extends LitElement {
  static override styles = [controls, panel, styles].map(unsafeCSS)
  static override properties = {
    group: { attribute: false },
    path: { attribute: false },
    isOpen: { state: true },
  }
  declare group: string
  declare path: string
  declare isOpen: boolean

  readonly #redraw = () => this.requestUpdate()

  constructor() {
    super()
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
        ${this.isOpen ? html`<h2 id="heading" dir="auto">${invite.heading(this.group)}</h2>${this.#ways()}` : nothing}
      </div>`
  }

  #ways(): TemplateResult | typeof nothing {
    return invitation.isHere(this.#redraw) ? html`<group-invitation .path=${this.path}></group-invitation>` : nothing
  }

  get #popover(): HTMLElement | null {
    return this.renderRoot.querySelector('[popover]')
  }

  readonly #handleToggle = (event: ToggleEvent) => {
    this.isOpen = event.newState === 'open'
    // The focus that is in it would go with it.
    if (
      !this.isOpen &&
      this.renderRoot instanceof ShadowRoot &&
      this.#popover?.contains(this.renderRoot.activeElement)
    ) {
      this.renderRoot.querySelector('button')?.focus()
    }
  }
}

customElements.define('invite-people', InvitePeople)
