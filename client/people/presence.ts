// Owns the view of who is here now: the first few as avatars, and how many; it counts nobody itself.

import { html, LitElement, type TemplateResult, unsafeCSS } from 'lit'
import type { GroupStore } from '../store.ts'
import controls from '../style/controls.css?inline'
import styles from '../style/presence.css?inline'
import { words } from '../words/words.ts'
import { avatar } from './avatar.ts'

/** How many avatars are drawn. */
const mostAvatars = 5

/** The people of one group, live. */
export class PeopleHere extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]
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
    const { count, people } = this.store.replica.people
    return presence(
      count,
      people.map(({ name }) => name),
    )
  }
}

/** So many people, of whom these are named. */
export function presence(count: number, names: readonly string[]): TemplateResult {
  const { people } = words()
  const unnamed = count - names.length
  const all = [...names, ...(unnamed > 0 && names.length > 0 ? [people.more(unnamed)] : [])].join(', ')
  return html`
    ${names.length === 0 ? '' : html`<span class="avatars" role="img" aria-label=${all} title=${all}>${names.slice(0, mostAvatars).map(avatar)}</span>`}
    <span class="count">${count === 0 ? people.nobody : people.here(count)}</span>
    <span class="short" aria-hidden="true">${count}</span>
  `
}

customElements.define('people-here', PeopleHere)
