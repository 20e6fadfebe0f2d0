import { decodeClientEnvelope } from '@chartroom/shared'
import type { Locator } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { type FrameworkPages, frameworks, serveFrameworkPages } from '../support/framework-pages.ts'
import { OpenHouse } from '../support/open-house.ts'
import { type RunningServer, startServer } from '../support/running-server.ts'

let pages: FrameworkPages | undefined
let server: RunningServer | undefined
const house = new OpenHouse(async () => {
  pages = await serveFrameworkPages()
  server = await startServer('--origin', pages.url)
  return server
})

afterAll(() => pages?.close())

/** How many links were opened since now, and how many of these were closed. */
function linkCounter() {
  const linksOf = (event: string) => server?.log.flatMap((line) => (line.event === event ? [line.link] : [])) ?? []
  const before = linksOf('link_opened').length
  return () => {
    const opened = linksOf('link_opened').slice(before)
    return { opened: opened.length, closed: linksOf('link_closed').filter((link) => opened.includes(link)).length }
  }
}

/** The pace of a frame that asks for a group; none of any other frame. */
function pacesIn(frame: string): unknown[] {
  const decoded = decodeClientEnvelope(frame)
  return decoded.ok && decoded.value.type === 'subscribe' ? [decoded.value.paceMs] : []
}

describe.each(frameworks)('useGroup of %s', (framework) => {
  /** The paces that the page of this test asked for, in ms. */
  let paces: unknown[] = []

  /** The parts of the page, one for each group, once they are live. */
  async function open(groups: readonly string[] = [house.group]): Promise<Locator[]> {
    const { page } = await house.visit('about:blank', {}, '')
    paces = []
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => paces.push(...pacesIn(`${payload}`))))
    const query = new URLSearchParams([['server', house.url], ...groups.map((group) => ['group', group])])
    await page.goto(`${pages?.url}/${framework}?${query}`)
    const places = groups.map((_, at) => page.locator('section').nth(at))
    for (const place of places) await place.getByText('live', { exact: true }).waitFor()
    return places
  }

  async function post(orders: number, place: Locator): Promise<void> {
    await house.post('metrics', { orders })
    await expect.poll(() => place.locator('output').textContent()).toBe(`${orders}`)
  }

  async function only(): Promise<Locator> {
    const [place] = await open()
    if (place === undefined) throw new Error('The page has no part.')
    return place
  }

  it('shows numbers and messages as they come, and says what is written', async () => {
    const place = await only()
    await post(5, place)
    await house.post('annotations', { author: 'ci', text: 'deployed' })
    await place.getByText('ci: deployed').waitFor()
    await place.getByRole('textbox').fill('thanks')
    await place.getByRole('textbox').press('Enter')
    await place.getByText('Ana: thanks').waitFor()
    expect(await place.getByRole('listitem').allTextContents()).toEqual(['ci: deployed', 'Ana: thanks'])
  })

  it('shares one link among components, hands it on when its own leaves, and closes it with the last', async () => {
    const links = linkCounter()
    const [left, stays] = await open([house.group, `${house.group}-beside`])
    await expect.poll(links).toEqual({ opened: 1, closed: 0 })
    await left?.getByRole('button', { name: 'leave' }).click()
    await expect.poll(links).toEqual({ opened: 2, closed: 1 })
    await expect.poll(() => left?.locator('form').count()).toBe(0)
    await stays?.getByRole('textbox').fill('still here')
    await stays?.getByRole('textbox').press('Enter')
    await stays?.getByText('Ana: still here').waitFor()
    expect(links()).toEqual({ opened: 2, closed: 1 })
    await stays?.getByRole('button', { name: 'leave' }).click()
    await expect.poll(links).toEqual({ opened: 2, closed: 2 })
  })

  it('keeps its link at another pace, and takes another for another group', async () => {
    const links = linkCounter()
    const place = await only()
    await post(5, place)
    await place.getByRole('button', { name: 'fast' }).click()
    // At the minute's pace that it began with, the last of these would not be seen.
    for (const orders of [6, 7, 8]) await post(orders, place)
    expect(paces).toEqual([60_000, 100])
    expect(links()).toEqual({ opened: 1, closed: 0 })
    await place.getByRole('button', { name: 'other' }).click()
    await expect.poll(links).toEqual({ opened: 2, closed: 1 })
    await place.getByRole('heading', { name: `${house.group}-other` }).waitFor()
    await place.getByText('live', { exact: true }).waitFor()
    await expect.poll(() => place.locator('output').textContent()).toBe('')
  })
})
