// The pictures of the README. They are looked at here in every run, and written to pictures/ when PICTURES is set.

import { mkdir, writeFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { type RunningServer, startServer } from '../support/running-server.ts'
import { textsOf, Visitor } from '../support/visitor.ts'
import { WireClient } from '../support/wire-client.ts'

const charts = ['Requests', 'Payments', 'Orders by item']
const folder = new URL('pictures/', import.meta.url)
let browser: Browser
let server: RunningServer
const watchers: WireClient[] = []

beforeAll(async () => {
  browser = await launchBrowser()
  server = await startServer()
  await fill()
  for (const [name, metric] of [
    ['Ana', 'items'],
    ['Wei', 'items'],
    ['Omar', 'requests'],
    ['Lena', 'payments'],
    ['Kenji', 'cpu'],
  ] as const) {
    const watcher = await new WireClient(`${server.url}/ws/launch`).opened()
    watchers.push(watcher)
    watcher.send({ type: 'hello', id: 1, name, secret: name.slice(0, 1).toLowerCase() }, { type: 'subscribe', id: 2 })
    watcher.send({ type: 'point', id: 3, metric, typing: name === 'Kenji' })
    await watcher.next('ack', ({ id }) => id === 3)
  }
})
afterAll(async () => {
  for (const watcher of watchers) watcher.close()
  await browser.close()
  await server.stop()
})

describe('a group, as the README shows it', () => {
  it.each([
    ['group', { colorScheme: 'light' }],
    ['group-dark', { colorScheme: 'dark' }],
    ['group-phone', { colorScheme: 'light', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
  ] as const)('%s', async (name, options) => {
    const ana = await Visitor.open(browser, `${server.url}/g/launch`, { ...options, deviceScaleFactor: 2 })
    // A phone shows the first of them; what is off screen is not drawn.
    for (const title of ['Orders', 'CPU', ...('isMobile' in options ? [] : charts)]) await ana.drawn(title)
    await expect.poll(() => textsOf(ana.page.locator('chart-card .waiting'))).toEqual([])
    const picture = await ana.page.screenshot()
    expect(ana.errors).toEqual([])
    await ana.close()
    await keep(name, picture)
  })
})

it('a wall, as the README shows it', async () => {
  // The others took longer than numbers of every second may be silent.
  await sell(299)
  const wall = await Visitor.open(browser, `${server.url}/g/launch?tv`, { viewport: { width: 1_920, height: 1_080 } })
  for (const title of ['Orders', 'CPU', 'Requests']) await wall.drawn(title)
  const picture = await wall.page.screenshot()
  expect(wall.errors).toEqual([])
  await wall.close()
  await keep('tv', picture)
})

async function keep(name: string, picture: Buffer): Promise<void> {
  if (process.env.PICTURES === undefined) return
  await mkdir(folder, { recursive: true })
  await writeFile(new URL(`${name}.png`, folder), picture)
}

async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<void> {
  const response = await fetch(`${server.url}/api/groups/launch/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  expect(response.status).toBeLessThan(300)
}

const begin = Date.now() - 299_000

/** A morning in a shop: the numbers of every second since one, the first of them five minutes ago. */
async function sell(since: number): Promise<void> {
  const count = Math.floor((Date.now() - begin) / 1_000) - since + 1
  const seconds = Array.from({ length: count }, (_, at) => ({ at: since + at, time: begin + (since + at) * 1_000 }))
  const course = (metric: string, how: object, value: (at: number) => number) =>
    post(
      'metrics',
      seconds.map(({ at, time }) => ({ metric, value: value(at), time, ...how })),
    )
  const wave = (at: number, period: number) => Math.sin((2 * Math.PI * at) / period)
  const visitors = { title: 'Orders', unit: 'orders/min', order: 1 }
  await course('orders_rate', visitors, (at) => Math.round(70 + at / 20 + 4 * wave(at, 41) + 2 * wave(at, 13)))
  await course('revenue', { title: 'Revenue', unit: '€', order: 2 }, (at) => 44_000 + 14 * at)
  await course(
    'p95',
    { title: 'Checkout p95', unit: 'ms', order: 3 },
    (at) => 310 + (at > 210 ? 90 : 0) + 9 * wave(at, 17),
  )
  await course('cpu', { title: 'CPU', unit: '%', order: 4 }, (at) => 61 + 5 * wave(at, 60))
  const regions: [string, (at: number) => number][] = [
    ['EU', (at) => 1_230 + 30 * wave(at, 70) + 20 * wave(at, 11)],
    ['US', (at) => 800 - at / 5 + 15 * wave(at, 23)],
    ['Asia', (at) => (at > 120 && at < 170 ? 260 : 600) + 12 * wave(at, 19)],
  ]
  for (const [region, value] of regions) {
    const requests = { title: 'Requests', unit: 'req/s', as: 'line', order: 5, labels: { region } }
    await course('requests', requests, value)
  }
}

/** Five minutes of numbers, and what was said of them. */
async function fill(): Promise<void> {
  await sell(0)
  const payments = { Card: 610, Wallet: 365, Invoice: 200, Voucher: 110, other: 65 }
  const items = { Shirts: 431, Socks: 312, Hoodies: 268, Caps: 187, Mugs: 121 }
  const categories = (metric: string, label: string, values: Record<string, number>, how: object) =>
    Object.entries(values).map(([name, value]) => ({ metric, labels: { [label]: name }, value, ...how }))
  await post('metrics', [
    ...categories('payments', 'by', payments, { title: 'Payments', unit: 'orders', as: 'pie', order: 6 }),
    ...categories('items', 'item', items, { title: 'Orders by item', unit: 'pcs', order: 7 }),
  ])
  const shirts = { metric: 'items', category: 'Shirts' }
  const dip = { metric: 'requests', category: 'Asia', time: begin + 121_000, timeEnd: begin + 169_000 }
  for (const { secret, ...draft } of [
    {
      secret: 'a',
      author: 'Ana',
      text: 'Shirts doubled since the newsletter. Do we have stock for tonight?',
      pin: shirts,
    },
    { secret: 'w', author: 'Wei', text: 'Stock says 1,900. Fine until about nine.', pin: shirts },
    { author: 'ci', kind: 'deploy', text: '1.4' },
    { secret: 'o', author: 'Omar', text: 'This dip is the cache warming up, not lost traffic.', pin: dip },
    { secret: 'l', author: 'Lena', text: 'Over a quarter 🎉', pin: { metric: 'payments', category: 'Wallet' } },
    { author: 'checks', kind: 'alert', text: 'Checkout p95 above 390 ms', pin: { metric: 'p95' } },
    { secret: 'm', author: 'Amara', text: 'Agreed, Asia is back where it was. Watching `pay` next.' },
  ]) {
    await post('annotations', draft, secret === undefined ? {} : { 'Chartroom-Secret': secret })
  }
  // The shop goes on selling after it was talked of.
  await post('metrics', [{ metric: 'items', labels: { item: 'Shirts' }, add: 17 }])
}
