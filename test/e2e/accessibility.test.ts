import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf } from '../support/axe.ts'
import { launchBrowser } from '../support/chromium.ts'
import { type RunningServer, startServer } from '../support/running-server.ts'
import { textOf, Visitor } from '../support/visitor.ts'

let browser: Browser
let server: RunningServer
const drawnChart = 'chart-card[data-renders]:not([data-renders="0"])'

beforeAll(async () => {
  browser = await launchBrowser()
  server = await startServer()
  await fetch(`${server.url}/api/groups/shop/metrics`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify([
      { metric: 'orders', labels: { item: 'Shirts' }, value: 5 },
      { metric: 'orders', labels: { item: 'Socks' }, value: 20 },
      { metric: 'payments', labels: { by: 'card' }, value: 60, as: 'pie' },
      { metric: 'payments', labels: { by: 'cash' }, value: 40, as: 'pie' },
      { metric: 'latency', labels: { at: 'p95' }, value: 380, time: Date.now() - 400_000 },
      { metric: 'latency', labels: { at: 'p95' }, value: 412, unit: 'ms', as: 'line' },
      { metric: 'cpu', value: 64, unit: '%' },
      { metric: 'visitors', value: 1_240 },
      { metric: 'old', value: 3, time: Date.now() - 600_000 },
    ]),
  })
  for (const draft of [
    { text: 'Do we have `stock`? https://example.org', author: 'Ana', pin: { metric: 'orders', category: 'Shirts' } },
    { text: 'before', author: 'Ana', pin: { metric: 'latency', category: 'p95', time: Date.now() - 400_000 } },
    { text: '1.4', author: 'ci', kind: 'deploy' },
    { text: 'above 400 ms', author: 'checks', kind: 'alert' },
    { text: 'above 400 ms', author: 'checks', kind: 'alert' },
    { text: 'GET /cart 200 12 ms', author: 'web', kind: 'log' },
  ]) {
    await fetch(`${server.url}/api/groups/shop/annotations`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(draft),
    })
  }
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

describe('axe finds nothing', () => {
  it.each([
    ['the lobby', '/', 'light', 'lobby-card'],
    ['the lobby', '/', 'dark', 'lobby-card'],
    ['a group', '/g/shop', 'light', drawnChart],
    ['a group', '/g/shop', 'dark', drawnChart],
    ['an empty group', '/g/empty', 'light', 'empty-group h2'],
    ['an empty group', '/g/empty', 'dark', 'empty-group h2'],
    ['a wrong name', '/g/%3Cb%3E', 'light', 'main h1'],
  ] as const)('on %s at %s in %s', async (_, path, colorScheme, shown) => {
    const ana = await Visitor.open(browser, `${server.url}${path}`, { colorScheme, bypassCSP: true })
    await ana.page.locator(shown).first().waitFor()
    expect(await faultsOf(ana.page)).toEqual([])
    await ana.close()
  })

  it.each(['light', 'dark'] as const)('on the open invitation in %s', async (colorScheme) => {
    const ana = await Visitor.open(browser, `${server.url}/g/shop`, { colorScheme, bypassCSP: true })
    const origin = 'http://192.168.1.5:3000'
    await ana.page.route('**/api/addresses', (route) => route.fulfill({ json: { addresses: [origin] } }))
    await ana.page.getByRole('button', { name: 'Invite', exact: true }).click()
    await ana.page.getByRole('dialog').getByRole('textbox').waitFor()
    expect(await faultsOf(ana.page)).toEqual([])
    await ana.close()
  })

  it.each(['light', 'dark'] as const)('on the open logs, held still, in %s', async (colorScheme) => {
    const ana = await Visitor.open(browser, `${server.url}/g/shop`, { colorScheme, bypassCSP: true })
    await ana.page.getByRole('button', { name: 'Logs' }).click()
    await ana.page.getByRole('button', { name: 'Pause' }).click()
    await ana.page.locator('log-panel .pill').waitFor()
    expect(await faultsOf(ana.page)).toEqual([])
    await ana.close()
  })

  it.each(['light', 'dark'] as const)('on the composer with a pin in %s', async (colorScheme) => {
    const ana = await Visitor.open(browser, `${server.url}/g/shop`, { colorScheme, bypassCSP: true })
    await (await ana.drawn('orders')).locator('chart-chooser .surface').focus()
    await ana.page.keyboard.press('ArrowDown')
    await ana.page.keyboard.press('Enter')
    await ana.page.locator('composed-pin').waitFor()
    await ana.page.keyboard.type('why?')
    expect(await faultsOf(ana.page)).toEqual([])
    await ana.close()
  })

  it('where the system sets all colours, and a square keeps that of its slice', async () => {
    const ana = await Visitor.open(browser, `${server.url}/g/shop`, { bypassCSP: true })
    const square = (await ana.drawn('payments')).locator('chart-legend .name i').first()
    const color = () => square.evaluate((element) => getComputedStyle(element).backgroundColor)
    const usual = await color()
    await ana.page.emulateMedia({ forcedColors: 'active' })
    await expect.poll(color).toBe(usual)
    expect(await faultsOf(ana.page)).toEqual([])
    await ana.close()
  })

  it('on a phone', async () => {
    const viewport = { width: 390, height: 844 }
    const ana = await Visitor.open(browser, `${server.url}/g/shop`, { viewport, bypassCSP: true })
    await ana.drawn('orders')
    expect(await faultsOf(ana.page)).toEqual([])
    await ana.close()
  })
})

/** Tabs on until the focus is on what the selector names. */
async function reach({ page }: Visitor, selector: string): Promise<void> {
  for (let tabs = 0; tabs < 60; tabs++) {
    await page.keyboard.press('Tab')
    const isThere = await page.evaluate((wanted) => {
      let active = document.activeElement
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
      return active?.matches(wanted) ?? false
    }, selector)
    if (isThere) return
  }
  throw new Error(`no number of tabs leads to ${selector}`)
}

/** Somebody who came from the lobby into a group by keys. */
async function enterFromLobby(): Promise<Visitor> {
  const visitor = await Visitor.open(browser, server.url)
  await visitor.page.locator('lobby-card').first().waitFor()
  await reach(visitor, 'a[href="/g/shop"]')
  await visitor.page.keyboard.press('Enter')
  await visitor.page.waitForURL('**/g/shop')
  await visitor.drawn('orders')
  await visitor.page.locator('message-composer textarea').waitFor()
  return visitor
}

describe('the keyboard alone', () => {
  it('goes from the lobby to a group, to a message sent', async () => {
    const ana = await enterFromLobby()
    await reach(ana, 'textarea')
    await ana.page.keyboard.type('by keyboard')
    await ana.page.keyboard.press('Enter')
    await ana.page.keyboard.type('Kay')
    await ana.page.keyboard.press('Enter')
    await expect.poll(() => textOf(ana.messages.last())).toContain('by keyboard')
    await ana.close()
  })

  it('goes from the lobby to a group, to a pinned message', async () => {
    const ana = await enterFromLobby()
    await reach(ana, '.surface')
    await ana.page.keyboard.press('ArrowDown')
    await ana.page.keyboard.press('Enter')
    await ana.page.locator('composed-pin').waitFor()
    await ana.page.keyboard.type('this bar')
    await ana.page.keyboard.press('Enter')
    await ana.page.keyboard.type('Lou')
    await ana.page.keyboard.press('Enter')
    await expect.poll(() => textOf(ana.messages.last())).toMatch(/this bar.*orders \/ S\w+.*then/)
    await ana.close()
  })
})
