// A group's page in a browser, as the bench drives it: keys, a slower processor, numbers that it posts itself.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { type Noted, record } from './recorder.ts'
import { watchTasks } from './tasks.ts'

// All twenty charts are on the screen, four in a row.
const viewport = { width: 1_760, height: 1_520 }
// No multiple of a frame or a pace, so that keys fall anywhere.
const keyEveryMs = 113
// What is not shown after this is not shown at all.
const giveUpMs = 10_000

/** A page that notes what it does. */
export class BenchPage {
  readonly #page: Page
  readonly #devtools: CDPSession

  private constructor(page: Page, devtools: CDPSession) {
    this.#page = page
    this.#devtools = devtools
  }

  /** Opens an address, with what the page is to find in its storage. */
  static async open(browser: Browser, url: string, kept: Readonly<Record<string, string>> = {}): Promise<BenchPage> {
    const page = await browser.newPage({ viewport, locale: 'en-GB' })
    await page.addInitScript(record)
    await page.addInitScript((entries) => {
      if (location.protocol.startsWith('http')) for (const [key, value] of entries) localStorage.setItem(key, value)
    }, Object.entries(kept))
    await page.goto(url)
    return new BenchPage(page, await page.context().newCDPSession(page))
  }

  /** Resolves when so many charts have been drawn. */
  async drawn(count: number): Promise<void> {
    await this.#page
      .locator('chart-card[data-renders]')
      .nth(count - 1)
      .waitFor()
  }

  /** How often each chart has been drawn so far, in the order of the charts. */
  draws(): Promise<number[]> {
    return this.#page
      .locator('chart-card')
      .evaluateAll((cards) => cards.map((card) => Number(card.getAttribute('data-renders') ?? 0)))
  }

  /** What was noted since it was last taken. */
  take(): Promise<Noted> {
    return this.#page.evaluate(() => window.recorder.take())
  }

  /** Presses a key that means nothing to the page, again and again, for so long. */
  async pressKeys(forMs: number): Promise<void> {
    const endMs = performance.now() + forMs
    while (performance.now() < endMs) {
      await this.#page.keyboard.press('Shift')
      await sleep(keyEveryMs)
    }
  }

  /** Slows the page's processor down so many times; 1: not at all. */
  async slowDown(times: number): Promise<void> {
    await this.#devtools.send('Emulation.setCPUThrottlingRate', { rate: times })
  }

  /** Watches the tasks of its main thread; the function that is returned resolves with the CPU time of each, ms. */
  watchTasks(): Promise<() => Promise<number[]>> {
    return watchTasks(this.#devtools)
  }

  /** CPU time of the page so far, and of what puts its pictures together, ms, as the operating system counts it. */
  async cpuMs(): Promise<{ readonly page: number; readonly pictures: number }> {
    const devtools = await this.#page.context().browser()?.newBrowserCDPSession()
    const { processInfo = [] } = (await devtools?.send('SystemInfo.getProcessInfo')) ?? {}
    await devtools?.detach()
    const of = (type: string) =>
      processInfo.filter((one) => one.type === type).reduce((sum, { cpuTime }) => sum + cpuTime * 1_000, 0)
    return { page: of('renderer'), pictures: of('GPU') }
  }

  /** Bytes of the page's heap after nothing in it can be let go. */
  async heapBytes(): Promise<number> {
    for (let turn = 0; turn < 3; turn++) await this.#devtools.send('HeapProfiler.collectGarbage')
    const { usedSize } = await this.#devtools.send('Runtime.getHeapUsage')
    return usedSize
  }

  /**
   * Posts numbers, each after a rest, and waits for each to stand in the picture: by the page's own clock, from before
   * the post to the frame after the one that wrote it, ms.
   */
  async postsToPixels(metric: string, { count, restMs }: { count: number; restMs: number }): Promise<number[]> {
    const card = this.#page
      .locator('chart-card')
      .filter({ has: this.#page.getByRole('heading', { name: metric, exact: true }) })
    const asked = {
      metric,
      count,
      restMs,
      giveUpMs,
      path: `/api/groups${new URL(this.#page.url()).pathname.slice(2)}/metrics`,
    }
    return card.evaluate(async (chart, { metric, count, restMs, path, giveUpMs }) => {
      const isShown = (value: number) => chart.shadowRoot?.querySelector('.value')?.textContent === String(value)
      const frame = () => new Promise(requestAnimationFrame)
      const times: number[] = []
      for (let post = 0; post < count; post++) {
        // So that none falls always on the same part of a second.
        await new Promise((resolve) => setTimeout(resolve, restMs * (1 + Math.random())))
        const value = 100 + (post % 900)
        const startMs = performance.now()
        const headers = { 'Content-Type': 'application/json' }
        void fetch(path, { method: 'POST', headers, body: JSON.stringify([{ metric, value }]) })
        while (!isShown(value)) {
          await frame()
          if (performance.now() - startMs > giveUpMs) throw new Error(`${value} was posted, and never shown.`)
        }
        times.push(performance.now() - startMs)
      }
      return times
    }, asked)
  }

  /**
   * Hands the page updates as if they had come over its socket, some a frame: each the next revision, a tenth of a second
   * later by the page's own clock, with other values of all series that the page began with. The server must be silent;
   * it hears that the page is there, and the page nothing of it.
   */
  async feed(count: number, perFrame: number): Promise<void> {
    const asked = { count, perFrame, everyMs: 100 }
    await this.#page.evaluate(async ({ count, perFrame, everyMs }) => {
      const { socket, first = '', last = '' } = window.recorder
      if (socket === undefined) throw new Error('The page has no socket.')
      const handle = socket.onmessage
      socket.onmessage = (event) => {
        if (!event.isTrusted) handle?.call(socket, event)
        else if (String(event.data).startsWith('{"type":"ping"')) socket.send('{"type":"pong"}')
      }
      const clock = Date.now
      const series: readonly { readonly n: number }[] = JSON.parse(first).series
      const { type, group, epoch, to } = JSON.parse(last)
      let time = Math.max(clock(), window.recorder.fedUntil)
      Date.now = () => time
      for (let turn = 1; turn <= count; turn++) {
        time += everyMs
        const values = series.map(({ n }) => [n, Math.round(500 + 400 * Math.sin(turn / 9 + n))])
        const update = { type, group, epoch, from: to + turn - 1, to: to + turn, time, values }
        socket.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(update) }))
        if (turn % perFrame === 0) await new Promise(requestAnimationFrame)
      }
      window.recorder.fedUntil = time
    }, asked)
  }

  close(): Promise<void> {
    return this.#page.close()
  }
}
