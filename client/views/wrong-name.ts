// Owns the page of an address that names no group, because no group can be called that.

import { html, LitElement, type TemplateResult, unsafeCSS } from 'lit'
import controls from '../style/controls.css?inline'
import styles from '../style/wrong-name.css?inline'
import { words } from '../words/words.ts'

/** Says what a name may be, and leads back. */
export class WrongName extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]
  static override properties = { name: { attribute: false } }
  declare name: string

  override render(): TemplateResult {
    const { group } = words()
    return html`<main>
      <h1>${group.badName(this.name)}</h1>
      <p>${group.badNameHint}</p>
      <p><a href="/">${group.back}</a></p>
    </main>`
  }
}

customElements.define('wrong-name', WrongName)
