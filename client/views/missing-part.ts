// Owns what the reader is told when a part of the page does not come, and the way out.

import { html, LitElement, type TemplateResult, unsafeCSS } from 'lit'
import controls from '../style/controls.css?inline'
import styles from '../style/missing-part.css?inline'
import { words } from '../words/words.ts'

/** Says that a part of the page is missing, and offers to load the page again. What stands on the page stays. */
export class MissingPart extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]

  override render(): TemplateResult {
    const { missing } = words()
    return html`<p role="alert">${missing.part}</p>
      <button class="button" @click=${() => location.reload()}>${missing.reload}</button>`
  }
}

customElements.define('missing-part', MissingPart)
