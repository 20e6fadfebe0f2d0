// Owns which parts of ECharts are here: loaded late, for it is large, and for each kind of chart only what draws it.
// What is missing in a part fails in silence: test/client/charts/echarts.test.ts draws every option that we can make.

import type { CanvasFigure } from '@chartroom/shared/option'

/** What makes canvases. */
export type Library = typeof import('./echarts/canvas.ts')

type DrawnKind = CanvasFigure['kind']

// Whoever lost the line has it back by itself; a page of an earlier build is told so by the page.
const retryMs = 5_000

const parts: Readonly<Record<DrawnKind, () => Promise<Library>>> = {
  line: () => import('./echarts/line.ts'),
  area: () => import('./echarts/line.ts'),
  bar: () => import('./echarts/bar.ts'),
  pie: () => import('./echarts/pie.ts'),
  gauge: () => import('./echarts/gauge.ts'),
  heat: () => import('./echarts/heat.ts'),
}

const libraries = new Map<DrawnKind, Library>()
const loading = new Map<DrawnKind, Promise<void>>()

/** What draws a kind; undefined until it was loaded. */
export function libraryFor(kind: DrawnKind): Library | undefined {
  return libraries.get(kind)
}

/** Loads what draws a kind. Resolves without it when it cannot be had; it is tried again when it is asked for later. */
export function loadLibrary(kind: DrawnKind): Promise<void> {
  const going = loading.get(kind) ?? load(kind)
  loading.set(kind, going)
  return going
}

async function load(kind: DrawnKind): Promise<void> {
  try {
    libraries.set(kind, await parts[kind]())
  } catch {
    setTimeout(() => loading.delete(kind), retryMs)
  }
}
