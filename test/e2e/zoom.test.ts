import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { faultsOf } from '../support/axe.ts'
import { OpenHouse, type VisitOptions } from '../support/open-house.ts'
import { textOf, textsOf, type Visitor } from '../support/visitor.ts'

const house = new OpenHouse()
const metrics = ['requests', 'jobs', 'errors'] as const
const kinds = { requests: 'line', jobs: 'area', errors: 'heat' } as const
const times = /^(\d\d:\d\d:\d\d)–(\d\d:\d\d:\d\d)$/

/** Five minutes of two regions, at first 100 and later 200, on three charts over time; and a number. */
async function fill(): Promise<void> {
  const end = Math.floor(Date.now() / 1_000) * 1_000
  const course = (metric: keyof typeof kinds, region: string, factor: number) =>
    Array.from({ length: 61 }, (_, at) => {
      const value = (at < 40 ? 100 : 200) * factor
      return { metric, labels: { region }, value, time: end - (60 - at) * 5_000, as: kinds[metric] }
    })
  await house.post('metrics', [
    ...metrics.flatMap((metric) => [...course(metric, 'EU', 1), ...course(metric, 'US', 3)]),
    { metric: 'visitors', value: 7 },
  ])
}

async function visit(options: VisitOptions = {}): Promise<Visitor> {
  await fill()
  const ana = await house.visit(undefined, { reducedMotion: 'reduce', ...options })
  // What is off the screen of a phone is not drawn.
  for (const metric of options.isMobile ? metrics.slice(0, 1) : metrics) await ana.drawn(metric)
  return ana
}

async function placeIn(card: Locator, across: number, down: number): Promise<{ x: number; y: number }> {
  const { x = 0, y = 0, width = 0, height = 0 } = (await card.locator('.body').boundingBox()) ?? {}
  return { x: x + width * across, y: y + height * down }
}

async function drag({ page }: Visitor, card: Locator, from: number, to: number): Promise<void> {
  const [start, end] = [await placeIn(card, from, 0.4), await placeIn(card, to, 0.4)]
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(end.x, end.y, { steps: 4 })
  await page.mouse.up()
}

const zoomed = ({ page }: Visitor) => page.locator('.zoomed')
const shown = async (ana: Visitor) => textsOf(zoomed(ana).locator('b'))
const surface = (card: Locator) => card.locator('chart-chooser .surface')
const moments = async (ana: Visitor) =>
  Promise.all(metrics.map((metric) => textsOf(ana.chart(metric).locator('chart-chooser .time'))))

describe('the cross-hair', () => {
  it('shows the moment that is pointed at on all charts over time, with what they say then', async () => {
    const ana = await visit()
    const { x, y } = await placeIn(ana.chart('requests'), 0.4, 0.3)
    await ana.page.mouse.move(x, y)
    await expect.poll(async () => new Set((await moments(ana)).flat()).size).toBe(1)
    await expect.poll(() => moments(ana)).toEqual(metrics.map(() => [expect.stringMatching(/^\d\d:\d\d:\d\d$/)]))
    await expect.poll(() => textsOf(ana.chart('jobs').locator('.reading'))).toEqual(['100', '300'])
    await expect.poll(() => ana.chart('errors').locator('.column').count()).toBe(1)
    await ana.page.mouse.move(2, 2)
    await expect.poll(() => moments(ana)).toEqual([[], [], []])
  })

  it('goes along with the keys', async () => {
    const ana = await visit()
    await surface(ana.chart('jobs')).press('End')
    await expect.poll(() => textsOf(ana.chart('requests').locator('.reading'))).toEqual(['200', '600'])
    await ana.page.keyboard.press('Home')
    await expect.poll(() => textsOf(ana.chart('requests').locator('.reading'))).toEqual(['100', '300'])
    await ana.page.keyboard.press('Escape')
    await expect.poll(() => moments(ana)).toEqual([[], [], []])
  })
})

describe('a drag over a chart', () => {
  it('zooms all charts over time into what it went over, says so, and a double click goes back', async () => {
    const ana = await visit({ bypassCSP: true })
    const card = ana.chart('requests')
    await expect.poll(() => textOf(card)).toMatch(/EU 200/)
    await drag(ana, card, 0.2, 0.4)
    await expect.poll(() => shown(ana)).toEqual([expect.stringMatching(times)])
    await expect.poll(() => textOf(card)).toMatch(/EU 100/)
    await expect.poll(() => textsOf(ana.chart('jobs').locator('.text .value'))).toEqual(['400'])
    const before = await shown(ana)
    await house.post('metrics', [
      { metric: 'visitors', value: 8 },
      ...['EU', 'US'].map((region) => ({ metric: 'requests', labels: { region }, value: 9 })),
    ])
    await expect.poll(() => textOf(ana.chart('visitors'))).toMatch(/8/)
    expect(await shown(ana)).toEqual(before)
    expect(await textOf(card)).toMatch(/EU 100/)
    expect(await faultsOf(ana.page)).toEqual([])
    const { x, y } = await placeIn(card, 0.3, 0.4)
    await ana.page.mouse.dblclick(x, y)
    await expect.poll(() => shown(ana)).toEqual([])
    await expect.poll(() => textOf(card)).toMatch(/EU 9/)
    expect(await ana.page.locator('composed-pin').count()).toBe(0)
  })

  it('says while it lasts that the page is paused, and what comes of it', async () => {
    const ana = await visit()
    const card = ana.chart('errors')
    const [start, end] = [await placeIn(card, 0.4, 0.4), await placeIn(card, 0.6, 0.4)]
    await ana.page.mouse.move(start.x, start.y)
    await ana.page.mouse.down()
    await ana.page.mouse.move(end.x, end.y, { steps: 4 })
    await expect.poll(() => textOf(ana.page.locator('connection-state'))).toBe('Paused you are selecting')
    await expect.poll(() => textOf(card.locator('.hint'))).toBe('Let go to zoom in')
    await ana.page.mouse.up()
    await expect.poll(() => textOf(ana.page.locator('connection-state'))).toMatch(/^Live/)
    await expect.poll(() => shown(ana)).toHaveLength(1)
  })

  it('can be pinned from where it says what is shown, and left by a button', async () => {
    const ana = await visit()
    await drag(ana, ana.chart('requests'), 0.2, 0.4)
    await expect.poll(() => shown(ana)).toHaveLength(1)
    const [range = ''] = await shown(ana)
    await ana.page.getByRole('button', { name: 'Pin this range' }).click()
    await expect.poll(() => textOf(ana.page.locator('composed-pin'))).toContain(range)
    await ana.page.getByRole('button', { name: 'Back to live' }).click()
    await expect.poll(() => shown(ana)).toEqual([])
    await expect.poll(() => ana.chart('requests').locator('.bracket').count()).toBe(1)
  })
})

describe('the keys', () => {
  it('select a range with Shift, zoom into it, and go back', async () => {
    const ana = await visit({ colorScheme: 'dark', bypassCSP: true })
    const card = ana.chart('requests')
    await surface(card).press('Home')
    await ana.page.keyboard.press('Shift+PageDown')
    await ana.page.keyboard.press('Shift+ArrowRight')
    const status = card.locator('chart-chooser').getByRole('status')
    await expect.poll(() => textOf(status)).toMatch(/^EU, \d\d:\d\d:\d\d–\d\d:\d\d:\d\d, z zooms in, Enter pins$/)
    expect(await faultsOf(ana.page)).toEqual([])
    await ana.page.keyboard.press('z')
    await expect.poll(() => shown(ana)).toHaveLength(1)
    await ana.page.keyboard.press('0')
    await expect.poll(() => shown(ana)).toEqual([])
    await ana.page.keyboard.press('z')
    await expect.poll(() => shown(ana)).toHaveLength(1)
    await ana.page.keyboard.press('Escape')
    await expect.poll(() => shown(ana)).toEqual([])
  })

  it('pin a range', async () => {
    const ana = await visit()
    await surface(ana.chart('requests')).press('Home')
    await ana.page.keyboard.press('Shift+End')
    await ana.page.keyboard.press('Enter')
    await expect.poll(() => textOf(ana.page.locator('composed-pin'))).toMatch(/EU.*\d\d:\d\d:\d\d–\d\d:\d\d:\d\d/)
  })
})

describe('a finger', () => {
  it('that rested before it moves zooms, on a phone that says so above the charts', async () => {
    const ana = await visit({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, bypassCSP: true })
    const card = ana.chart('requests')
    const [start, end] = [await placeIn(card, 0.3, 0.4), await placeIn(card, 0.6, 0.4)]
    const finger = await ana.page.context().newCDPSession(ana.page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number }[]) =>
      finger.send('Input.dispatchTouchEvent', { type, touchPoints })
    await touch('touchStart', start)
    await card.locator('.surface.resting').waitFor()
    for (const share of [0.25, 0.5, 0.75, 1]) {
      await touch('touchMove', { x: start.x + (end.x - start.x) * share, y: start.y })
    }
    await touch('touchEnd')
    await expect.poll(() => shown(ana)).toEqual([expect.stringMatching(times)])
    expect(await faultsOf(ana.page)).toEqual([])
    await ana.page.getByRole('button', { name: 'Back to live' }).tap()
    await expect.poll(() => shown(ana)).toEqual([])
  })
})
