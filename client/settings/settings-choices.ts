// Owns the rows in which the reader chooses; what there is to choose, and what it does, is settings.ts's.

import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import controls from '../style/controls.css?inline'
import styles from '../style/settings-choices.css?inline'
import { settingsWords } from '../words/settings.ts'
import { type Choice, choices, type Setting, type Settings } from './settings.ts'

/** All settings of the page, each with its choices. */
export class SettingsChoices extends LitElement {
  static override styles = [controls, styles].map(unsafeCSS)
  static override properties = { settings: { attribute: false } }
  declare settings: Settings

  #undo: () => void = () => {}

  override connectedCallback(): void {
    super.connectedCallback()
    this.#undo = this.settings.onChange(() => this.requestUpdate())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#undo()
  }

  override render(): TemplateResult {
    const { names, hints } = settingsWords()
    return html`${this.#row('language', names.language)} ${this.#row('theme', names.theme)}
      ${this.#row('contrast', names.contrast)} ${this.#row('patterns', names.patterns, hints.patterns)}
      ${this.#row('news', names.news, hints.news)}`
  }

  #row<S extends Setting>(setting: S, names: Readonly<Record<Choice<S>, string>>, hint?: string): TemplateResult {
    const all: readonly Choice<S>[] = choices[setting]
    const hintId = `${setting}-hint`
    return html`<div class="row" role="radiogroup" aria-labelledby=${setting} aria-describedby=${hint === undefined ? nothing : hintId}>
      <span id=${setting}>${settingsWords().labels[setting]}</span>
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
}

customElements.define('settings-choices', SettingsChoices)
