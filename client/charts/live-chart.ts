// Owns one ECharts instance: made late, merged into while its structure stands, resized, disposed. Figures are option's.

import { type CanvasFigure, dataOf, type Look, optionOf, structureOf, type View } from '@chartroom/shared/option'
import type { Canvas } from './echarts.ts'

type Library = typeof import('./echarts.ts')

let library: Library | undefined
let loading: Promise<void> | undefined

/** A chart on a canvas that fills an element. */
export class LiveChart {
  readonly #element: HTMLElement
  readonly #handleReady: () => void
  #canvas: Canvas | undefined
  #structure: string | undefined
  #isClosed = false

  /** `handleReady` is called when `show` can draw what it could not yet. */
  constructor(element: HTMLElement, handleReady: () => void) {
    this.#element = element
    this.#handleReady = handleReady
  }

  /** Draws a figure; false when ECharts is still on its way. */
  show(figure: CanvasFigure, look: Look, view: View): boolean {
    if (library === undefined) {
      this.#wait()
      return false
    }
    const { width, height } = view
    this.#canvas ??= library.createCanvas(this.#element, width, height)
    const structure = structureOf(figure, look, view)
    if (structure === this.#structure) {
      this.#canvas.setOption(dataOf(figure))
      return true
    }
    if (width !== this.#canvas.getWidth() || height !== this.#canvas.getHeight()) this.#canvas.resize({ width, height })
    this.#canvas.setOption(optionOf(figure, look, view), { notMerge: true })
    this.#structure = structure
    return true
  }

  /** Frees the canvas. Closing twice is legal. */
  close(): void {
    this.#isClosed = true
    this.#canvas?.dispose()
    this.#canvas = undefined
  }

  #wait(): void {
    loading ??= load()
    void loading.then(() => {
      if (library !== undefined && !this.#isClosed) this.#handleReady()
    })
  }
}

// The page's numbers are text and stand without it; the next drawing tries again.
async function load(): Promise<void> {
  try {
    library = await import('./echarts.ts')
  } catch {
    loading = undefined
  }
}
