// Owns one ECharts instance: made late, merged into while its structure stands, resized, disposed. Figures are option's.

import { type CanvasFigure, dataOf, type Look, optionOf, structureOf, type View } from '@chartroom/shared/option'
import type { Canvas } from './echarts/canvas.ts'
import { type Library, libraryFor, loadLibrary } from './library.ts'

/** A chart on a canvas that fills an element. */
export class LiveChart {
  readonly #element: HTMLElement
  readonly #handleReady: () => void
  #canvas: Canvas | undefined
  #structure: string | undefined
  /** Of the canvas, which keeps it for life. */
  #sharpness = 0
  #kind: CanvasFigure['kind'] | undefined
  #isClosed = false

  /** `handleReady` is called when `show` can draw what it could not yet. */
  constructor(element: HTMLElement, handleReady: () => void) {
    this.#element = element
    this.#handleReady = handleReady
  }

  /** Draws a figure; false when ECharts is still on its way. */
  show(figure: CanvasFigure, look: Look, view: View): boolean {
    const library = libraryFor(figure.kind)
    if (library === undefined) {
      void this.#wait(figure.kind)
      return false
    }
    // A canvas draws only the kinds that were loaded when it was made.
    if (figure.kind !== this.#kind) this.#free()
    this.#kind = figure.kind
    const canvas = this.#canvasOf(library, view)
    this.#set(canvas, figure, look, view)
    // Painted now, and not in ECharts' own next frame: the text over it is not late either.
    canvas.getZr().flush()
    return true
  }

  /** Frees the canvas. Closing twice is legal. */
  close(): void {
    this.#isClosed = true
    this.#free()
  }

  // Another screen, or a page enlarged otherwise, needs another canvas, or it would be blurred.
  #canvasOf({ createCanvas, sharpnessOf }: Library, { width, height }: View): Canvas {
    const sharpness = sharpnessOf(this.#element)
    if (sharpness !== this.#sharpness) this.#free()
    this.#sharpness = sharpness
    this.#canvas ??= createCanvas(this.#element, width, height, sharpness)
    return this.#canvas
  }

  #free(): void {
    this.#canvas?.dispose()
    this.#canvas = undefined
    this.#structure = undefined
  }

  #set(canvas: Canvas, figure: CanvasFigure, look: Look, view: View): void {
    const { width, height } = view
    const structure = structureOf(figure, look, view)
    if (structure === this.#structure) {
      canvas.setOption(dataOf(figure))
      return
    }
    if (width !== canvas.getWidth() || height !== canvas.getHeight()) canvas.resize({ width, height })
    canvas.setOption(optionOf(figure, look, view), { notMerge: true })
    this.#structure = structure
  }

  async #wait(kind: CanvasFigure['kind']): Promise<void> {
    await loadLibrary(kind)
    if (libraryFor(kind) !== undefined && !this.#isClosed) this.#handleReady()
  }
}
