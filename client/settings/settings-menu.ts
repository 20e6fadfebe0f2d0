// Owns how the reader chooses: a button in the bar, and below it the choices and the way to the keys.

import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { isPageKey } from '../page-key.ts'
import controls from '../style/controls.css?inline'
import styles from '../style/settings-menu.css?inline'
import { words } from '../words/words.ts'
import { KeysDialog } from './keys-dialog.ts'
import { type Choice, choices, type Setting, type Settings } from './settings.ts'

/** The settings as a popover. The key `?` shows the keys of the page. */
export class SettingsMenu extends LitElement {
  static override styles = [controls, styles].map(unsafeCSS)
  static override properties = { settings: { attribute: false } }
  declare settings: Settings

  #undo: () => void = () => {}

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('keydown', this.#handleKey)
    this.#undo = this.settings.onChange(() => this.requestUpdate())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('keydown', this.#handleKey)
    this.#undo()
  }

  override render(): TemplateResult {
    const { settings, keys, tv } = words()
    const { names, hints } = settings
    return html`<button class="settings" popovertarget="menu" aria-haspopup="dialog" aria-label=${settings.heading} title=${settings.heading}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2 4.5h5.5m4 0H14M2 11.5h2.5m4 0H14" /><circle cx="9.5" cy="4.5" r="2" /><circle cx="6.5" cy="11.5" r="2" />
        </svg>
      </button>
      <div id="menu" popover role="dialog" aria-labelledby="heading" @beforetoggle=${this.#handleToggle}>
        <h2 id="heading">${settings.heading}</h2>
        ${this.#row('language', names.language)} ${this.#row('theme', names.theme)}
        ${this.#row('contrast', names.contrast)} ${this.#row('patterns', names.patterns, hints.patterns)}
        ${this.#row('news', names.news, hints.news)}
        <button class="button" @click=${this.#openKeys}>${keys.heading} <kbd>?</kbd></button>
        <a class="button" href="?tv">${tv.open}</a>
      </div>
      <keys-dialog></keys-dialog>`
  }

  #row<S extends Setting>(setting: S, names: Readonly<Record<Choice<S>, string>>, hint?: string): TemplateResult {
    const all: readonly Choice<S>[] = choices[setting]
    const hintId = `${setting}-hint`
    return html`<div class="row" role="radiogroup" aria-labelledby=${setting} aria-describedby=${hint === undefined ? nothing : hintId}>
      <span id=${setting}>${words().settings.labels[setting]}</span>
      <span class="choices">${all.map((choice) => this.#choice(setting, choice, names[choice]))}</span>
      ${hint === undefined ? nothing : html`<span id=${hintId} class="hint">${hint}</span>`}
    </div>`
  }

  #choice(setting: Setting, choice: Choice, name: string): TemplateResult {
    const { settings } = this
    // In high contrast there is nothing to choose about them.
    const isFixed = setting === 'patterns' && settings.contrast === 'high'
    const chosen = isFixed ? 'on' : settings.read(setting)
    const language = setting === 'language' && choice !== 'system' ? choice : nothing
    return html`<label lang=${language}>
      <input type="radio" name=${setting} .checked=${choice === chosen} ?disabled=${isFixed} @change=${() => settings.choose(setting, choice)} />
      <span>${name}</span>
    </label>`
  }

  readonly #handleKey = (event: KeyboardEvent) => {
    if (!isPageKey(event, '?')) return
    event.preventDefault()
    this.#openKeys()
  }

  // The focus that is in it would go with it.
  readonly #handleToggle = ({ newState }: ToggleEvent) => {
    if (newState === 'closed' && this.#popover?.querySelector(':focus')) {
      this.renderRoot.querySelector<HTMLElement>('.settings')?.focus()
    }
  }

  get #popover(): HTMLElement | null {
    return this.renderRoot.querySelector('[popover]')
  }

  // The dialog gives the focus back to where it was, which must not be a popover that is gone.
  readonly #openKeys = () => {
    this.#popover?.hidePopover()
    const dialog = this.renderRoot.querySelector('keys-dialog')
    if (dialog instanceof KeysDialog) dialog.open()
  }
}

customElements.define('settings-menu', SettingsMenu)
