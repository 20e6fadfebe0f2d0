// Owns the lobby: all groups as cards, and how to start one; what stands on a card is lobby-card.ts.

import { type GroupSummary, limits } from '@chartroom/shared'
import type { Connection } from '@chartroom/shared/client'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { followSeen } from '../hidden.ts'
import type { Kept } from '../kept.ts'
import { avatar } from '../people/avatar.ts'
import type { Self } from '../self.ts'
import type { Settings } from '../settings/settings.ts'
import '../settings/settings-menu.ts'
import { GroupStore } from '../store.ts'
import bar from '../style/bar.css?inline'
import codeStyles from '../style/code.css?inline'
import controls from '../style/controls.css?inline'
import styles from '../style/lobby.css?inline'
import { words } from '../words/words.ts'
import { code } from './code.ts'
import './connection-state.ts'
import '../copy-button.ts'
import { Directory } from './directory.ts'
import { directoryHost } from './directory-host.ts'
import { startLine, textOf } from './fill-lines.ts'
import './lobby-card.ts'
import { mark } from './mark.ts'

const paceMs = 2_000
const windowMs = 300_000
// A group that nobody has: the line that starts one names it.
const exampleGroup = 'shop'

/** All groups of this server. */
export class LobbyView extends LitElement {
  static override styles = [controls, bar, codeStyles, styles].map(unsafeCSS)
  static override properties = {
    connection: { attribute: false },
    self: { attribute: false },
    settings: { attribute: false },
    kept: { attribute: false },
  }
  declare connection: Connection
  declare self: Self
  declare settings: Settings
  declare kept: Kept

  readonly #stores = new Map<string, GroupStore>()
  #directory: Directory | undefined
  #undoSeen: () => void = () => {}

  override connectedCallback(): void {
    super.connectedCallback()
    this.#directory = new Directory(directoryHost, () => this.#handleGroups())
    this.#undoSeen = followSeen(
      document,
      () => paceMs,
      () => [...this.#stores.values()].map(({ replica }) => replica),
    )
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#directory?.close()
    this.#undoSeen()
    for (const store of this.#stores.values()) store.close()
    this.#stores.clear()
  }

  override render(): TemplateResult {
    const { lobby } = words()
    const groups = this.#directory?.groups ?? []
    return html`
      <header>
        <a class="home" href="/" aria-label=${lobby.heading}>${mark}</a>
        <span class="name">Chartroom</span>
        <connection-state .connection=${this.connection}></connection-state>
        ${this.#me()}
        <settings-menu .settings=${this.settings}></settings-menu>
      </header>
      <main>
        <h1>${lobby.heading}</h1>
        <p class="summary" role="status">${this.#summary(groups)}</p>
        <ul>
          ${repeat(
            groups,
            ({ group }) => group,
            (summary) => html`<li>
              <lobby-card .summary=${summary} .store=${this.#stores.get(summary.group)} .me=${this.self.name}></lobby-card>
            </li>`,
          )}
        </ul>
        ${this.#start()}
      </main>
    `
  }

  #me(): TemplateResult {
    const { name } = this.self
    return html`<span class="me">${name === undefined ? nothing : html`${avatar(name)} ${name}`}</span>`
  }

  #summary(groups: readonly GroupSummary[]): string {
    const { lobby } = words()
    const state = this.#directory?.state ?? 'reading'
    switch (state) {
      case 'reading':
        return lobby.reading
      case 'unread':
        return lobby.unread
      case 'read':
        return groups.length === 0
          ? lobby.none
          : lobby.summary(
              groups.length,
              groups.reduce((sum, { people }) => sum + people, 0),
            )
      default:
        return state satisfies never
    }
  }

  #start(): TemplateResult {
    const { lobby } = words()
    const line = startLine(location.origin, exampleGroup)
    return html`<section class="start">
      <div>
        <h2>${lobby.start}</h2>
        <p>${lobby.startHint}</p>
      </div>
      <div class="line">${code(line)}<copy-button .text=${textOf(line)}></copy-button></div>
    </section>`
  }

  // The first groups are followed, so that their numbers move; one socket takes no more.
  #handleGroups(): void {
    for (const { group } of this.#directory?.groups.slice(0, limits.maxGroupsPerSocket) ?? []) {
      if (!this.#stores.has(group)) this.#stores.set(group, this.#follow(group))
    }
    this.requestUpdate()
  }

  #follow(group: string): GroupStore {
    const replica = this.connection.follow(group, { paceMs, windowMs, present: false })
    return new GroupStore(replica, () => this.connection.serverNow(), this.kept)
  }
}

customElements.define('lobby-view', LobbyView)
