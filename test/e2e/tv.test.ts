import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { faultsOf } from '../support/axe.ts'
import { OpenHouse } from '../support/open-house.ts'
import { textOf, type Visitor } from '../support/visitor.ts'

const house = new OpenHouse()
const wall = { viewport: { width: 1_920, height: 1_080 } }

/** Eight charts: the first page is a number, lines, a gauge, a donut and bars. */
async function fill(): Promise<void> {
  const now = Date.now()
  await house.post('metrics', [
    ...[60, 30, 0].map((ago) => ({ metric: 'visitors', value: 1_240 - ago, time: now - ago * 1_000, order: 1 })),
    ...[60, 30, 0].flatMap((ago) =>
      ['EU', 'US'].map((region) => {
        const labels = { region }
        return { metric: 'requests', labels, value: 900 - ago, time: now - ago * 1_000, as: 'line', order: 2 }
      }),
    ),
    { metric: 'cpu', value: 64, unit: '%', order: 3 },
    { metric: 'payments', labels: { by: 'card' }, value: 60, as: 'pie', order: 4 },
    { metric: 'payments', labels: { by: 'cash' }, value: 40, as: 'pie', order: 4 },
    { metric: 'orders', labels: { item: 'Shirts' }, value: 5, order: 5 },
    { metric: 'orders', labels: { item: 'Socks' }, value: 20, order: 5 },
    { metric: 'revenue', value: 48_200, unit: '€', order: 6 },
    { metric: 'returns', labels: { item: 'Socks' }, value: 2, as: 'table', order: 7 },
  ])
  await house.post('annotations', { author: 'Ana', text: 'hello' })
  await house.post('annotations', { author: 'ci', text: '1.4', kind: 'deploy' })
  await house.post('annotations', { author: 'Omar', text: 'sold `out`?', pin: { metric: 'orders', category: 'Socks' } })
}

async function postTill(group: string): Promise<void> {
  await fetch(`${house.url}/api/groups/${group}/metrics`, { method: 'POST', body: new URLSearchParams({ till: '12' }) })
}

const titlesOn = ({ page }: Visitor) => page.locator('chart-card h2').allTextContents()

/** What of the page is cut off or can be scrolled to, in px of the screen; and what its lowest part leaves free. */
function overflowOf(page: Page) {
  return page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement
    const foot = document.querySelector('tv-view')?.shadowRoot?.querySelector('footer')?.getBoundingClientRect()
    const below = Math.round(innerHeight - (foot?.bottom ?? 0))
    return { right: scrollWidth - innerWidth, down: scrollHeight - innerHeight, below }
  })
}

/** The sizes of all texts that can be seen, px of the screen; the letters in pins are as large as their pins. */
function textSizesOf(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    function sizesIn(node: Node): number[] {
      if (node instanceof Element && node.matches('style, chart-pins, .hidden')) return []
      const { parentElement } = node
      if (node instanceof Text && node.data.trim() !== '' && parentElement?.checkVisibility()) {
        return [Number.parseFloat(getComputedStyle(parentElement).fontSize) * parentElement.currentCSSZoom]
      }
      const root = node instanceof Element && node.shadowRoot !== null ? node.shadowRoot : node
      return [...root.childNodes].flatMap(sizesIn)
    }
    return sizesIn(document.body)
  })
}

describe('a wall', () => {
  it('fills its screen with charts and what was said last, in letters that are read from afar', async () => {
    await fill()
    const ana = await house.visit(`/g/${house.group}?tv`, wall)
    for (const title of ['visitors', 'requests', 'cpu', 'payments', 'orders']) await ana.drawn(title)
    await expect.poll(() => titlesOn(ana)).toHaveLength(5)
    const foot = ana.page.locator('footer article')
    await expect.poll(() => textOf(foot.first())).toMatch(/ci \d\d:\d\d deploy 1\.4/)
    await expect.poll(() => textOf(foot.last())).toMatch(/Omar \d\d:\d\d orders \/ Socks sold out\?/)
    for (const [width, height] of [
      [1_280, 720],
      [3_840, 2_160],
      [1_080, 1_920],
      [1_920, 1_080],
    ] as const) {
      await ana.page.setViewportSize({ width, height })
      await expect.poll(() => overflowOf(ana.page)).toEqual({ right: 0, down: 0, below: 0 })
      await expect
        .poll(async () => Math.min(...(await textSizesOf(ana.page))))
        .toBeCloseTo((24 * Math.min(width, height)) / 1_080, 0)
    }
    await house.post('annotations', { author: 'Lena', text: 'Not yet' })
    await expect.poll(() => textOf(foot.last())).toContain('Not yet')
  })

  it('has nothing to press, and counts nobody who watches it from afar', async () => {
    await fill()
    const ana = await house.visit(`/g/${house.group}?tv`, wall)
    await ana.drawn('orders')
    const isFocusNowhere = () => ana.page.evaluate(() => document.activeElement === document.body)
    await ana.page.keyboard.press('Tab')
    expect(await isFocusNowhere()).toBe(true)
    await ana.page.keyboard.press('ArrowRight')
    await ana.drawn('returns')
    await ana.page.keyboard.press('Tab')
    expect(await isFocusNowhere()).toBe(true)
    const here = ana.page.locator('.people')
    await expect.poll(() => textOf(here)).toBe('nobody here')
    await house.visit()
    await expect.poll(() => textOf(here)).toBe('1 here')
  })

  it('hides a pointer that rests, turns its pages, then shows the next group, which never opens empty', async () => {
    await fill()
    const next = `${house.group}-next`
    await postTill(next)
    const ana = await house.visit('about:blank', wall, '')
    await ana.page.clock.install()
    await ana.page.goto(`${house.url}/?tv=${house.group},nobody,${next}&everyMs=40000`)
    const heading = ana.page.getByRole('heading', { level: 1 })
    await ana.drawn('orders')
    const cursor = () => ana.page.locator('tv-view').evaluate((element) => getComputedStyle(element).cursor)
    // It rests 3 s after it moved, and is never still before the eyes of who looks in time.
    const moved = async () => {
      await ana.page.mouse.move(Math.random() * 100, 10)
      return cursor()
    }
    await expect.poll(moved).toBe('auto')
    await ana.page.clock.runFor(40_000)
    await expect.poll(cursor).toBe('none')
    await expect.poll(() => titlesOn(ana)).toEqual(['revenue', 'returns'])
    await expect.poll(() => ana.page.getByRole('img', { name: 'Group 1 of 3, Page 2 of 2' }).count()).toBe(1)
    await ana.page.clock.runFor(40_000)
    await expect.poll(() => textOf(heading)).toBe(next)
    await expect.poll(() => titlesOn(ana)).toEqual(['till'])
    await expect.poll(() => ana.page.title()).toBe(`${next} · Chartroom`)
  })

  it('is come to from the settings, and turned, held and left by keys', async () => {
    await fill()
    const ana = await house.visit(undefined, wall)
    await ana.page.getByRole('button', { name: 'Settings' }).click()
    await ana.page.getByRole('link', { name: 'Show on a wall' }).click()
    await ana.page.waitForURL(`**/g/${house.group}?tv`)
    await ana.drawn('orders')
    await ana.page.keyboard.press('ArrowRight')
    await expect.poll(() => titlesOn(ana)).toContain('returns')
    await ana.page.keyboard.press('ArrowLeft')
    await expect.poll(() => titlesOn(ana)).toContain('orders')
    await ana.page.keyboard.press('Space')
    await expect.poll(() => textOf(ana.page.locator('.held'))).toBe('Held')
    await ana.page.keyboard.press('Space')
    await expect.poll(() => textOf(ana.page.locator('.held'))).toBe('')
    await ana.page.keyboard.press('Escape')
    await ana.page.waitForURL(`**/g/${house.group}`)
  })

  it('is dark unless its address says light, and shuts nobody out in either', async () => {
    await fill()
    const ana = await house.visit(`/g/${house.group}?tv`, { ...wall, colorScheme: 'light', bypassCSP: true })
    const scheme = () => ana.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)
    await ana.drawn('orders')
    expect(await scheme()).toBe('dark')
    expect(await faultsOf(ana.page)).toEqual([])
    await ana.page.goto(`${house.url}/g/${house.group}?tv&theme=light&lang=zh`)
    await ana.drawn('orders')
    expect(await scheme()).toBe('light')
    expect(await faultsOf(ana.page)).toEqual([])
  })
})

describe('a wall of all groups', () => {
  it('shows those that have charts, and takes new ones in', async () => {
    await house.post('annotations', { author: 'Ana', text: 'no numbers here' })
    const ana = await house.visit('about:blank', wall, '')
    await ana.page.clock.install()
    await ana.page.goto(`${house.url}/?tv`)
    const first = `${house.group}-first`
    await postTill(first)
    const heading = ana.page.getByRole('heading', { level: 1 })
    const seen = new Set<string>()
    await expect
      .poll(async () => {
        await ana.page.clock.runFor(5_000)
        await ana.page.keyboard.press('ArrowRight')
        return seen.add(await textOf(heading)).has(first)
      })
      .toBe(true)
    expect(seen).not.toContain(house.group)
  })
})
