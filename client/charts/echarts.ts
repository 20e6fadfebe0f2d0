// Owns ECharts: the only module that imports it, with exactly what our options use. Loaded late, for it is large.

import { BarChart, GaugeChart, HeatmapChart, LineChart, PieChart } from 'echarts/charts'
import { GridComponent, VisualMapPiecewiseComponent } from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

// What is missing here fails in silence: test/client/charts/echarts.test.ts renders every option that we can make.
use([
  CanvasRenderer,
  GridComponent,
  VisualMapPiecewiseComponent,
  LineChart,
  BarChart,
  PieChart,
  GaugeChart,
  HeatmapChart,
])

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
