// Owns the live region of a group: it says what changed while the reader asked for it, and is empty otherwise.

import type { Connection } from '@chartroom/shared/client'
import { html, LitElement, type TemplateResult, unsafeCSS } from 'lit'
import { onSecond } from '../charts/ticker.ts'
import type { Settings } from '../settings/settings.ts'
import type { GroupStore } from '../store.ts'
import controls from '../style/controls.css?inline'
import { words } from '../words/words.ts'
import { glanceOf } from './glance.ts'
import { Teller } from './teller.ts'

/** What a screen reader is told of a group. */
export class SpokenNews extends LitElement {
  static override styles = unsafeCSS(controls)
  static override properties = {
    connection: { attribute: false },
    store: { attribute: false },
    settings: { attribute: false },
    said: { state: true },
  }
  declare connection: Connection
  declare store: GroupStore
  declare settings: Settings
  declare said: string

  #teller: Teller | undefined
  #undo: () => void = () => {}

  constructor() {
    super()
    this.said = ''
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#undo = onSecond(() => this.#tell())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#undo()
  }

  override render(): TemplateResult {
    return html`<p class="hidden" role="status" aria-live="polite">${this.said}</p>`
  }

  #tell(): void {
    const { replica } = this.store
    if (!this.settings.speaks) {
      this.#teller = undefined
      this.said = ''
      return
    }
    // Nothing is news before there is something that it could differ from.
    if (!replica.isFilled) return
    this.#teller ??= new Teller(() => performance.now(), this.#glance())
    this.said = this.#teller.tell(() => this.#glance(), words()) ?? this.said
  }

  #glance() {
    const { store, connection } = this
    return glanceOf(store.state, store.charts(), connection.state.word, store.replica.name, store.now())
  }
}

customElements.define('spoken-news', SpokenNews)
