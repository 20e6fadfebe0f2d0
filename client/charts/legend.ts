// Owns a chart's legend: its names where the marks are, each a button that leaves its series out, or shows it alone.

import {
  type AreaFigure,
  type BarFigure,
  backgroundOf,
  formatQuantity,
  formatShare,
  type HiddenEnd,
  isNamed,
  type Line,
  type LineFigure,
  type NamedFigure,
  type PieFigure,
  type View,
} from '@chartroom/shared/option'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { soloed, toggled } from '../hidden-series.ts'
import controls from '../style/controls.css?inline'
import styles from '../style/legend.css?inline'
import box from '../style/popover.css?inline'
import { words } from '../words/words.ts'
import type { Drawn } from './drawn.ts'
import { placeOf } from './key-place.ts'
import { type LegendName, legendNamesOf } from './legend-names.ts'
import { LongPress } from './long-press.ts'
import { popover } from './popover.ts'

// From the plot to the names at the lines' ends, and from the ring to the list of its slices.
const endGapPx = 8
const listGapPx = 20
// From this width on the list has room for the values too, and any legend for more names.
const widePx = 420
const valuesFromPx = 340
const mostNames = { wide: 10, narrow: 6 }

/** Somebody wants these series left out of a chart, and no others. */
export class HideEvent extends Event {
  readonly keys: ReadonlySet<string>

  constructor(keys: ReadonlySet<string>) {
    super('hide')
    this.keys = keys
  }
}

/** The legend of what is drawn. Dispatches `hide`. */
export class ChartLegend extends LitElement {
  static override styles = [controls, box, styles].map(unsafeCSS)
  static override properties = {
    drawn: { attribute: false },
    leftOut: { attribute: false },
    isOpen: { state: true },
  }
  declare drawn: Drawn | undefined
  /** The keys of the series that are left out. */
  declare leftOut: ReadonlySet<string>
  /** Whether the names without room are shown. */
  declare isOpen: boolean

  readonly #press = new LongPress()
  /** What was left out before the click that may become a double click. */
  #before: ReadonlySet<string> = new Set()
  /** The name at which the Tab key stops. */
  #stop: string | undefined
  /** Where the names at the lines' ends are held while the pointer is on them. */
  #held: ReadonlyMap<string, number> | undefined

  constructor() {
    super()
    this.leftOut = new Set()
    this.isOpen = false
  }

  override render(): TemplateResult | typeof nothing {
    if (this.drawn === undefined || !isNamed(this.drawn.figure)) return nothing
    const { figure, view } = this.drawn
    const hasNames = this.#keysOfAll().length > 0
    return html`<div
      class=${figure.kind}
      role=${hasNames ? 'toolbar' : nothing}
      aria-label=${hasNames ? words().legend.label : nothing}
      @keydown=${this.#handleKey}
      @focusin=${this.#handleFocus}
      @pointerleave=${this.#release}
    >
      ${this.#names(figure, view)}
    </div>`
  }

  #names(figure: NamedFigure, view: View): TemplateResult {
    switch (figure.kind) {
      case 'line':
        return this.#ends(figure, view)
      case 'area':
        return this.#keys(figure, view)
      case 'bar':
        return this.#keys(figure, view)
      case 'pie':
        return this.#list(figure, view)
      default:
        return figure satisfies never
    }
  }

  #ends(figure: LineFigure, view: View): TemplateResult {
    const names = new Map(legendNamesOf(figure).map((name) => [name.key, name]))
    const most = mostOf(view)
    const left = figure.plot.left + figure.plot.width + endGapPx
    const end = (line: Line | HiddenEnd, value: unknown) => {
      const name = names.get(line.key)
      const top = this.#held?.get(line.key) ?? line.y
      const style = `left: ${left}px; top: ${top}px; max-width: ${view.width - left}px`
      return html`<div class="end ${line.isSilent ? 'silent' : ''}" .style=${style}>
        ${name === undefined ? nothing : this.#button(name)}${value}
      </div>`
    }
    const value = (line: Line) =>
      html`<span class="value" aria-hidden="true">${formatQuantity(line.value, figure.unit, view.locale).brief}</span>`
    const ends = [
      ...figure.lines.map((line) => ({ line, value: value(line) })),
      ...figure.hidden.map((line) => ({ line, value: nothing })),
    ].sort((a, b) => a.line.place - b.line.place)
    return html`${repeat(
      ends.slice(0, most),
      ({ line }) => line.key,
      ({ line, value }) => end(line, value),
    )}${this.#more([...names.values()], view)}`
  }

  #keys(figure: AreaFigure | BarFigure, view: View): TemplateResult {
    const names = legendNamesOf(figure)
    return html`${repeat(
      names.slice(0, mostOf(view)),
      ({ key }) => key,
      (name) => this.#button(name),
    )}${figure.kind === 'bar' || figure.rest === undefined ? nothing : rest()}${this.#more(names, view)}`
  }

  #list(figure: PieFigure, view: View): TemplateResult {
    const slices = new Map(figure.slices.map((slice) => [slice.key, slice]))
    const hasValue = view.width >= valuesFromPx && figure.unit !== '%'
    const row = (key: string | undefined, name: TemplateResult) => {
      const slice = slices.get(key)
      const value = slice && formatQuantity(slice.value, figure.unit, view.locale).brief
      return html`<div class="slice ${slice?.isSilent ? 'silent' : ''}">
        ${name}${hasValue ? html`<span class="count" aria-hidden="true">${value}</span>` : nothing}
        <span class="share" aria-hidden="true">${slice && formatShare(slice.share)}</span>
      </div>`
    }
    return html`<div class="list" .style=${`left: ${2 * figure.radius + listGapPx}px`}>
      ${repeat(
        legendNamesOf(figure),
        ({ key }) => key,
        (name) => row(name.key, this.#button(name)),
      )}${slices.has(undefined) ? row(undefined, rest()) : nothing}
    </div>`
  }

  #button(name: LegendName): TemplateResult {
    const { key, color, isHidden } = name
    return html`<button
      class="name"
      dir="auto"
      data-key=${key}
      title=${words().legend.hint(name.name)}
      aria-pressed=${!isHidden}
      tabindex=${key === this.#stopOf() ? 0 : -1}
      .style=${`--mark: ${color.mark}; --fill: ${backgroundOf(color)}; --text: ${color.text}`}
      @pointerenter=${this.#hold}
      @pointerdown=${(event: PointerEvent) => this.#press.begin(event, () => this.#solo(key, this.leftOut))}
      @click=${(event: MouseEvent) => this.#handleClick(event, key)}
    >
      <i></i><span>${name.name}</span>
    </button>`
  }

  // What has no room stands in a list of its own.
  #more(names: readonly LegendName[], view: View): TemplateResult | typeof nothing {
    const others = names.slice(mostOf(view))
    if (others.length === 0) return nothing
    const place = { x: view.width, y: 0 }
    const list = html`<div class="others">${others.map((name) => this.#button(name))}</div>`
    return html`<button
        class="more"
        aria-expanded=${this.isOpen}
        aria-label=${words().legend.more(others.length)}
        @click=${() => {
          this.isOpen = !this.isOpen
        }}
      >
        +${others.length}
      </button>
      ${this.isOpen ? popover(place, view, list) : nothing}`
  }

  #handleClick({ ctrlKey, metaKey, detail }: MouseEvent, key: string): void {
    if (this.#press.wasLong) return
    if (ctrlKey || metaKey) this.#solo(key, this.leftOut)
    else if (detail === 2) this.#solo(key, this.#before)
    else {
      this.#before = this.leftOut
      this.#hide(toggled(this.#keysOfAll(), this.leftOut, key))
    }
  }

  #solo(key: string, hidden: ReadonlySet<string>): void {
    this.#hide(soloed(this.#keysOfAll(), hidden, key))
  }

  #hide(keys: ReadonlySet<string>): void {
    this.dispatchEvent(new HideEvent(keys))
  }

  readonly #handleFocus = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement && target.dataset.key !== undefined) this.#stop = target.dataset.key
    this.requestUpdate()
  }

  readonly #handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && this.isOpen) {
      event.stopPropagation()
      this.isOpen = false
      this.renderRoot.querySelector<HTMLElement>('.more')?.focus()
      return
    }
    const stop = this.#stopOf()
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && stop !== undefined) {
      event.preventDefault()
      this.#solo(stop, this.leftOut)
      return
    }
    const all = [...this.renderRoot.querySelectorAll<HTMLElement>('button.name')]
    const at = all.findIndex((button) => button.dataset.key === stop)
    const next = all[placeOf(event.key, at, all.length) ?? -1]
    if (next === undefined) return
    event.preventDefault()
    next.focus()
  }

  // A name that is aimed at stays where it is, also while it is left out.
  readonly #hold = () => {
    const figure = this.drawn?.figure
    if (figure?.kind !== 'line') return
    this.#held ??= new Map([...figure.lines, ...figure.hidden].map(({ key, y }) => [key, y]))
  }

  readonly #release = () => {
    this.#held = undefined
    this.requestUpdate()
  }

  #keysOfAll(): readonly string[] {
    const figure = this.drawn?.figure
    return figure !== undefined && isNamed(figure) ? legendNamesOf(figure).map(({ key }) => key) : []
  }

  #stopOf(): string | undefined {
    const all = this.#keysOfAll()
    return all.find((key) => key === this.#stop) ?? all[0]
  }
}

function mostOf({ width }: View): number {
  return width >= widePx ? mostNames.wide : mostNames.narrow
}

function rest(): TemplateResult {
  return html`<span class="name rest" aria-hidden="true"><i></i><span>${words().charts.others}</span></span>`
}

customElements.define('chart-legend', ChartLegend)
