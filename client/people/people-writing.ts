// Owns the line that says who is writing now; that I write is the composer's to tell.

import type { People } from '@chartroom/shared/client'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import type { GroupStore } from '../store.ts'
import styles from '../style/people-writing.css?inline'
import { words } from '../words/words.ts'

/** Who else is writing in a group, live. */
export class PeopleWriting extends LitElement {
  static override styles = unsafeCSS(styles)
  static override properties = { store: { attribute: false } }
  declare store: GroupStore
  #undo: (() => void) | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#undo = this.store.onPeople(() => this.requestUpdate())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#undo?.()
  }

  override render(): TemplateResult {
    const { people, name } = this.store.replica
    const names = writersAmong(people, name)
    return html`${names.length === 0 ? nothing : words().people.writing(names)}`
  }
}

/** The names of those who are writing, without mine. */
export function writersAmong({ people }: People, me: string | undefined): readonly string[] {
  return people.filter(({ name, typing }) => typing && name !== me).map(({ name }) => name)
}

customElements.define('people-writing', PeopleWriting)
