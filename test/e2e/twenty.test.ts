import { annotationPage, decodeValue } from '@chartroom/shared'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { type RunningServer, startServer } from '../support/running-server.ts'
import { textOf, textsOf, Visitor } from '../support/visitor.ts'

const items = ['Shirts', 'Socks', 'Caps', 'Mugs']
const batchMs = 50
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

/** A producer of at most 20 batches a second, each when the last was answered, that remembers every value it sent, by category and time. */
class Producer {
  readonly sent = new Map<string, Map<number, number>>(items.map((item) => [item, new Map()]))
  #timer: NodeJS.Timeout | undefined
  #count = 0
  #posting: Promise<void> | undefined

  start(): void {
    this.#timer = setInterval(() => {
      this.#posting ??= this.#post()
    }, batchMs)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#posting
  }

  async #post(): Promise<void> {
    const time = Date.now()
    const count = ++this.#count
    const samples = items.map((item, at) => {
      // Each value is sent once, so that a value tells its time.
      const value = count * items.length + at
      this.sent.get(item)?.set(value, time)
      return { metric: 'orders', labels: { item }, value, time }
    })
    await fetch(`${server.url}/api/groups/twenty/metrics`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(samples),
    })
    this.#posting = undefined
  }
}

describe('twenty browser pages in one group, as twenty people', () => {
  it('each posts and pins once; all end with the same messages, pins and values, and no evidence is invented', async () => {
    const producer = new Producer()
    producer.start()
    const people = Array.from({ length: 20 }, (_, n) => `person ${n}`)
    const viewport = { width: 1_000, height: 700 }
    const open = () => Visitor.open(browser, `${server.url}/g/twenty`, { viewport, reducedMotion: 'reduce' })
    const visitors = await Promise.all(people.map(open))
    await Promise.all(visitors.map((visitor) => visitor.drawn('orders')))
    await Promise.all(visitors.map((visitor, n) => visitor.say(`hello from ${n}`, people[n])))
    await Promise.all(visitors.map((visitor, n) => pinBy(visitor, n, `look from ${n}`)))
    await producer.stop()

    const said = people.flatMap((_, n) => [`hello from ${n}`, `look from ${n}`])
    // Who pressed Enter last may not have been heard yet.
    await expect.poll(async () => (await annotations()).map(({ text }) => text).sort()).toEqual(said.sort())
    const all = await annotations()
    expect(new Set(all.map(({ author }) => author))).toEqual(new Set(people))
    const order = all.map(({ text }) => text)
    for (const visitor of visitors) {
      await expect
        .poll(async () => (await textsOf(visitor.page.locator('conversation-entries p.text'))).join('|'))
        .toBe(order.join('|'))
    }
    const [first, ...others] = visitors
    if (first === undefined) throw new Error('nobody came')
    const shown = () => textOf(first.chart('orders').locator('.text'))
    for (const other of others) {
      await expect
        .poll(async () => (await textOf(other.chart('orders').locator('.text'))) === (await shown()))
        .toBe(true)
    }

    const pins = all.flatMap(({ pin }) => (pin === undefined ? [] : [pin]))
    expect(pins).toHaveLength(20)
    for (const { category = '', evidence } of pins) {
      // The past is kept by the second.
      const sentAt = producer.sent.get(category)?.get(evidence.value ?? Number.NaN) ?? Number.NaN
      expect(Math.abs(sentAt - evidence.time)).toBeLessThan(1_000)
    }
    expect(visitors.flatMap(({ errors }) => errors)).toEqual([])
    await Promise.all(visitors.map((visitor) => visitor.close()))
  })
})

/** Pins one of the bars by the keyboard: the chart takes the focus, arrows choose, Enter fills the composer. */
async function pinBy(visitor: Visitor, n: number, text: string): Promise<void> {
  const surface = visitor.chart('orders').locator('chart-chooser .surface')
  await surface.focus()
  for (let steps = 0; steps <= n % items.length; steps++) await surface.press('ArrowDown')
  await surface.press('Enter')
  await visitor.page.locator('composed-pin').first().waitFor()
  await visitor.say(text)
}

async function annotations() {
  const response = await fetch(`${server.url}/api/groups/twenty/annotations?limit=200`)
  const page = decodeValue(annotationPage, JSON.parse(await response.text()))
  if (!page.ok) throw new Error(page.refusal.message)
  return page.value.annotations.toReversed()
}
