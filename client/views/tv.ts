// Owns a wall: a page of charts that fills the screen, what was said last, and how live it is. Nothing on it can be
// pointed at; a few keys turn its pages. Which page is shown is the tour's.

import type { Connection } from '@chartroom/shared/client'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import { repeat } from 'lit/directives/repeat.js'
import '../charts/chart-card.ts'
import { onSecond } from '../charts/ticker.ts'
import type { Kept } from '../kept.ts'
import { GroupStore } from '../store.ts'
import controls from '../style/controls.css?inline'
import styles from '../style/tv.css?inline'
import { keptWindow } from '../window.ts'
import { timeOfDay } from '../words/clock.ts'
import { words } from '../words/words.ts'
import { keepAwake, type ScreenLocks } from './awake.ts'
import { isOutdated } from './build.ts'
import './connection-state.ts'
import { Directory } from './directory.ts'
import { directoryHost } from './directory-host.ts'
import { followInStride, slowedMs } from './group-pace.ts'
import { mark } from './mark.ts'
import { groupPathOf } from './place.ts'
import { type Stop, Tour } from './tour.ts'
import type { TvAddress } from './tv-address.ts'
import { tvMarks } from './tv-marks.ts'
import { type TvPage, tvPagesOf } from './tv-pages.ts'
import { tvTalk } from './tv-talk.ts'
import { watchWallZoom } from './wall-zoom.ts'

const paceMs = 1_000
// A pointer that rested so long is not wanted.
const restMs = 3_000

// Undefined over plain http, whatever its type says.
const locks: ScreenLocks | undefined = navigator.wakeLock

/** A wall of charts, for people who stand before it. */
export class TvView extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]
  static override properties = {
    connection: { attribute: false },
    kept: { attribute: false },
    address: { attribute: false },
  }
  declare connection: Connection
  declare kept: Kept
  declare address: TvAddress

  readonly #portrait = matchMedia('(orientation: portrait)')
  readonly #redraw = () => this.requestUpdate()
  #tour: Tour | undefined
  #wasLive = false
  #rest: ReturnType<typeof setTimeout> | undefined
  #undos: (() => void)[] = []

  override connectedCallback(): void {
    super.connectedCallback()
    const tour = this.#begin()
    this.#tour = tour
    this.#portrait.addEventListener('change', this.#redraw)
    document.addEventListener('keydown', this.#handleKey)
    document.addEventListener('pointermove', this.#handlePointer)
    this.#undos = [
      this.#visit(tour),
      followInStride(
        () => paceMs,
        () => tour.stores.map(({ replica }) => replica),
      ),
      keepAwake(document, locks),
      watchWallZoom(document.documentElement, window),
      onSecond(this.#redraw),
      this.connection.onState(() => this.#handleState()),
      () => this.#portrait.removeEventListener('change', this.#redraw),
      () => document.removeEventListener('keydown', this.#handleKey),
      () => document.removeEventListener('pointermove', this.#handlePointer),
      () => clearTimeout(this.#rest),
      () => tour.close(),
    ]
    this.#handlePointer()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const undo of this.#undos) undo()
  }

  override render(): TemplateResult {
    const stop = this.#tour?.stop
    if (this.#tour === undefined || stop === undefined) return html`<main><p>${words().lobby.none}</p></main>`
    return html`${this.#head(this.#tour, stop)}
      <main aria-label=${words().group.charts}>${this.#charts(stop)}</main>
      ${tvTalk(stop.store)}`
  }

  #head({ groups, isHeld }: Tour, { store, page }: Stop): TemplateResult {
    const { people, tv } = words()
    const { count } = store.replica.people
    const progress = {
      groups: groups.length,
      group: groups.indexOf(store.group),
      pages: this.#pagesOf(store).length,
      page,
    }
    return html`<header>
      ${mark}
      <h1 dir="auto">${store.group}</h1>
      <connection-state bare .connection=${this.connection} .numbers=${() => ({ slowedMs: slowedMs(), numbersTime: store.state.time })}></connection-state>
      <span class="held" role="status">${isHeld ? tv.held : ''}</span>
      ${tvMarks(progress)}
      <span class="people">${count === 0 ? people.nobody : people.here(count)}</span>
      <time>${timeOfDay(store.now())}</time>
    </header>`
  }

  #charts({ store, page }: Stop): unknown {
    const rows = this.#pagesOf(store)[page]
    if (rows === undefined) return store.replica.isFilled ? html`<p>${words().empty.heading(store.group)}</p>` : nothing
    // Another page is another element, so that it fades in.
    return keyed(
      `${store.group} ${page}`,
      html`<div class="charts" .style=${`grid-template-rows: repeat(${rows.length}, minmax(0, 1fr))`}>
        ${repeat(
          rows.flat(),
          ({ chart }) => chart.id,
          ({ chart, columns }) =>
            html`<chart-card wall .store=${store} .chart=${chart} .style=${`grid-column: span ${columns}`}></chart-card>`,
        )}
      </div>`,
    )
  }

  #pagesOf(store: GroupStore): readonly TvPage[] {
    return tvPagesOf(store.charts(), this.#portrait.matches ? 'portrait' : 'landscape')
  }

  #begin(): Tour {
    const host = {
      follow: (group: string) => this.#follow(group),
      pagesOf: (store: GroupStore) => this.#pagesOf(store).length,
      handleChange: () => this.#handleTour(),
    }
    return new Tour(host, this.address.everyMs)
  }

  /** Sends the tour through the groups of the address, or through those of the lobby that have charts. */
  #visit(tour: Tour): () => void {
    const { groups } = this.address
    if (groups !== 'all') {
      tour.visit(groups)
      return () => {}
    }
    const directory = new Directory(directoryHost, () => {
      tour.visit(directory.groups.filter(({ series }) => series > 0).map(({ group }) => group))
    })
    return () => directory.close()
  }

  #follow(group: string): GroupStore {
    // A wall is nobody who is here.
    const options = { paceMs: slowedMs() ?? paceMs, windowMs: keptWindow(this.kept, group), present: false }
    const store = new GroupStore(this.connection.follow(group, options), this.connection.serverNow, this.kept)
    store.onPeople(this.#redraw)
    store.onTalk(() => {
      store.trimTalk()
      this.requestUpdate()
    })
    return store
  }

  #handleTour(): void {
    const group = this.#tour?.stop?.store.group
    if (group !== undefined) document.title = `${group} · Chartroom`
    this.requestUpdate()
  }

  // A wall hangs for weeks: a server that came back may have another build of this page.
  #handleState(): void {
    const isLive = this.connection.state.word === 'live'
    if (isLive && !this.#wasLive) void this.#reloadOutdated()
    this.#wasLive = isLive
  }

  async #reloadOutdated(): Promise<void> {
    const script = document.querySelector('script[type="module"][src]')?.getAttribute('src')
    const read = async () => (await fetch(location.href)).text()
    if (await isOutdated({ script, read })) location.reload()
  }

  readonly #handleKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    switch (event.key) {
      case 'Escape':
        this.#leave()
        break
      case ' ':
        this.#tour?.hold(!this.#tour.isHeld)
        break
      case 'ArrowRight':
        this.#tour?.go(1)
        break
      case 'ArrowLeft':
        this.#tour?.go(-1)
        break
      default:
        return
    }
    event.preventDefault()
  }

  #leave(): void {
    const store = this.#tour?.stop?.store
    location.assign(store === undefined ? '/' : groupPathOf(store.group))
  }

  readonly #handlePointer = () => {
    this.removeAttribute('resting')
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.setAttribute('resting', ''), restMs)
  }
}

customElements.define('tv-view', TvView)
