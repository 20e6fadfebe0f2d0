// Owns what the arranger's hand does with the charts: which one it drags, sizes, has open, and what is said of that. What it
// makes is arranging.ts's.

import { type Chart, type ChartDraft, limits, type Size } from '@chartroom/shared'
import { type GridColumns, sizesOf } from '../charts/sizes.ts'
import type { GroupStore } from '../store.ts'
import { arrangingWords } from '../words/arranging.ts'
import { type Arranging, idOf } from './arranging.ts'
import { Gesture, type Grid, type Grip, type Point } from './gesture.ts'
import type { Direction } from './neighbour.ts'
import { within } from './resized.ts'
import type { Step } from './steps.ts'

/** What the panel is open for: a chart, or one that is still to be. */
export type Open = { readonly word: 'chart'; readonly id: string } | { readonly word: 'new' }

const growth: Readonly<Record<Direction, Size>> = {
  left: { columns: -1, rows: 0 },
  right: { columns: 1, rows: 0 },
  up: { columns: 0, rows: -1 },
  down: { columns: 0, rows: 1 },
}

/** One person's hand on the charts of a group, while arranging is on. */
export class Hand {
  readonly arranging: Arranging
  readonly store: GroupStore
  readonly #undo: () => void
  readonly #listeners = new Set<() => void>()
  readonly #createId: () => string
  #gesture: Gesture | undefined
  #open: Open | undefined
  #said = ''
  #wanted: string | undefined
  #sight: string | undefined

  /** `createId` makes an id that no other chart has. */
  constructor(arranging: Arranging, store: GroupStore, createId: () => string) {
    this.arranging = arranging
    this.store = store
    this.#createId = createId
    this.#undo = arranging.onChange(() => this.#tell())
  }

  /** The chart that is dragged or pulled. */
  get id(): string | undefined {
    return this.#gesture?.hasMoved ? this.#gesture.id : undefined
  }

  /** Whether a chart is dragged or pulled, or open in the panel; '' for neither. */
  stateOf(id: string): 'moved' | 'open' | '' {
    if (this.id === id) return 'moved'
    return this.#open?.word === 'chart' && this.#open.id === id ? 'open' : ''
  }

  /** Where the corner of the dragged chart is, px from the grid's; undefined while none is taken along. */
  get corner(): Point | undefined {
    return this.id !== undefined && this.#gesture?.grip === 'move' ? this.#gesture.corner : undefined
  }

  /** What the panel is open for. */
  get open(): Open | undefined {
    return this.#open
  }

  /** What was done last, for who cannot see it. */
  get said(): string {
    return this.#said
  }

  /** The charts as they stand while one is dragged. */
  shown(charts: readonly Chart[]): readonly Chart[] {
    return this.id === undefined ? charts : (this.#gesture?.charts ?? charts)
  }

  /** The chart whose frame is to have the focus now; told once. */
  takeFocus(): string | undefined {
    const wanted = this.#wanted
    this.#wanted = undefined
    return wanted
  }

  /** The chart that was just changed, perhaps out of sight, and is to be seen now; told once. */
  takeSight(): string | undefined {
    const sight = this.#sight
    this.#sight = undefined
    return sight
  }

  /** A pointer went down on a chart, or on its corner. `start` is where, `corner` where the chart begins. */
  grab(grip: Grip, id: string, grid: Grid, start: Point, corner: Point): void {
    this.#gesture = new Gesture(grip, id, this.store.charts(), grid, start, corner)
  }

  /** The pointer moved. */
  drag(point: Point): void {
    if (this.#gesture === undefined) return
    this.#gesture.move(point)
    if (this.#gesture.hasMoved) this.#tell()
  }

  /** The pointer went up: what stands there is made. True when it was more than a click. */
  drop(): boolean {
    const gesture = this.#gesture
    this.#gesture = undefined
    if (gesture === undefined || !gesture.hasMoved) return false
    const { id, before, size } = gesture
    if (gesture.grip === 'resize') this.#size(id, size)
    else this.#move(id, before)
    this.#tell()
    return true
  }

  /** Forgets a drag, as if the pointer had never gone down. True when there was one. */
  letGo(): boolean {
    const hasMoved = this.#gesture?.hasMoved === true
    this.#gesture = undefined
    if (hasMoved) this.#tell()
    return hasMoved
  }

  /** Moves a chart to a place in the order, from 0. */
  moveTo(id: string, place: number): void {
    const others = this.store.charts().filter((chart) => chart.id !== id)
    this.#sight = id
    this.#move(id, others[place]?.id)
  }

  /** Makes a chart a column or a row larger or smaller. */
  grow(id: string, direction: Direction): void {
    const { columns, rows } = this.sizeOf(id)
    const by = growth[direction]
    this.#size(id, within({ columns: columns + by.columns, rows: rows + by.rows }))
  }

  /** The size of a chart on a page of so many columns. */
  sizeOf(id: string, grid: GridColumns = 12): Size {
    const charts = this.shown(this.store.charts())
    const at = charts.findIndex((chart) => chart.id === id)
    const chart = charts[at]
    return (grid === 12 ? chart?.size : undefined) ?? sizesOf(charts, grid)[at] ?? { columns: 4, rows: 4 }
  }

  /** Takes a chart off the board. The one that then stands there has the focus. */
  remove(id: string): void {
    const charts = this.store.charts()
    const at = charts.findIndex((chart) => chart.id === id)
    const said = arrangingWords().removed(this.titleOf(id))
    if (!this.arranging.make({ type: 'remove', chart: id })) return
    this.#wanted = (charts[at + 1] ?? charts[at - 1])?.id
    this.#open = undefined
    this.#say(said)
  }

  /** Puts a chart like this one behind it. */
  duplicate(id: string): void {
    const draft = this.arranging.draft(id)
    if (draft === undefined) return
    const charts = this.store.charts()
    const next = charts[charts.findIndex((chart) => chart.id === id) + 1]?.id
    const copy: ChartDraft = { ...draft, id: this.#createId() }
    const title = this.titleOf(id)
    if (!this.arranging.make({ type: 'put', chart: copy, ...(next === undefined ? {} : { before: next }) })) return
    this.#wanted = copy.id
    if (this.#open !== undefined) this.#open = { word: 'chart', id: copy.id }
    this.#say(arrangingWords().duplicated(title))
  }

  /** Puts a new chart of these metrics behind all, and opens it. */
  add(metrics: readonly string[]): void {
    const id = this.#createId()
    if (!this.arranging.make({ type: 'put', chart: { id, metrics: [...metrics] } })) return
    this.#open = { word: 'chart', id }
    this.#sight = id
    this.#say(arrangingWords().added(this.titleOf(id)))
  }

  /** Shows a chart as it would be shown if nobody had arranged it, or all of them. */
  asItCame(id?: string): void {
    const draft = id === undefined ? undefined : this.arranging.draft(id)
    if (draft === undefined) this.arranging.make({ type: 'replace', board: null })
    else this.arranging.make({ type: 'put', chart: { id: draft.id, metrics: draft.metrics } })
    const { asItCameSaid, chartAsItCameSaid } = arrangingWords()
    this.#say(id === undefined ? asItCameSaid : chartAsItCameSaid(this.titleOf(id)))
  }

  /** Undoes the last step. */
  undo(): void {
    this.#sayStep(() => this.arranging.undo(), arrangingWords().undone)
  }

  /** Does again what was undone last. */
  redo(): void {
    this.#sayStep(() => this.arranging.redo(), arrangingWords().redone)
  }

  /** Opens the panel for a chart or a new one, or closes it: then the chart has the focus again. */
  show(open: Open | undefined): void {
    if (open === undefined && this.#open?.word === 'chart') this.#wanted = this.#open.id
    this.#open = open
    this.#tell()
  }

  /** Whether another chart may be put on the board. */
  get hasRoom(): boolean {
    return (this.store.board?.charts.length ?? 0) < limits.maxCharts
  }

  /** The title of a chart as it is shown. */
  readonly titleOf = (id: string): string => {
    return this.store.charts().find((chart) => chart.id === id)?.title ?? id
  }

  /** Calls the listener when anything here changed; returns the undo. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#undo()
    this.#listeners.clear()
    this.arranging.close()
  }

  #move(id: string, before: string | undefined): void {
    const now = this.store.charts()
    if (now[now.findIndex((chart) => chart.id === id) + 1]?.id === before) return
    this.arranging.make({ type: 'move', chart: id, ...(before === undefined ? {} : { before }) })
    const charts = this.store.charts()
    const place = charts.findIndex((chart) => chart.id === id) + 1
    this.#say(arrangingWords().moved(this.titleOf(id), place, charts.length))
  }

  #size(id: string, size: Size): void {
    this.arranging.change(id, { size }, `size ${id}`)
    this.#sight = id
    this.#say(arrangingWords().sized(this.titleOf(id), size))
  }

  // What a step takes off the board has its title only before, what it brings back only after.
  #sayStep(make: () => Step | undefined, said: (what: string) => string): void {
    const before = new Map(this.store.charts().map(({ id, title }) => [id, title]))
    const step = make()
    if (step === undefined) return
    const id = idOf(step.done)
    this.#sight = id
    this.#say(said(id === undefined ? arrangingWords().asItCame : (before.get(id) ?? this.titleOf(id))))
  }

  #say(text: string): void {
    this.#said = text
    this.#tell()
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}
