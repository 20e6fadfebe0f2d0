// Owns how the reader chooses: a button in the bar, and below it the choices and the way to the keys.

import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { isPageKey } from '../page-key.ts'
import { Part } from '../part.ts'
import controls from '../style/controls.css?inline'
import panel from '../style/panel.css?inline'
import styles from '../style/settings-menu.css?inline'
import { words } from '../words/words.ts'
import type { KeysDialog } from './keys-dialog.ts'
import type { Settings } from './settings.ts'

const choices = new Part(() => import('./settings-choices.ts'))
const keysDialog = new Part(() => import('./keys-dialog.ts'))

/** The settings as a popover. The key `?` shows the keys of the page. */
export class SettingsMenu extends LitElement {
  static override styles = [controls, panel, styles].map(unsafeCSS)
  static override properties = {
    settings: { attribute: false },
    isOpen: { state: true },
    hasKeys: { state: true },
  }
  declare settings: Settings
  declare isOpen: boolean
  /** Whether the keys were asked for. */
  declare hasKeys: boolean

  readonly #redraw = () => this.requestUpdate()

  constructor() {
    super()
    this.isOpen = false
    this.hasKeys = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('keydown', this.#handleKey)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('keydown', this.#handleKey)
  }

  override render(): TemplateResult {
    const { settings, keys, tv } = words()
    return html`<button class="settings" popovertarget="menu" aria-haspopup="dialog" aria-label=${settings.heading} title=${settings.heading}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2 4.5h5.5m4 0H14M2 11.5h2.5m4 0H14" /><circle cx="9.5" cy="4.5" r="2" /><circle cx="6.5" cy="11.5" r="2" />
        </svg>
      </button>
      <div id="menu" popover role="dialog" aria-labelledby="heading" @beforetoggle=${this.#handleToggle}>
        <h2 id="heading">${settings.heading}</h2>
        ${this.isOpen && choices.isHere(this.#redraw) ? html`<settings-choices .settings=${this.settings}></settings-choices>` : nothing}
        <button class="button" @click=${this.#openKeys}>${keys.heading} <kbd>?</kbd></button>
        <a class="button" href="?tv">${tv.open}</a>
      </div>
      ${this.hasKeys && keysDialog.isHere(this.#redraw) ? html`<keys-dialog></keys-dialog>` : nothing}`
  }

  readonly #handleKey = (event: KeyboardEvent) => {
    if (!isPageKey(event, '?')) return
    event.preventDefault()
    void this.#openKeys()
  }

  // The focus that is in it would go with it.
  readonly #handleToggle = ({ newState }: ToggleEvent) => {
    this.isOpen = newState === 'open'
    if (newState === 'closed' && this.#popover?.matches(':focus-within')) {
      this.renderRoot.querySelector<HTMLElement>('.settings')?.focus()
    }
  }

  get #popover(): HTMLElement | null {
    return this.renderRoot.querySelector('[popover]')
  }

  // The dialog gives the focus back to where it was, which must not be a popover that is gone.
  readonly #openKeys = async () => {
    this.#popover?.hidePopover()
    await keysDialog.come()
    this.hasKeys = true
    await this.updateComplete
    this.renderRoot.querySelector<KeysDialog>('keys-dialog')?.open()
  }
}

customElements.define('settings-menu', SettingsMenu)
