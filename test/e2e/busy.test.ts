import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { kindAt, mixedSamples } from '../support/mixed-charts.ts'
import { type RunningServer, startServer } from '../support/running-server.ts'
import { textOf, textsOf, Visitor } from '../support/visitor.ts'

const batchMs = 50
const count = 20
let browser: Browser
let server: RunningServer

beforeAll(async () => {
  browser = await launchBrowser()
  server = await startServer()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

/** Posts to a group 20 times a second, or as often as it is answered; resolves with what ends it. */
async function keepPosting(group: string): Promise<() => Promise<void>> {
  let moment = 0
  let posting: Promise<void> | undefined
  const post = async () => {
    await fetch(`${server.url}/api/groups/${group}/metrics`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(mixedSamples(count, moment++)),
    })
    posting = undefined
  }
  await post()
  const timer = setInterval(() => {
    posting ??= post()
  }, batchMs)
  return async () => {
    clearInterval(timer)
    await posting
  }
}

it('a page of 20 charts of all kinds, ten updates a second, draws each of them and answers its reader', async () => {
  const stop = await keepPosting('busy')
  const ana = await Visitor.open(browser, `${server.url}/g/busy`, { viewport: { width: 1_600, height: 2_800 } })
  const cards = ana.page.locator('chart-card')
  await expect.poll(() => cards.count()).toBe(count)
  await ana.page.getByLabel('How often the numbers come').selectOption('100')
  const renders = () => cards.evaluateAll((all) => all.map((card) => Number(card.getAttribute('data-renders') ?? 0)))
  await expect.poll(async () => Math.min(...(await renders()))).toBeGreaterThan(0)

  const before = await renders()
  await ana.say('it answers', 'Ana')
  await expect.poll(() => textsOf(ana.page.locator('conversation-entries p.text'))).toContain('it answers')
  const figure = ana.chart('chart 1')
  await figure.hover()
  await figure.locator('chart-chooser .surface').press('ArrowLeft')
  await expect
    .poll(() => figure.locator('chart-chooser').locator('[role=status], [aria-live]').first().textContent())
    .not.toBe('')
  // No chart is starved by the others.
  const drawn = async () => (await renders()).map((now, at) => now - (before[at] ?? 0))
  await expect.poll(async () => Math.max(...(await drawn()))).toBeGreaterThan(8)
  const evenness = async () => {
    const shown = (await drawn()).filter((_, at) => kindAt(at) !== 'number' && kindAt(at) !== 'table')
    return Math.min(...shown) / Math.max(...shown)
  }
  await expect.poll(evenness).toBeGreaterThan(0.5)

  await stop()
  expect(ana.errors).toEqual([])
  await ana.close()
})

it('the pace that a reader chooses is kept for the group', async () => {
  const ana = await Visitor.open(browser, `${server.url}/g/busy`)
  const pace = ana.page.getByLabel('How often the numbers come')
  await pace.selectOption('5000')
  await ana.page.reload()
  await expect.poll(() => pace.inputValue()).toBe('5000')
  await ana.close()
})

it('a page that cannot draw as often as its reader wants says so, and asks for less', async () => {
  const asked: number[] = []
  const ana = await Visitor.open(browser, `${server.url}/g/slow`)
  const { page } = ana
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      const paceMs = /"type":"subscribe".*"paceMs":(\d+)/.exec(String(payload))?.[1]
      if (paceMs !== undefined) asked.push(Number(paceMs))
    })
  })
  // Each canvas takes longer than two frames of a page that answers.
  await page.addInitScript(() => {
    const clearRect = CanvasRenderingContext2D.prototype.clearRect
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
      for (const end = performance.now() + 120; performance.now() < end; );
      clearRect.apply(this, box)
    }
  })
  await page.reload()
  const pace = page.getByLabel('How often the numbers come')
  await pace.selectOption('100')
  const stop = await keepPosting('slow')
  const line = page.locator('connection-state')
  await expect.poll(() => textOf(line)).toMatch(/Slower every .* s, this device is busy/)
  await stop()
  expect(Math.max(...asked)).toBeGreaterThan(100)
  // The choice is the reader's, and stays.
  expect(await pace.inputValue()).toBe('100')
  await line.getByRole('button', { name: 'Slower' }).click()
  await expect.poll(() => textOf(line)).toContain('takes this device so long')
  await page.keyboard.press('Escape')
  await pace.selectOption('10000')
  await expect.poll(() => textOf(line)).not.toContain('Slower')
  await expect.poll(() => asked.at(-1)).toBe(10_000)
  await ana.close()
})
