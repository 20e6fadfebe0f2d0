import type { BrowserContext, Page, WebSocket } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { OpenHouse } from '../support/open-house.ts'
import { textOf, textsOf } from '../support/visitor.ts'

const house = new OpenHouse()

/** The sockets that the pages of a browser have open. */
class Sockets {
  readonly #open = new Map<Page, Set<WebSocket>>()

  constructor(context: BrowserContext) {
    for (const page of context.pages()) this.#watch(page)
    context.on('page', (page) => this.#watch(page))
  }

  get count(): number {
    return [...this.#open.values()].reduce((sum, sockets) => sum + sockets.size, 0)
  }

  #watch(page: Page): void {
    const sockets = new Set<WebSocket>()
    this.#open.set(page, sockets)
    page.on('websocket', (socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    })
    // With its page a socket goes without a word.
    page.on('framenavigated', () => sockets.clear())
    page.on('close', () => this.#open.delete(page))
  }
}

/** Ann, at a group with a message of hers, and what more of her pages open. */
async function desk() {
  const ana = await house.visit('/')
  const sockets = new Sockets(ana.page.context())
  await ana.page.goto(`${house.url}/g/${house.group}`)
  await ana.say('first', 'Ana')
  await expect.poll(() => textOf(ana.messages.last())).toContain('first')
  // What she is called is said on every page that opens from now on.
  await ana.page.reload()
  await expect.poll(() => connection(ana.page)).toBe('Live')
  const open = async (group = house.group) => {
    const page = await ana.page.context().newPage()
    await page.goto(`${house.url}/g/${group}`)
    await expect.poll(() => connection(page)).toBe('Live')
    return page
  }
  return { ana, sockets, open }
}

function connection(page: Page): Promise<string> {
  return textOf(page.locator('connection-state b'))
}

function messages(page: Page): Promise<string[]> {
  return textsOf(page.locator('conversation-entries li.message'))
}

async function say(page: Page, text: string): Promise<void> {
  const field = page.locator('message-composer textarea')
  await field.fill(text)
  await field.press('Enter')
}

describe('the tabs of one browser', () => {
  it('share one connection, and go on with another when the tab that has it is closed', async () => {
    const { ana, sockets, open } = await desk()
    const second = await open()
    const third = await open()
    await expect.poll(() => sockets.count).toBe(1)
    await house.post('metrics', { orders: 12 })
    for (const page of [ana.page, second, third]) {
      await expect.poll(() => textsOf(page.locator('chart-card')).then((cards) => cards.join())).toContain('12')
    }
    await say(third, 'from the third')
    for (const page of [ana.page, second]) await expect.poll(() => messages(page)).toHaveLength(2)
    await ana.page.close()
    await say(third, 'after the first was closed')
    await house.post('annotations', { text: 'from elsewhere', author: 'ci' })
    for (const page of [second, third]) {
      await expect.poll(() => messages(page)).toHaveLength(4)
      await expect.poll(() => connection(page)).toBe('Live')
    }
    expect((await messages(third)).join()).toMatch(/first.*from the third.*/)
    await expect.poll(() => sockets.count).toBe(1)
    const { annotations } = await (await fetch(`${house.url}/api/groups/${house.group}/annotations`)).json()
    expect(annotations).toHaveLength(4)
  })

  it('have groups of their own', async () => {
    const { ana, sockets, open } = await desk()
    const other = await open(`${house.group}-other`)
    await say(other, 'elsewhere')
    await expect.poll(() => messages(other)).toHaveLength(1)
    await say(ana.page, 'here')
    await expect.poll(() => messages(ana.page)).toHaveLength(2)
    expect(await messages(other)).toHaveLength(1)
    await expect.poll(() => sockets.count).toBe(1)
  })
})
