// Owns the view of who is here now: the first few as avatars, and how many; it counts nobody itself.

import type { People } from '@chartroom/shared/client'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import type { GroupStore } from '../store.ts'
import controls from '../style/controls.css?inline'
import styles from '../style/presence.css?inline'
import { words } from '../words/words.ts'
import { avatar } from './avatar.ts'

/** How many avatars are drawn. */
const mostAvatars = 5

/** The people of one group, live. With the attribute `brief`, two of them and the bare count where there is little room. */
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
    return html`
      ${people.length === 0 ? nothing : avatars(count, people)}
      <span class="count">${count === 0 ? words().people.nobody : words().people.here(count)}</span>
      <span class="short" aria-hidden="true">${count}</span>
    `
  }
}

function avatars(count: number, people: People['people']): TemplateResult {
  const { away, more, list } = words().people
  const names = people.map((person) => (person.away ? away(person.name) : person.name))
  const unnamed = count - names.length
  const all = list([...names, ...(unnamed > 0 ? [more(unnamed)] : [])])
  return html`<span class="avatars" role="img" aria-label=${all} title=${all}>${people
    .slice(0, mostAvatars)
    .map((person) => html`<span class=${person.away ? 'away' : ''}>${avatar(person.name)}</span>`)}</span>`
}

customElements.define('people-here', PeopleHere)
