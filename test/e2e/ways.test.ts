// The page behind the proxies that stand in companies: it comes in by a lower way, loses nothing, and says so.

import type { Locator, Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { faultsOf } from '../support/axe.ts'
import { Gateway, type GatewayManners } from '../support/gateway.ts'
import { OpenHouse } from '../support/open-house.ts'
import { textOf, textsOf, type Visitor } from '../support/visitor.ts'

const house = new OpenHouse()
let gateway: Gateway | undefined

afterEach(() => gateway?.close())

async function behind(manners: GatewayManners): Promise<Visitor> {
  gateway = await Gateway.open(house.url, manners)
  return house.visit(undefined, { bypassCSP: true }, gateway.url)
}

/** What was posted so far: a number and a message each time. */
class News {
  readonly texts: string[] = []

  async next(when: string): Promise<void> {
    const text = `${when} ${this.texts.length + 1}`
    this.texts.push(text)
    await house.post('metrics', { orders: this.texts.length })
    await house.post('annotations', { text, author: 'ci' })
  }
}

/** The texts of the messages on the page, in their order. */
async function told({ messages }: Visitor): Promise<string[]> {
  return (await textsOf(messages)).map((text) => /\w+ \d+$/.exec(text)?.[0] ?? text)
}

function wordOf({ page }: Visitor): Promise<string> {
  return textOf(page.locator('connection-state b'))
}

/** The details of the connection, opened by their key. */
async function opened(page: Page): Promise<Locator> {
  await page.locator('connection-state .opener').press('Enter')
  return page.getByRole('dialog', { name: 'Connection' })
}

describe.each([
  ['over server-sent events', 'lets no WebSocket through', { upgrades: 403 }],
  ['by long poll', 'holds streams back', { upgrades: 'cut', gathersAnswers: true }],
] as const satisfies readonly (readonly [string, string, GatewayManners])[])(
  'a page that comes %s',
  (by, why, manners) => {
    it('loses nothing, has nothing twice, writes, and tells how it came', async () => {
      const news = new News()
      await news.next('before')
      const ana = await behind(manners)
      // So slowly that what came meanwhile is all shown at once.
      const during = async () => {
        await news.next('during')
        return wordOf(ana)
      }
      await expect.poll(during, { interval: 250 }).toBe('Live')
      await news.next('after')
      await expect.poll(() => told(ana)).toEqual(news.texts)
      await expect.poll(() => textOf(ana.chart('orders'))).toContain(` ${news.texts.length} `)

      await ana.say('from here 0', 'Ana')
      await expect.poll(() => textOf(ana.messages.last())).toMatch(/Ana \d\d:\d\d from here 0$/)
      gateway?.cut()
      await news.next('later')
      await expect.poll(() => told(ana)).toEqual([...news.texts.slice(0, -1), 'here 0', ...news.texts.slice(-1)])

      await expect.poll(() => wordOf(ana)).toBe('Live')
      const opener = ana.page.locator('connection-state .opener')
      await opener.press('Enter')
      const details = ana.page.getByRole('dialog', { name: 'Connection' })
      await expect.poll(() => textOf(details)).toMatch(new RegExp(`^Live ${by} .*${why}.*tried again`))
      expect(await faultsOf(ana.page)).toEqual([])
      await ana.page.keyboard.press('Escape')
      await details.waitFor({ state: 'hidden' })
      await expect.poll(() => opener.evaluate((button) => button.matches(':focus'))).toBe(true)
    })
  },
)

it('a tab beside another says that it comes in through that', async () => {
  await house.post('metrics', { orders: 1 })
  const ana = await house.visit()
  await expect.poll(() => wordOf(ana)).toBe('Live')
  const own = await opened(ana.page)
  await expect.poll(() => textOf(own)).toMatch(/^Live over WebSocket /)
  const beside = await ana.page.context().newPage()
  await beside.goto(`${house.url}/g/${house.group}`)
  await beside.locator('connection-state b.disc').waitFor()
  const details = await opened(beside)
  await expect.poll(() => textOf(details)).toMatch(/^Live through another tab of this browser /)
})
