import type { Page, WebSocketRoute } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { LastingServer } from '../support/lasting-server.ts'
import { OpenHouse } from '../support/open-house.ts'
import { startServer } from '../support/running-server.ts'
import { textOf, textsOf, type Visitor } from '../support/visitor.ts'

const house = new OpenHouse()
const visit = house.visit.bind(house)
const post = house.post.bind(house)

const notSentYet = 'Not sent yet. It goes when the connection is back.'

/** The network between a browser and the server: what is cut is every way in, and pages still come. */
class Network {
  #isCut = false
  readonly #sockets = new Set<WebSocketRoute>()

  /** Stands between all pages of this browser and the server, from their next page on. */
  static async of(visitor: Visitor): Promise<Network> {
    const network = new Network()
    const context = visitor.page.context()
    await context.routeWebSocket(/\/ws/, (socket) => network.#handle(socket))
    await context.route(/\/api\//, (route) => (network.#isCut ? route.abort() : route.continue()))
    await visitor.page.reload()
    return network
  }

  async cut(): Promise<void> {
    this.#isCut = true
    for (const socket of this.#sockets) await socket.close({ code: 3_000, reason: 'cut' })
    this.#sockets.clear()
  }

  mend(): void {
    this.#isCut = false
  }

  #handle(socket: WebSocketRoute): void {
    if (this.#isCut) void socket.close({ code: 3_000, reason: 'cut' })
    else {
      socket.connectToServer()
      this.#sockets.add(socket)
    }
  }
}

/** What is written on the page and not in the log yet. */
function waiting(page: Page): Promise<string[]> {
  return textsOf(page.locator('conversation-entries .waiting'))
}

/** The texts of the group's messages, as the server has them. */
async function stored(): Promise<string[]> {
  const answer = await fetch(`${house.url}/api/groups/${house.group}/annotations`)
  const { annotations }: { annotations: { text: string }[] } = await answer.json()
  return annotations.map(({ text }) => text).reverse()
}

function connection(page: Page): Promise<string> {
  return textOf(page.locator('connection-state b'))
}

async function back(page: Page): Promise<void> {
  const now = page.locator('connection-state .now button')
  await expect
    .poll(async () => {
      // The button goes away by itself, and comes back after an attempt that failed: a click would wait for it.
      await now.evaluateAll((buttons) => {
        for (const button of buttons) if (button instanceof HTMLElement) button.click()
      })
      return connection(page)
    })
    .toBe('Live')
}

describe('a message that is written while the server is away', () => {
  it('looks not sent yet, and is sent once when the server is there again', async () => {
    const port = String(await freePort())
    const first = await startServer('--port', port)
    const ana = await visit(`/g/${house.group}`, {}, first.url)
    await ana.say('before', 'Ana')
    await expect.poll(() => textOf(ana.messages.last())).toMatch(/\d\d:\d\d before$/)
    await first.stop()
    await ana.say('while away')
    await expect.poll(() => waiting(ana.page)).toEqual([notSentYet])
    const second = await startServer('--port', port)
    try {
      await expect.poll(() => waiting(ana.page)).toEqual([])
      await expect
        .poll(async () => (await textsOf(ana.messages)).filter((text) => text.includes('while away')))
        .toHaveLength(1)
      const answer = await fetch(`${first.url}/api/groups/${house.group}/annotations`)
      const text = await answer.text()
      expect(text.split('while away')).toHaveLength(2)
    } finally {
      await ana.page.close()
      await second.stop()
    }
  })

  it('is still there after a reload, and then sent once', async () => {
    const ana = await visit()
    await ana.say('before', 'Ana')
    await expect.poll(() => textOf(ana.messages.last())).toMatch(/\d\d:\d\d before$/)
    const network = await Network.of(ana)
    await expect.poll(() => connection(ana.page)).toBe('Live')
    await network.cut()
    await ana.say('one')
    await ana.say('two')
    await expect.poll(() => waiting(ana.page)).toEqual([notSentYet, notSentYet])
    await ana.page.reload()
    await expect.poll(() => waiting(ana.page)).toEqual([notSentYet, notSentYet])
    network.mend()
    await back(ana.page)
    await expect.poll(() => waiting(ana.page)).toEqual([])
    await expect.poll(stored).toEqual(['before', 'one', 'two'])
    await ana.page.reload()
    await expect.poll(() => connection(ana.page)).toBe('Live')
    expect(await stored()).toEqual(['before', 'one', 'two'])
    await expect.poll(() => textsOf(ana.messages)).toHaveLength(3)
  })

  it('is shown by the tab that has it, and by no other', async () => {
    const ana = await visit()
    await ana.say('before', 'Ana')
    await expect.poll(() => textOf(ana.messages.last())).toMatch(/\d\d:\d\d before$/)
    const network = await Network.of(ana)
    await expect.poll(() => connection(ana.page)).toBe('Live')
    await network.cut()
    await ana.say('mine')
    await expect.poll(() => waiting(ana.page)).toEqual([notSentYet])
    const tab = await ana.page.context().newPage()
    await tab.goto(`${house.url}/g/${house.group}`)
    await expect.poll(() => connection(tab)).toBe('Reconnecting')
    network.mend()
    await back(tab)
    await back(ana.page)
    await expect.poll(stored).toEqual(['before', 'mine'])
    await expect.poll(() => textsOf(tab.locator('conversation-entries li.message'))).toHaveLength(2)
    expect(await waiting(tab)).toEqual([])
  })
})

describe('a reader of older messages', () => {
  /** The first message in view, and how far below the top of the list it begins. */
  function firstInView(page: Page): Promise<{ text: string; top: number }> {
    return page.locator('conversation-entries .scroll').evaluate((list) => {
      const { top } = list.getBoundingClientRect()
      const first = [...list.querySelectorAll('[data-id]')].find((line) => line.getBoundingClientRect().bottom > top)
      return {
        text: first?.textContent?.match(/note \d+/)?.[0] ?? '',
        top: (first?.getBoundingClientRect().top ?? 0) - top,
      }
    })
  }

  it('stays at the message they read when the server was killed and began anew', async () => {
    const server = await LastingServer.start()
    const say = async (text: string) => {
      const body = JSON.stringify({ author: 'ci', text })
      const headers = { 'Content-Type': 'application/json' }
      const url = `${server.url}/api/groups/${house.group}/annotations`
      expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(201)
    }
    const ana = await visit(`/g/${house.group}`, {}, server.url)
    try {
      await Promise.all(Array.from({ length: 250 }, (_, at) => say(`note ${at}`)))
      const list = ana.page.locator('conversation-entries .scroll')
      // To the first, so that nothing is on its way any more.
      const readBack = async () => {
        await list.evaluate((element) => element.scrollTo({ top: 0 }))
        return ana.messages.count()
      }
      await expect.poll(readBack).toBe(250)
      await list.evaluate((element) => element.scrollTo({ top: 415 }))
      const before = await firstInView(ana.page)
      expect(before.text).not.toBe('')
      await server.restart('SIGKILL')
      await say('after')
      await back(ana.page)
      await expect.poll(() => textOf(ana.page.locator('conversation-entries .pill'))).toContain('new')
      await expect.poll(async () => (await firstInView(ana.page)).text).toBe(before.text)
      await expect.poll(async () => Math.abs((await firstInView(ana.page)).top - before.top)).toBeLessThan(2)
      await expect.poll(() => textOf(ana.messages.last())).toContain('after')
    } finally {
      await server.close()
    }
  })
})

describe('what is being written', () => {
  it('is there again after a reload of its tab, and not in another tab', async () => {
    const ana = await visit()
    const field = ana.page.locator('message-composer textarea')
    await field.fill('half a thou')
    await ana.page.reload()
    await expect.poll(() => field.inputValue()).toBe('half a thou')
    const tab = await ana.page.context().newPage()
    await tab.goto(`${house.url}/g/${house.group}`)
    await expect.poll(() => connection(tab)).toBe('Live')
    expect(await tab.locator('message-composer textarea').inputValue()).toBe('')
  })
})

describe('a hidden tab', () => {
  async function show(page: Page, state: 'hidden' | 'visible'): Promise<void> {
    await page.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
      Object.defineProperty(document, 'hidden', { value: state === 'hidden', configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }, state)
  }

  it('asks for numbers once a minute, and on return at once for the present and what it missed', async () => {
    await post('metrics', { cpu: 1 })
    const ana = await visit()
    await ana.drawn('cpu')
    const asked: { paceMs?: number; windowMs?: number }[] = []
    const network = await ana.page.context().newCDPSession(ana.page)
    await network.send('Network.enable')
    network.on('Network.webSocketFrameSent', ({ response }) => {
      const envelope = JSON.parse(response.payloadData)
      if (envelope.type === 'subscribe') asked.push({ paceMs: envelope.paceMs, windowMs: envelope.windowMs })
    })
    await show(ana.page, 'hidden')
    await expect.poll(() => asked).toEqual([{ paceMs: 60_000, windowMs: undefined }])
    await post('metrics', { cpu: 2 })
    await post('metrics', { cpu: 3 })
    const card = ana.chart('cpu')
    const renders = Number(await card.getAttribute('data-renders'))
    const begin = performance.now()
    await show(ana.page, 'visible')
    await expect.poll(() => asked).toHaveLength(2)
    expect(asked[1]).toEqual({ paceMs: 1_000, windowMs: expect.any(Number) })
    await expect.poll(() => textOf(card)).toContain('3')
    // It draws for the answer and for the seconds since, not for all that it missed.
    const seconds = (performance.now() - begin) / 1_000
    expect(Number(await card.getAttribute('data-renders')) - renders).toBeLessThan(15 + seconds)
  })
})
