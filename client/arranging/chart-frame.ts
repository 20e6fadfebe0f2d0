// Owns the frame around one chart that is arranged: what takes pointer, finger and keys. What they do is hand.ts's.

import type { Chart } from '@chartroom/shared'
import { html, LitElement, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit'
import type { GridColumns } from '../charts/sizes.ts'
import styles from '../style/chart-frame.css?inline'
import controls from '../style/controls.css?inline'
import { arrangingWords } from '../words/arranging.ts'
import { words } from '../words/words.ts'
import type { Grid, Grip, Point } from './gesture.ts'
import type { Hand } from './hand.ts'
import { type Box, directionOf, neighbourOf } from './neighbour.ts'

// A chart that is dragged to the edge of the page takes the page along, this many px a frame.
const edgePx = 48
const scrollPx = 12

/** The frame of a chart; it lies over it, as its child. */
export class ChartFrame extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true }
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]
  static override properties = {
    hand: { attribute: false },
    chart: { attribute: false },
    place: { attribute: false },
    count: { attribute: false },
  }
  declare hand: Hand
  declare chart: Chart
  /** Its place in the order, from 0, of so many. */
  declare place: number
  declare count: number

  #undo: () => void = () => {}
  #pointer: PointerEvent | undefined
  #frame = 0

  override connectedCallback(): void {
    super.connectedCallback()
    this.#watch()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#undo()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('hand')) this.#watch()
  }

  override render(): TemplateResult {
    const arranging = arrangingWords()
    const { id, title } = this.chart
    const state = this.hand.stateOf(id)
    const size = arranging.size(this.hand.sizeOf(id))
    const label = arranging.frame(title, words().charts.kinds[this.chart.kind], size, this.place + 1, this.count)
    return html`<button
        class="grip ${state}"
        aria-label=${label}
        aria-keyshortcuts="Enter Delete Control+D ArrowLeft ArrowRight Shift+ArrowRight Shift+ArrowDown"
        @click=${this.#handleClick}
        @keydown=${this.#handleKey}
        @pointerdown=${this.#handleDown}
        @pointermove=${this.#handleMove}
        @pointerup=${this.#handleUp}
        @pointercancel=${this.#handleCancel}
      >
        <span class="head"></span>
        <span class="size">${state === 'moved' && this.hand.corner !== undefined ? arranging.moving(size) : size}</span>
        <span class="corner"></span>
      </button>`
  }

  #watch(): void {
    this.#undo()
    this.#undo = this.hand?.onChange(() => this.requestUpdate()) ?? (() => {})
  }

  readonly #handleClick = () => {
    // The click that ends a drag opens nothing.
    if (this.#pointer === undefined) this.hand.show({ word: 'chart', id: this.chart.id })
    this.#pointer = undefined
  }

  readonly #handleDown = (event: PointerEvent) => {
    this.#pointer = undefined
    const part = event.target instanceof Element ? event.target.className : ''
    // A finger that is not on the head or the corner scrolls the page.
    if (event.button !== 0 || (event.pointerType === 'touch' && part !== 'head' && part !== 'corner')) return
    const grip: Grip = part === 'corner' ? 'resize' : 'move'
    const stage = this.#stage
    const card = this.closest<HTMLElement>('chart-card')
    const grid = stage === null ? undefined : gridOf(stage)
    if (stage === null || card === null || grid === undefined) return
    if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId)
    this.hand.grab(grip, this.chart.id, grid, pointOf(event, stage), { x: card.offsetLeft, y: card.offsetTop })
    this.ownerDocument.addEventListener('keydown', this.#handleEscape, { capture: true })
  }

  readonly #handleMove = (event: PointerEvent) => {
    if (this.#stage === null) return
    this.hand.drag(pointOf(event, this.#stage))
    if (this.hand.id !== this.chart.id) return
    this.#pointer = event
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#scroll)
  }

  // While the pointer rests at an edge the page goes on, and the chart with it.
  readonly #scroll = () => {
    this.#frame = 0
    const pane = this.#pane
    if (this.#pointer === undefined || this.hand.id !== this.chart.id || pane === undefined || this.#stage === null)
      return
    const box = pane.getBoundingClientRect()
    const { clientY } = this.#pointer
    const by = clientY < box.top + edgePx ? -scrollPx : clientY > box.bottom - edgePx ? scrollPx : 0
    if (by === 0) return
    pane.scrollBy(0, by)
    this.hand.drag(pointOf(this.#pointer, this.#stage))
    this.#frame = requestAnimationFrame(this.#scroll)
  }

  readonly #handleUp = () => {
    this.#release()
    if (!this.hand.drop()) this.#pointer = undefined
  }

  readonly #handleCancel = () => {
    this.#release()
    this.hand.letGo()
  }

  readonly #handleEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !this.hand.letGo()) return
    event.stopPropagation()
    event.preventDefault()
  }

  #release(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    this.ownerDocument.removeEventListener('keydown', this.#handleEscape, { capture: true })
  }

  readonly #handleKey = (event: KeyboardEvent) => {
    const direction = directionOf(event.key)
    const isCommand = event.ctrlKey || event.metaKey
    const { id } = this.chart
    if (direction !== undefined && !isCommand && !event.altKey) {
      if (event.shiftKey) this.hand.grow(id, direction)
      else this.hand.moveTo(id, neighbourOf(this.#boxes(), this.place, direction))
    } else if (event.key === 'Delete' || event.key === 'Backspace') this.hand.remove(id)
    else if (isCommand && event.key.toLowerCase() === 'd') this.hand.duplicate(id)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  #boxes(): readonly Box[] {
    const cards = this.#stage?.querySelectorAll<HTMLElement>('chart-card') ?? []
    return [...cards].map(({ offsetLeft: x, offsetTop: y, offsetWidth: width, offsetHeight: height }) => {
      return { x, y, width, height }
    })
  }

  get #stage(): HTMLElement | null {
    return this.closest<HTMLElement>('.charts')
  }

  // What scrolls: the nearest around the charts that is cut.
  get #pane(): HTMLElement | undefined {
    let node: Node | null | undefined = this.#stage
    while (node !== null && node !== undefined) {
      if (node instanceof HTMLElement && node.scrollHeight > node.clientHeight && isScrolled(node)) return node
      node = node.parentNode instanceof ShadowRoot ? node.parentNode.host : node.parentNode
    }
    return undefined
  }
}

function isScrolled(element: HTMLElement): boolean {
  return /auto|scroll/.test(getComputedStyle(element).overflowY)
}

// The page may be enlarged: what a pointer tells is in px of the screen.
function pointOf({ clientX, clientY }: MouseEvent, stage: HTMLElement): Point {
  const box = stage.getBoundingClientRect()
  const scale = stage.offsetWidth / Math.max(1, box.width)
  return { x: (clientX - box.left) * scale, y: (clientY - box.top) * scale }
}

function gridOf(stage: HTMLElement): Grid | undefined {
  const style = getComputedStyle(stage)
  const widths = style.gridTemplateColumns.split(' ')
  const columns = widths.length
  if (!isGridColumns(columns)) return undefined
  return {
    columns,
    columnPx: Number.parseFloat(widths[0] ?? '') + Number.parseFloat(style.columnGap),
    rowPx: Number.parseFloat(style.gridAutoRows) + Number.parseFloat(style.rowGap),
  }
}

function isGridColumns(count: number): count is GridColumns {
  return count === 12 || count === 8 || count === 4
}

customElements.define('chart-frame', ChartFrame)
