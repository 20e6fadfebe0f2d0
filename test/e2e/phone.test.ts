import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { OpenHouse } from '../support/open-house.ts'
import { textOf } from '../support/visitor.ts'

const house = new OpenHouse()
const phone = { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true }
const leastPx = 44

/** What a finger can press and is smaller than 44 px; links in running text are as high as their line. */
function smallTargetsOf(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const found: string[] = []
    function sizeOf(element: Element, around: '::before' | '::after') {
      const { content, width, height } = getComputedStyle(element, around)
      return content === 'none' ? { width: 0, height: 0 } : { width: parseFloat(width), height: parseFloat(height) }
    }
    function look(element: Element): void {
      if (element.matches('[inert]')) return
      if (
        element.matches('button, a:not(.text a), input, select, textarea') &&
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      ) {
        const { width, height, left, right } = element.getBoundingClientRect()
        const all = [{ width, height }, sizeOf(element, '::before'), sizeOf(element, '::after')]
        const [wide, high] = [Math.max(...all.map((one) => one.width)), Math.max(...all.map((one) => one.height))]
        const isOnPage = right > 0 && left < innerWidth
        if (isOnPage && Math.min(wide, high) < least)
          found.push(`${element.ariaLabel ?? element.textContent}: ${wide} x ${high}`)
      }
      for (const child of [...(element.shadowRoot?.children ?? []), ...element.children]) look(child)
    }
    look(document.body)
    return found
  }, leastPx)
}

/** How much of the page, or of its side that is shown, can be scrolled sideways, px. What is not shown is not drawn. */
function sidewaysOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const sides = [...(document.querySelector('group-view')?.shadowRoot?.querySelectorAll('main, aside') ?? [])]
    const shown = sides.filter((side) => Math.abs(side.getBoundingClientRect().left) < 1)
    return Math.max(...[document.documentElement, ...shown].map((side) => side.scrollWidth - side.clientWidth))
  })
}

/** A finger that goes sideways over the page. */
async function swipe(page: Page, { from, to, y }: { from: number; to: number; y: number }): Promise<void> {
  const finger = await page.context().newCDPSession(page)
  const at = (x: number) => [{ x, y }]
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(from) })
  for (let step = 1; step <= 10; step++) {
    const touchPoints = at(from + ((to - from) * step) / 10)
    await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints })
  }
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

const longName = 'a_name_that_nobody_would_ever_write_but_somebody_does_all_the_same'

async function fill(): Promise<void> {
  await house.post('metrics', [
    { metric: 'orders', labels: { item: 'Shirts' }, value: 5 },
    { metric: 'orders', labels: { item: `${longName} ${longName}` }, value: 20 },
    { metric: longName, value: 64 },
  ])
  const pin = { metric: 'orders', category: 'Shirts' }
  await house.post('annotations', { author: longName.slice(0, 60), text: `${longName}${longName}`, pin })
  await house.post('annotations', { author: 'web', text: `GET /${longName}${longName}`, kind: 'log' })
}

it('a phone has everything large enough for a finger, and nothing to be scrolled sideways', async () => {
  await fill()
  const ana = await house.visit(undefined, phone)
  const { page } = ana
  await ana.drawn('orders')
  const fits = async () => {
    for (const width of [360, 390]) {
      await page.setViewportSize({ width, height: 780 })
      await expect.poll(() => smallTargetsOf(page)).toEqual([])
      await expect.poll(() => sidewaysOf(page)).toBe(0)
    }
  }
  await fits()
  await page.getByRole('button', { name: 'Conversation' }).tap()
  await ana.messages.first().locator('.text').tap()
  await page.getByRole('button', { name: 'Reply' }).waitFor()
  await fits()
  await page.getByRole('button', { name: 'Logs' }).tap()
  await page.getByRole('button', { name: 'Pause' }).waitFor()
  await fits()
  await page.getByRole('button', { name: 'Search', exact: true }).tap()
  await page.getByRole('searchbox', { name: 'Search the conversation' }).waitFor()
  await fits()
  await page.getByRole('button', { name: 'Settings' }).tap()
  await page.getByRole('radio', { name: 'Dark' }).waitFor()
  await fits()
})

it('a phone leaves no empty band below bars', async () => {
  await house.post('metrics', [
    { metric: 'orders', labels: { item: 'Shirts' }, value: 5 },
    { metric: 'orders', labels: { item: 'Socks' }, value: 20 },
    { metric: 'cpu', value: 64 },
  ])
  const ana = await house.visit(undefined, phone)
  await ana.drawn('orders')
  const cpu = await ana.drawn('cpu')
  const bandPx = async () => {
    const last = await ana.chart('orders').locator('.row').last().boundingBox()
    const next = await cpu.boundingBox()
    if (last === null || next === null) throw new Error('there are no bars')
    return next.y - last.y - last.height
  }
  await expect.poll(bandPx).toBeLessThan(40)
})

it('a phone has charts and conversation one swipe apart, from a chart and from a message on', async () => {
  await fill()
  const ana = await house.visit(undefined, phone)
  const shown = () => textOf(ana.page.locator('nav [aria-current=true]'))
  await ana.drawn('orders')
  await swipe(ana.page, { from: 340, to: 40, y: 260 })
  await expect.poll(shown).toBe('Conversation')
  // It has come to rest: a finger that is put on what moves only stops it.
  const pages = ana.page.locator('group-view .pages')
  await expect.poll(() => pages.evaluate((side) => side.scrollLeft / side.clientWidth)).toBeCloseTo(1, 2)
  await swipe(ana.page, { from: 40, to: 340, y: 600 })
  await expect.poll(shown).toBe('Charts')
})

it('a chart has its kinds in a menu, over no part of its head, which closes when one is chosen', async () => {
  await house.post('metrics', [
    { metric: 'orders', labels: { item: 'Shirts' }, value: 5 },
    { metric: 'orders', labels: { item: 'Socks' }, value: 20 },
  ])
  const ana = await house.visit(undefined, phone)
  const card = await ana.drawn('orders')
  const slices = card.getByRole('button', { name: 'slices' })
  const menu = card.getByRole('button', { name: 'Show as' })
  await menu.tap()
  await slices.waitFor()
  const [head, tools] = await Promise.all(
    [card.locator('h2'), card.getByRole('toolbar', { name: 'Show as' })].map((part) => part.boundingBox()),
  )
  if (!head || !tools) throw new Error('there is no menu')
  expect(tools.y).toBeGreaterThanOrEqual(head.y + head.height)
  expect(await card.getByRole('button', { pressed: true }).getAttribute('aria-label')).toBe('bars, as the group has it')
  await expect.poll(() => smallTargetsOf(ana.page)).toEqual([])
  await slices.tap()
  await slices.waitFor({ state: 'hidden' })
  await menu.tap()
  await card.getByRole('button', { name: 'As a table' }).tap()
  // A menu over a table takes what it is tapped for.
  await menu.tap()
  await card.getByRole('button', { name: 'heat map' }).tap()
  await menu.tap()
  await card.getByRole('button', { name: 'As a table' }).tap()
  await menu.tap()
  await slices.tap()
  await expect.poll(() => textOf(card)).toMatch(/Socks\s*20\s*80/)
})
