import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { look } from '../../shared/option/index.ts'
import { launchBrowser } from '../support/chromium.ts'
import { freePort } from '../support/free-port.ts'
import { type RunningServer, startServer } from '../support/running-server.ts'
import { textOf, textsOf, Visitor } from '../support/visitor.ts'

let browser: Browser
let folder: string
let going: NodeJS.Timeout | undefined
const servers: RunningServer[] = []

beforeAll(async () => {
  browser = await launchBrowser()
  folder = await mkdtemp(join(tmpdir(), 'chartroom-'))
})
afterEach(async () => {
  clearInterval(going)
  for (const server of servers.splice(0)) await server.stop()
})
afterAll(async () => {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})

async function start(...args: string[]): Promise<RunningServer> {
  const server = await startServer('--data', folder, ...args)
  servers.push(server)
  return server
}

/** The number of this moment, for the line; and again each second, until the timer is cleared. */
async function goOn({ url }: RunningServer, group: string): Promise<NodeJS.Timeout> {
  const post = () =>
    fetch(`${url}/api/groups/${group}/metrics`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify([{ metric: 'requests', labels: { region: 'EU' }, value: 500, as: 'line' }]),
    })
  expect((await post()).status).toBe(200)
  return setInterval(() => void post().catch(() => {}), 1_000)
}

/** A minute of a line, and two bars. */
async function post({ url }: RunningServer, group: string): Promise<void> {
  const end = Math.floor(Date.now() / 1_000) * 1_000
  const line = Array.from({ length: 60 }, (_, ago) => {
    return {
      metric: 'requests',
      labels: { region: 'EU' },
      value: 500 + 40 * (ago % 7),
      time: end - ago * 1_000,
      as: 'line',
    }
  })
  const bars = [
    { metric: 'items', labels: { item: 'Shirts' }, value: 400 },
    { metric: 'items', labels: { item: 'Socks' }, value: 300 },
  ]
  const response = await fetch(`${url}/api/groups/${group}/metrics`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify([...line.reverse(), ...bars]),
  })
  expect(response.status).toBe(200)
}

/** In how many columns of a canvas something is drawn in the colour of the first category. */
function inkedColumns(canvas: Locator): Promise<number> {
  return canvas.evaluate((element, mark) => {
    if (!(element instanceof HTMLCanvasElement)) return 0
    const { width, height } = element
    const { data } = element.getContext('2d')?.getImageData(0, 0, width, height) ?? { data: [] }
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(mark.slice(at, at + 2), 16))
    const columns = new Set<number>()
    for (let at = 0; at < data.length; at += 4) {
      if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) columns.add((at / 4) % width)
    }
    return columns.size
  }, look('light').categories[0]?.mark ?? '')
}

describe('what was on the screen is there again', () => {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    it(`after the server ended by ${signal} and the page was loaded anew: charts with their past, messages, pins`, async () => {
      const group = signal.toLowerCase()
      const port = String(await freePort())
      const first = await start('--port', port)
      await post(first, group)
      const ana = await Visitor.open(browser, `${first.url}/g/${group}`, { reducedMotion: 'reduce' })
      await ana.drawn('items')
      await ana.say('Socks run out', 'Ana')
      const surface = ana.chart('items').locator('chart-chooser .surface')
      await surface.press('ArrowDown')
      await surface.press('Enter')
      await ana.say('why so many?')
      await expect.poll(() => textsOf(ana.messages)).toHaveLength(2)
      const pins = ana.page.locator('chart-pins ol > li > button')
      await expect.poll(() => pins.count()).toBe(1)
      // What a crash may lose is a second of bare numbers, so that second must have passed.
      await expect
        .poll(() => fetch(`${first.url}/api/groups/${group}/history?metric=requests`).then((r) => r.text()))
        .toContain('EU')

      await first.stop(signal)
      const second = await start('--port', port)
      // A line that is silent for 5 s is drawn in another colour: numbers go on, and the rest is its kept past.
      going = await goOn(second, group)
      await ana.page.reload()
      await ana.drawn('requests')
      await expect.poll(() => textsOf(ana.messages)).toHaveLength(2)
      const messages = await textsOf(ana.messages)
      expect(messages[0]).toContain('Socks run out')
      expect(messages[1]).toContain('why so many?')
      await expect.poll(() => pins.count()).toBe(1)
      await expect.poll(() => textOf(ana.chart('items'))).toContain('400')
      // The line is there with its past: its colour stands where a minute ago was drawn.
      const canvas = ana.chart('requests').locator('canvas').first()
      await expect.poll(async () => inkedColumns(canvas)).toBeGreaterThan(40)
      // The name is still hers: the page does not ask again, and nobody else is given it.
      await ana.say('I am back')
      await expect.poll(async () => (await textsOf(ana.messages)).at(-1)).toContain('I am back')
      expect(ana.errors).toEqual([])
      await ana.close()
    })
  }
})
