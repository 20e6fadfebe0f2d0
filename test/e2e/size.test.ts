import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { listOf } from '../support/chunks.ts'
import { OpenHouse } from '../support/open-house.ts'

const house = new OpenHouse()
const packed = { extraHTTPHeaders: { 'Accept-Encoding': 'gzip' } }

/** Bytes by script, of those that a page had asked for by a moment (ms since it began). */
async function fetched(page: Page, byMs = Number.POSITIVE_INFINITY): Promise<ReadonlyMap<string, number>> {
  const scripts = await page.evaluate(() =>
    performance.getEntriesByType('resource').flatMap((entry) => {
      const isScript = entry instanceof PerformanceResourceTiming && entry.name.endsWith('.js')
      return isScript ? [{ name: entry.name, atMs: entry.startTime, bytes: entry.encodedBodySize }] : []
    }),
  )
  return new Map(scripts.filter(({ atMs }) => atMs <= byMs).map(({ name, bytes }) => [name, bytes]))
}

function total(scripts: ReadonlyMap<string, number>): number {
  return [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0)
}

it('a browser fetches less than 60 KB of scripts before it shows the lobby', async () => {
  await house.post('metrics', { orders: 5 })
  const ana = await house.visit('/', packed)
  await ana.page.locator('lobby-card').first().waitFor()
  const scripts = await fetched(ana.page)
  expect(total(scripts), listOf(scripts)).toBeLessThan(60_000)
  expect(total(scripts)).toBeGreaterThan(10_000)
})

it.each(['line', 'bar', 'pie', 'gauge', 'heat'])(
  'a browser fetches less than 230 KB of scripts before it draws a first chart that is a %s',
  async (kind) => {
    const times = [60_000, 30_000, 0].map((ago) => Date.now() - ago)
    const labels = kind === 'gauge' ? [{}] : [{ item: 'Shirts' }, { item: 'Socks' }]
    const sample = { metric: 'orders', value: 40, unit: '%', min: 0, max: 100, as: kind }
    await house.post(
      'metrics',
      times.flatMap((time) => labels.map((label) => ({ ...sample, labels: label, time }))),
    )
    const ana = await house.visit('/', packed)
    await ana.page.addInitScript(() => {
      // After 5 s the rest of the page would no longer wait for the first chart: here it does, on a slow machine too.
      const set = window.setTimeout.bind(window)
      Object.assign(window, { setTimeout: (run: () => void, ms = 0) => set(run, ms === 5_000 ? 3_600_000 : ms) })
      document.addEventListener('drawn', () => performance.mark('drawn'), { capture: true, once: true })
    })
    await ana.page.goto(`${house.url}/g/${house.group}`)
    await ana.drawn('orders')
    const drawnMs = await ana.page.evaluate(() => performance.getEntriesByName('drawn')[0]?.startTime ?? Number.NaN)
    const scripts = await fetched(ana.page, drawnMs)
    expect(total(scripts), listOf(scripts)).toBeLessThan(230_000)
    expect(total(scripts)).toBeGreaterThan(100_000)
  },
)
