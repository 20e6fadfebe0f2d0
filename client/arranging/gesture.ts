// Owns a chart that is being dragged or pulled at its corner: where all would stand if it were let go. It touches no page.

import type { Chart, Size } from '@chartroom/shared'
import { type GridColumns, sizesOf } from '../charts/sizes.ts'
import { nearestPlace, type Pitch } from './packing.ts'
import { resized } from './resized.ts'

/** A point of the grid, px from its corner. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** The grid that the charts stand on. */
export interface Grid extends Pitch {
  readonly columns: GridColumns
}

/** What a chart is dragged by: itself, to another place; or its corner, to another size. */
export type Grip = 'move' | 'resize'

/** A pointer that moves less is a click, px. */
const leastPx = 6

/** One drag of one chart, from the pointer going down to its going up. */
export class Gesture {
  readonly id: string
  readonly grip: Grip
  readonly #charts: readonly Chart[]
  readonly #grid: Grid
  readonly #start: Point
  readonly #corner: Point
  readonly #shown: Size
  #point: Point
  #hasMoved = false
  #place: number
  #size: Size

  /** `start` is where the pointer went down, `corner` where the chart's own corner is; nothing moves under one drag. */
  constructor(grip: Grip, id: string, charts: readonly Chart[], grid: Grid, start: Point, corner: Point) {
    this.grip = grip
    this.id = id
    this.#charts = charts
    this.#grid = grid
    this.#start = start
    this.#corner = corner
    this.#point = start
    this.#place = charts.findIndex((chart) => chart.id === id)
    this.#shown = sizesOf(charts, grid.columns)[this.#place] ?? { columns: 2, rows: 2 }
    this.#size = this.#chart?.size ?? this.#natural
  }

  /** Whether the pointer went further than in a click. */
  get hasMoved(): boolean {
    return this.#hasMoved
  }

  /** The charts in the order, and of the sizes, that they would have. */
  get charts(): readonly Chart[] {
    const chart = this.#chart
    if (chart === undefined) return this.#charts
    const others = this.#charts.filter(({ id }) => id !== this.id)
    const now = this.grip === 'resize' && this.#hasMoved ? { ...chart, size: this.#size } : chart
    return [...others.slice(0, this.#place), now, ...others.slice(this.#place)]
  }

  /** Where the corner of the dragged chart is. */
  get corner(): Point {
    const { x, y } = this.#point
    return { x: this.#corner.x + x - this.#start.x, y: this.#corner.y + y - this.#start.y }
  }

  /** The chart before which it would stand; undefined: last. */
  get before(): string | undefined {
    return this.charts[this.#place + 1]?.id
  }

  /** The size it would have. */
  get size(): Size {
    return this.#size
  }

  /** The pointer is here now. */
  move(point: Point): void {
    this.#point = point
    if (Math.hypot(point.x - this.#start.x, point.y - this.#start.y) >= leastPx) this.#hasMoved = true
    if (!this.#hasMoved) return
    if (this.grip === 'move') this.#place = this.#nearest()
    else this.#size = this.#pulled()
  }

  get #chart(): Chart | undefined {
    return this.#charts.find(({ id }) => id === this.id)
  }

  // On a page of fewer columns the size that the kind would have is told on 12.
  get #natural(): Size {
    return sizesOf(this.#charts, 12)[this.#place] ?? this.#shown
  }

  #nearest(): number {
    const chart = this.#chart
    if (chart === undefined) return this.#place
    const others = this.#charts.filter(({ id }) => id !== this.id)
    const { columns } = this.#grid
    const sizesAt = (place: number) => sizesOf([...others.slice(0, place), chart, ...others.slice(place)], columns)
    return nearestPlace(others.length, sizesAt, columns, this.corner, this.#grid)
  }

  #pulled(): Size {
    const { columnPx, rowPx, columns } = this.#grid
    const across = (this.#point.x - this.#start.x) / columnPx
    const down = (this.#point.y - this.#start.y) / rowPx
    const shown = { columns: Math.round(this.#shown.columns + across), rows: Math.round(this.#shown.rows + down) }
    return resized(this.#chart?.size ?? this.#natural, shown, columns)
  }
}
