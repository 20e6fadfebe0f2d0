// Somebody with a browser of their own: a fresh context, one page, and what they can see and do there.

import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { patienceMs } from './patience.ts'

/** A person at a page of a server. Errors of the page are kept: a test of a page that failed must not pass. */
export class Visitor {
  readonly page: Page
  readonly #context: BrowserContext
  readonly errors: string[] = []

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context
    this.page = page
    page.on('pageerror', (error) => this.errors.push(error.message))
    page.on('console', (message) => {
      const { url } = message.location()
      // A cut line is what some tests are about; the browser reports it in the console. Of requests, it says less than
      // their answers do.
      const isKnown = /ERR_|WebSocket|503/.test(message.text()) || isOfRequests(url)
      if (message.type() === 'error' && !isKnown) this.errors.push(`${message.text()} ${url}`)
    })
    page.on('response', (response) => {
      const request = response.request()
      if (response.status() < 400 || response.status() === 503 || !isOfRequests(response.url())) return
      // What a page that came in by HTTP points at may come behind the end of the feed by which it followed (PO1).
      const isLate = response.status() === 404 && /"type":"point"/.test(request.postData() ?? '')
      if (!isLate) this.errors.push(`${response.status()} ${response.url()} ${request.postData()}`)
    })
  }

  /** Opens an address in a browser context of its own. */
  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...options })
    context.setDefaultTimeout(patienceMs)
    const visitor = new Visitor(context, await context.newPage())
    await visitor.page.goto(url)
    return visitor
  }

  /** The card of the chart with this title. */
  chart(title: string): Locator {
    return this.page.locator('chart-card').filter({ has: this.page.getByRole('heading', { name: title, exact: true }) })
  }

  /** Resolves when the chart with this title has been drawn, has its text over it, and can be pointed at. */
  async drawn(title: string): Promise<Locator> {
    const card = this.chart(title)
    await expect.poll(() => card.getAttribute('data-renders')).toMatch(/^[1-9]/)
    // Text and surface are parts of the page that come by themselves, and not with the canvas.
    for (const part of ['.text > :not(.waiting)', 'chart-chooser'])
      await card.locator(part).first().waitFor({ state: 'attached' })
    return card
  }

  /** Writes a message; the name is asked once. */
  async say(text: string, name?: string): Promise<void> {
    const field = this.page.locator('message-composer textarea')
    await field.fill(text)
    await field.press('Enter')
    if (name === undefined) return
    const asked = this.page.locator('message-composer input')
    await asked.fill(name)
    await asked.press('Enter')
  }

  /** The messages on the page. */
  get messages(): Locator {
    return this.page.locator('conversation-entries li.message')
  }

  close(): Promise<void> {
    return this.#context.close()
  }
}

/** The pixels of what a locator shows: of a canvas what was drawn on it, of anything else a picture. */
export async function pixelsOf(locator: Locator): Promise<string> {
  const drawn = await locator.evaluate((element) => (element instanceof HTMLCanvasElement ? element.toDataURL() : ''))
  return drawn === '' ? (await locator.screenshot({ animations: 'allow' })).toString('base64') : drawn
}

/** All text that is in an element, its shadow trees included; runs of white space are one space. */
export function textOf(locator: Locator): Promise<string> {
  return locator.evaluate((element) => {
    function collect(node: Node): string {
      if (node instanceof Text) return node.data
      if (node instanceof HTMLStyleElement) return ''
      const root = node instanceof Element && node.shadowRoot !== null ? node.shadowRoot : node
      return [...root.childNodes].map(collect).join(' ')
    }
    return collect(element).replace(/\s+/g, ' ').trim()
  })
}

/** The text of each element that a locator finds. */
export async function textsOf(locator: Locator): Promise<string[]> {
  return Promise.all((await locator.all()).map(textOf))
}

function isOfRequests(url: string): boolean {
  return url.includes('/api/requests')
}
