// Owns a chart's canvas: the core of ECharts, without which none can be drawn. What each kind needs more is its neighbours'.

import { type EChartsType, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([CanvasRenderer])

/** One chart on a canvas in this element. */
export type Canvas = EChartsType

/** How many pixels of the screen are a px of this element: the screen's own, times what the page is enlarged by. */
export function sharpnessOf(element: Element): number {
  // Undefined in browsers before 2024, whatever its type says.
  const zoom: number | undefined = element.currentCSSZoom
  return devicePixelRatio * (zoom ?? 1)
}

/** Makes a chart in an element that has a size (px) and a sharpness. Dispose of it, or it is never freed. */
export function createCanvas(element: HTMLElement, width: number, height: number, sharpness: number): Canvas {
  return init(element, null, { renderer: 'canvas', width, height, devicePixelRatio: sharpness })
}
