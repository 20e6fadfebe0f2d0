import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { LiveChart } from '../../../client/charts/live-chart.ts'
import { type CanvasFigure, figureOf, look, type View } from '../../../shared/option/index.ts'
import { chartOf, groupOf, samples, viewOf } from '../../shared/option/group.ts'

const { canvas, createCanvas, sharpnessOf } = vi.hoisted(() => {
  const canvas = {
    setOption: vi.fn(),
    resize: vi.fn(),
    dispose: vi.fn(),
    getWidth: () => 640,
    getHeight: () => 236,
    getZr: () => ({ flush: () => {} }),
  }
  return { canvas, createCanvas: vi.fn(() => canvas), sharpnessOf: vi.fn(() => 2) }
})

vi.mock('../../../client/charts/echarts/canvas.ts', () => ({ createCanvas, sharpnessOf }))

// Nothing of an element is touched here but by ECharts.
const element = Object.create(null)
const light = look('light')
const view = viewOf()

function bars(values: Readonly<Record<string, number>>, place: View = view): CanvasFigure {
  const figure = figureOf(chartOf('orders', 'bar'), groupOf(samples('orders', values, { max: 100 })), light, place)
  if (figure?.kind !== 'bar') throw new Error('there are no bars')
  return figure
}

// ECharts is loaded once for the page.
beforeAll(
  () =>
    new Promise<void>((resolve) => {
      const chart = new LiveChart(element, resolve)
      chart.show(bars({ a: 1 }), light, view)
    }),
)

beforeEach(() => {
  vi.clearAllMocks()
})

const createChart = () => new LiveChart(element, () => {})

it('draws nothing while ECharts is on its way, and says when it can', async () => {
  vi.resetModules()
  const { LiveChart: FreshChart } = await import('../../../client/charts/live-chart.ts')
  await new Promise<void>((resolve) => {
    const chart = new FreshChart(element, resolve)
    expect(chart.show(bars({ a: 1 }), light, view)).toBe(false)
    expect(createCanvas).not.toHaveBeenCalled()
  })
})

describe('a live chart', () => {
  it('is made when it is first shown, with the full option', () => {
    const chart = createChart()
    chart.show(bars({ a: 1 }), light, view)
    expect(createCanvas).toHaveBeenCalledExactlyOnceWith(element, 640, 236, 2)
    expect(canvas.setOption).toHaveBeenNthCalledWith(1, expect.objectContaining({ grid: expect.anything() }), {
      notMerge: true,
    })
  })

  it('is merged into while only values change', () => {
    const chart = createChart()
    chart.show(bars({ a: 5 }), light, view)
    canvas.setOption.mockClear()
    chart.show(bars({ a: 6 }), light, view)
    expect(canvas.setOption).toHaveBeenCalledExactlyOnceWith(expect.not.objectContaining({ grid: expect.anything() }))
  })

  it.each([
    ['another category', bars({ a: 5, b: 6 }), light, view],
    ['another theme', bars({ a: 5 }), look('dark'), view],
  ])('begins anew with %s', (_, figure, colors, place) => {
    const chart = createChart()
    chart.show(bars({ a: 5 }), light, view)
    canvas.setOption.mockClear()
    chart.show(figure, colors, place)
    expect(canvas.setOption).toHaveBeenCalledExactlyOnceWith(expect.anything(), { notMerge: true })
    expect(canvas.resize).not.toHaveBeenCalled()
  })

  it('takes another size', () => {
    const chart = createChart()
    const wide = viewOf({ width: 800 })
    chart.show(bars({ a: 5 }, wide), light, wide)
    expect(canvas.resize).toHaveBeenCalledExactlyOnceWith({ width: 800, height: 236 })
  })

  it('is made anew, with the full option, as sharp as another screen', () => {
    const chart = createChart()
    chart.show(bars({ a: 5 }), light, view)
    vi.clearAllMocks()
    sharpnessOf.mockReturnValueOnce(3)
    chart.show(bars({ a: 6 }), light, view)
    expect(canvas.dispose).toHaveBeenCalledTimes(1)
    expect(createCanvas).toHaveBeenCalledExactlyOnceWith(element, 640, 236, 3)
    expect(canvas.setOption).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ grid: expect.anything() }), {
      notMerge: true,
    })
  })

  it('is made anew for another kind, which the canvas may not know', async () => {
    const figure = figureOf(chartOf('orders', 'pie'), groupOf(samples('orders', { a: 1 })), light, view)
    if (figure?.kind !== 'pie') throw new Error('there are no slices')
    await new Promise<void>((resolve) => {
      new LiveChart(element, resolve).show(figure, light, view)
    })
    const chart = createChart()
    chart.show(bars({ a: 1 }), light, view)
    chart.show(figure, light, view)
    expect(canvas.dispose).toHaveBeenCalledOnce()
    expect(createCanvas).toHaveBeenCalledTimes(2)
  })

  it('frees its canvas once', () => {
    const chart = createChart()
    chart.show(bars({ a: 5 }), light, view)
    chart.close()
    chart.close()
    expect(canvas.dispose).toHaveBeenCalledTimes(1)
  })
})
