import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadLibrary } from '../../../client/charts/library.ts'
import { type Kind, kinds } from '../../../shared/index.ts'
import { dataOf, figureOf, isOnCanvas, look, optionOf } from '../../../shared/option/index.ts'
import { chartOf, groupOf, samples, viewOf } from '../../shared/option/group.ts'

// The page draws on a canvas; without a browser only SVG can be drawn.
use([SVGRenderer])

afterEach(() => {
  vi.restoreAllMocks()
})

type DrawnKind = Exclude<Kind, 'number' | 'table'>

const drawn = kinds.filter((kind): kind is DrawnKind => kind !== 'number' && kind !== 'table')
const values = samples('orders', { Shirts: 431, Socks: 312, Hats: 64 })
const later = samples('orders', { Shirts: 440, Socks: 300, Hats: 70 })

/** The SVG of a chart that was made with the first batches and then merged with the last. */
async function svgOf(kind: DrawnKind, theme: 'light' | 'dark'): Promise<string> {
  await loadLibrary(kind)
  const view = viewOf()
  const canvas = init(null, null, { renderer: 'svg', ssr: true, width: view.width, height: view.height })
  const figures = [groupOf(values, values), groupOf(values, values, later)].map((state) =>
    figureOf(chartOf('orders', kind), state, look(theme), view),
  )
  for (const [at, figure] of figures.entries()) {
    if (figure === undefined || !isOnCanvas(figure)) throw new Error('nothing to draw')
    if (at === 0) canvas.setOption(optionOf(figure, look(theme), view))
    else canvas.setOption(dataOf(figure))
  }
  const svg = canvas.renderToSVGString()
  canvas.dispose()
  return svg
}

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  const [ink, ochre, sea] = look(theme).categories.map(({ mark }) => mark)

  it.each(drawn)('what is registered is enough to draw a %s, and ECharts warns of nothing', async (kind) => {
    const complaints = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')].map((spy) => spy.mockReturnValue())
    const svg = await svgOf(kind, theme)
    const { depth } = look(theme)
    const colors = kind === 'gauge' ? [ink] : kind === 'heat' ? [depth[1], depth.at(-1)] : [ink, ochre, sea]
    for (const color of colors) expect(svg).toContain(color)
    for (const complaint of complaints) expect(complaint).not.toHaveBeenCalled()
  })
})

it.each(drawn)('a %s writes no name of a category', async (kind) => {
  expect(await svgOf(kind, 'light')).not.toMatch(/Shirts|Socks|Hats|orders/)
})

it('a line chart has labels on its axis, and none at the least', async () => {
  const svg = await svgOf('line', 'light')
  expect(svg).toContain('>400<')
  expect(svg).not.toContain('>0<')
})
