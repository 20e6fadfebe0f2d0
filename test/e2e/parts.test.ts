import { describe, expect, it } from 'vitest'
import { OpenHouse } from '../support/open-house.ts'
import { textOf, type Visitor } from '../support/visitor.ts'

const house = new OpenHouse()

/** The browser's own words for what a test kept from coming are no fault of the page. */
function forgive({ errors }: Visitor): void {
  for (const [at, error] of [...errors.entries()].reverse())
    if (/404|dynamically imported/.test(error)) errors.splice(at, 1)
}

describe('a part of the page that does not come', () => {
  it('reloads the page once, and then says what is wrong, with a way to try again', async () => {
    const ana = await house.visit('/')
    let views = 0
    await ana.page.route(/\/assets\/group-[\w-]{8}\.js$/, (route) => {
      views++
      return route.fulfill({ status: 404 })
    })
    await ana.page.goto(`${house.url}/g/${house.group}`)
    const missing = ana.page.locator('missing-part')
    await expect.poll(() => textOf(missing)).toContain('A part of this page did not come')
    expect(views).toBe(2)

    await ana.page.unroute(/\/assets\/group-[\w-]{8}\.js$/)
    await missing.getByRole('button', { name: 'Reload' }).click()
    await ana.page.locator('group-view').waitFor()
    await expect.poll(() => missing.count()).toBe(0)
    forgive(ana)
  })

  it('takes nothing from what is there', async () => {
    await house.post('metrics', { orders: { Shirts: 5, Socks: 2 } })
    const ana = await house.visit('/')
    await ana.page.route(/\/assets\/bar-.*\.js$/, (route) => route.fulfill({ status: 404 }))
    await ana.page.goto(`${house.url}/g/${house.group}`)
    await ana.page.locator('missing-part').waitFor()
    expect(await textOf(ana.chart('orders'))).toContain('Shirts')
    forgive(ana)
  })
})

it('a table that is asked for before it has come takes the focus when it does', async () => {
  await house.post('metrics', { orders: { Shirts: 5, Socks: 2 } })
  const ana = await house.visit('/')
  let bring = () => {}
  const wanted = new Promise<void>((resolve) => {
    bring = resolve
  })
  await ana.page.route(/\/assets\/table-twin-.*\.js$/, async (route) => {
    await wanted
    await route.continue()
  })
  await ana.page.goto(`${house.url}/g/${house.group}`)
  const chart = await ana.drawn('orders')
  await chart.locator('chart-chooser .surface').press('t')
  bring()
  const scroller = chart.locator('table-twin .scroller')
  await expect.poll(() => scroller.evaluate((element) => element.matches(':focus'))).toBe(true)
})

it('what is pinned before the conversation has come is in its composer when it does', async () => {
  await house.post('metrics', { orders: { Shirts: 5, Socks: 2 } })
  const ana = await house.visit('/')
  let bring = () => {}
  const wanted = new Promise<void>((resolve) => {
    bring = resolve
  })
  await ana.page.route(/\/assets\/conversation-.*\.js$/, async (route) => {
    await wanted
    await route.continue()
  })
  await ana.page.goto(`${house.url}/g/${house.group}`)
  const chart = ana.chart('orders')
  await chart.locator('chart-chooser .surface').waitFor()
  await chart.locator('chart-chooser .surface').click({ position: { x: 100, y: 30 } })
  expect(await ana.page.locator('message-composer').count()).toBe(0)
  bring()
  await expect.poll(() => textOf(ana.page.locator('composed-pin'))).toMatch(/orders/)
  await ana.page.keyboard.type('why?')
  await expect.poll(() => ana.page.locator('message-composer textarea').inputValue()).toBe('why?')
})

it('a page whose script does not come says so by itself', async () => {
  const ana = await house.visit('/')
  const script = await ana.page.locator('script[type=module]').getAttribute('src')
  await ana.page.route(`**${script}`, (route) => route.fulfill({ status: 404 }))
  await ana.page.goto(`${house.url}/g/${house.group}`)
  const start = ana.page.locator('body > .start')
  // Not at once: most often the script is only slow.
  expect(await start.isVisible()).toBe(false)
  await ana.page.evaluate(() => {
    for (const animation of document.getAnimations()) animation.finish()
  })
  expect(await start.isVisible()).toBe(true)
  expect(await textOf(start)).toContain('did not come')
  forgive(ana)
})
