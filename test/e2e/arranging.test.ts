import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { faultsOf } from '../support/axe.ts'
import { BadNetwork } from '../support/bad-network.ts'
import { OpenHouse, type VisitOptions } from '../support/open-house.ts'
import { textOf, textsOf, type Visitor } from '../support/visitor.ts'

const house = new OpenHouse()

async function fill(): Promise<void> {
  await house.post('metrics', [
    { metric: 'visitors', value: 80 },
    { metric: 'revenue', value: 48, unit: 'EUR' },
    { metric: 'orders', labels: { item: 'Shirts' }, value: 5 },
    { metric: 'orders', labels: { item: 'Socks' }, value: 20 },
    { metric: 'requests', labels: { region: 'EU' }, value: 9, as: 'line' },
  ])
}

/** Somebody with a name in a group with charts, who arranges. */
async function arranger(name: string, options: VisitOptions = {}, url = house.url): Promise<Visitor> {
  const visitor = await house.visit(undefined, { reducedMotion: 'reduce', ...options }, url)
  await visitor.page.evaluate((kept) => localStorage.setItem('chartroom.name', kept), name)
  await visitor.page.reload()
  await visitor.drawn('orders')
  await visitor.page.getByRole('button', { name: 'Arrange', exact: true }).click()
  await visitor.page.locator('chart-frame').first().waitFor()
  return visitor
}

const frame = ({ page }: Visitor, title: string) => page.locator('chart-frame').getByRole('button', { name: title })
const titles = ({ page }: Visitor) => textsOf(page.locator('chart-grid h2'))
const panel = ({ page }: Visitor) => page.locator('chart-panel')
const bar = ({ page }: Visitor) => page.locator('arrange-bar')
const field = (visitor: Visitor, label: string) => panel(visitor).getByLabel(label, { exact: true })
const press = (visitor: Visitor, name: string) => visitor.page.getByRole('button', { name, exact: true }).click()

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('it is not on the page')
  return box
}

/** Drags from one point of the page to another, in steps, as a hand does. */
async function drag({ page }: Visitor, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  await page.mouse.move(...from)
  await page.mouse.down()
  await page.mouse.move(...to, { steps: 8 })
  await page.mouse.up()
}

/** What the server has of the board. */
async function board(): Promise<{ charts: { id: string; [field: string]: unknown }[] } | null> {
  const state = await (await fetch(`${house.url}/api/groups/${house.group}`)).json()
  return state.board ?? null
}

describe('arranging', () => {
  it('asks for a name first, and can be left by Escape without one', async () => {
    await fill()
    const ana = await house.visit()
    await ana.drawn('orders')
    await press(ana, 'Arrange')
    await ana.page.locator('name-field input:focus').waitFor()
    await ana.page.keyboard.press('Escape')
    await expect.poll(() => ana.page.locator('name-field').count()).toBe(0)
    expect(await ana.page.locator('chart-frame').count()).toBe(0)
    await press(ana, 'Arrange')
    await ana.page.locator('name-field input').fill('Ana')
    await ana.page.keyboard.press('Enter')
    await expect.poll(() => ana.page.locator('chart-frame').count()).toBe(4)
    await ana.page.keyboard.press('Escape')
    await expect.poll(() => ana.page.locator('chart-frame').count()).toBe(0)
  })

  it('orders charts by dragging, and everybody sees it move', async () => {
    await fill()
    const ana = await arranger('Ana')
    const wei = await house.visit()
    const [orders, visitors] = [await boxOf(frame(ana, 'orders')), await boxOf(frame(ana, 'visitors'))]
    await drag(ana, [orders.x + 60, orders.y + 20], [visitors.x + 60, visitors.y + 20])
    await expect.poll(() => titles(ana)).toEqual(['orders', 'visitors', 'revenue', 'requests'])
    await expect.poll(() => titles(wei)).toEqual(['orders', 'visitors', 'revenue', 'requests'])
    // The numbers have gone on, and no panel has come of it.
    await house.post('metrics', { visitors: 81 })
    await expect.poll(() => textOf(ana.chart('visitors'))).toContain('81')
    expect(await panel(ana).count()).toBe(0)
  })

  it('shows where a dragged chart goes before it is let go, and Escape puts it back', async () => {
    await fill()
    const ana = await arranger('Ana')
    const [orders, visitors] = [await boxOf(frame(ana, 'orders')), await boxOf(frame(ana, 'visitors'))]
    await ana.page.mouse.move(orders.x + 60, orders.y + 20)
    await ana.page.mouse.down()
    await ana.page.mouse.move(visitors.x + 60, visitors.y + 20, { steps: 8 })
    await expect.poll(() => textOf(frame(ana, 'orders'))).toContain('moving: 4 × 4')
    await expect.poll(async () => (await boxOf(frame(ana, 'visitors'))).x).toBeGreaterThan(visitors.x + 100)
    await ana.page.keyboard.press('Escape')
    await expect.poll(async () => (await boxOf(frame(ana, 'visitors'))).x).toBe(visitors.x)
    await ana.page.mouse.up()
    expect(await board()).toBeNull()
  })

  it('sizes a chart by its corner, in columns and rows', async () => {
    await fill()
    const ana = await arranger('Ana')
    const { x, y, width, height } = await boxOf(frame(ana, 'orders'))
    const corner = [x + width - 4, y + height - 4] as const
    await drag(ana, corner, [corner[0] + 2 * 85, corner[1] - 72])
    await expect.poll(() => frame(ana, 'orders').getAttribute('aria-label')).toContain('6 × 3')
    await expect.poll(async () => (await board())?.charts.at(-1)).toMatchObject({ size: { columns: 6, rows: 3 } })
  })

  it('does all of it by keys, and says what was done', async () => {
    await fill()
    const ana = await arranger('Ana')
    const { keyboard } = ana.page
    const said = () => textOf(bar(ana).locator('p[role=status]'))
    await frame(ana, 'orders').focus()
    await keyboard.press('ArrowLeft')
    await expect.poll(() => titles(ana)).toEqual(['visitors', 'orders', 'revenue', 'requests'])
    await expect.poll(said).toBe('orders is 2 of 4.')
    await keyboard.press('Shift+ArrowRight')
    await keyboard.press('Shift+ArrowUp')
    await expect.poll(said).toBe('orders is 5 × 3.')
    await keyboard.press('Control+d')
    await expect.poll(() => titles(ana)).toEqual(['visitors', 'orders', 'orders', 'revenue', 'requests'])
    await keyboard.press('Delete')
    await expect.poll(() => titles(ana)).toEqual(['visitors', 'orders', 'revenue', 'requests'])
    await expect.poll(said).toBe('orders is removed. Undo brings it back.')
    await keyboard.press('Control+z')
    await expect.poll(() => titles(ana)).toHaveLength(5)
    await keyboard.press('Control+Shift+z')
    await expect.poll(() => titles(ana)).toHaveLength(4)
    await keyboard.press('ArrowLeft')
    await keyboard.press('Enter')
    await expect.poll(() => panel(ana).count()).toBe(1)
    await keyboard.press('Escape')
    await expect.poll(() => panel(ana).count()).toBe(0)
    await expect
      .poll(() => ana.page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.tagName))
      .toBe('CHART-GRID')
    await keyboard.press('Escape')
    await expect.poll(() => ana.page.locator('chart-frame').count()).toBe(0)
  })
})

describe('the panel', () => {
  it('says what a chart is, alive, and everybody has each change at once', async () => {
    await fill()
    const ana = await arranger('Ana')
    const wei = await house.visit()
    await frame(ana, 'orders').click()
    await field(ana, 'Title').fill('Orders by item')
    await expect.poll(() => titles(wei)).toContain('Orders by item')
    await field(ana, 'Kind').selectOption('table')
    await expect.poll(() => wei.chart('Orders by item').locator('figure.table').count()).toBe(1)
    await expect.poll(() => panel(ana).locator('figure.table').count()).toBe(1)
    // A table is not grouped, stands not upright, and has no target.
    for (const label of ['Grouping', 'Upright', 'Target'])
      await expect.poll(() => panel(ana).getByLabel(label, { exact: true }).count()).toBe(0)
    await house.post('metrics', [{ metric: 'orders', labels: { item: 'Shirts' }, value: 77 }])
    await expect.poll(() => textOf(panel(ana).locator('.preview'))).toContain('77')
  })

  it('undoes what was typed as one, also what was typed before', async () => {
    await fill()
    const ana = await arranger('Ana')
    await frame(ana, 'orders').click()
    await field(ana, 'Title').pressSequentially('Items')
    await field(ana, 'Unit').pressSequentially('pcs')
    await expect.poll(async () => (await board())?.charts.at(-1)).toMatchObject({ title: 'Items', unit: 'pcs' })
    await press(ana, 'Undo')
    await expect.poll(async () => (await board())?.charts.at(-1)).not.toHaveProperty('unit')
    await press(ana, 'Undo')
    await expect.poll(() => titles(ana)).toContain('orders')
    await expect.poll(() => field(ana, 'Title').inputValue()).toBe('')
    await press(ana, 'Redo')
    await expect.poll(() => field(ana, 'Title').inputValue()).toBe('Items')
  })

  it('says what is wrong beside the field, and saves nothing wrong', async () => {
    await fill()
    const ana = await arranger('Ana')
    await frame(ana, 'orders').click()
    await field(ana, 'Show at most').fill('many')
    await expect.poll(() => textOf(panel(ana))).toContain('A whole number from 1 to 50.')
    expect(await field(ana, 'Show at most').getAttribute('aria-invalid')).toBe('true')
    await field(ana, 'Show at most').fill('3')
    await expect.poll(() => textOf(panel(ana))).not.toContain('A whole number')
    await expect.poll(async () => (await board())?.charts.at(-1)).toMatchObject({ top: 3 })
  })

  it('gives thresholds, each with value, side, level and word', async () => {
    await fill()
    const ana = await arranger('Ana')
    await frame(ana, 'visitors').click()
    await field(ana, 'Target').fill('0.1k')
    await expect.poll(async () => (await board())?.charts[0]).toMatchObject({ target: 100 })
    await press(ana, 'Add a threshold')
    await expect.poll(async () => (await board())?.charts[0]).toMatchObject({ thresholds: [{ at: 110 }] })
    await expect.poll(() => field(ana, 'Value').evaluate((input) => input.matches(':focus'))).toBe(true)
    await field(ana, 'Value').fill('70,5')
    await field(ana, 'It is').selectOption('crit')
    await field(ana, 'Word').fill('full')
    await expect
      .poll(async () => (await board())?.charts[0])
      .toMatchObject({ thresholds: [{ at: 70.5, level: 'crit', word: 'full' }] })
    await press(ana, 'Remove threshold 1')
    await expect.poll(async () => (await board())?.charts[0]).not.toHaveProperty('thresholds')
  })

  it('adds a chart of several metrics, also of a hidden one, found by its words', async () => {
    await fill()
    const ana = await arranger('Ana')
    await frame(ana, 'revenue').focus()
    await ana.page.keyboard.press('Delete')
    await expect.poll(() => titles(ana)).toEqual(['visitors', 'orders', 'requests'])
    await press(ana, 'Add chart')
    await panel(ana).getByPlaceholder('Add a metric').fill('reven')
    await panel(ana)
      .getByRole('button', { name: /revenue.*hidden/ })
      .click()
    await expect.poll(() => titles(ana)).toEqual(['visitors', 'orders', 'requests', 'revenue'])
    await panel(ana).getByPlaceholder('Add a metric').click()
    await panel(ana).getByRole('button', { name: 'visitors' }).click()
    await expect.poll(() => titles(ana)).toEqual(['visitors', 'orders', 'requests', 'revenue, visitors'])
    await expect.poll(() => ana.chart('revenue, visitors').first().locator('figure.line').count()).toBe(1)
    await press(ana, 'Remove revenue')
    await expect.poll(() => titles(ana)).toEqual(['visitors', 'orders', 'requests', 'visitors'])
  })

  it('brings into sight what was added, and what is undone', async () => {
    await fill()
    const ana = await arranger('Ana', { viewport: { width: 1440, height: 400 } })
    const foot = async (title: string) => {
      const { y, height } = await boxOf(frame(ana, title).last())
      return y + height
    }
    await frame(ana, 'visitors').click()
    await field(ana, 'Title').fill('Guests')
    await press(ana, 'Add chart')
    await panel(ana).getByPlaceholder('Add a metric').fill('reg req')
    await expect.poll(() => panel(ana).locator('.offer').count()).toBe(0)
    await panel(ana).getByPlaceholder('Add a metric').fill('ord')
    await ana.page.keyboard.press('Enter')
    await expect.poll(() => titles(ana)).toEqual(['Guests', 'revenue', 'orders', 'requests', 'orders'])
    await expect.poll(() => foot('orders')).toBeLessThan(400)
    await press(ana, 'Undo')
    await expect.poll(() => titles(ana)).toEqual(['Guests', 'revenue', 'orders', 'requests'])
    await ana.page.mouse.move(400, 250)
    await ana.page.mouse.wheel(0, 2_000)
    await expect.poll(async () => (await boxOf(frame(ana, 'Guests'))).y).toBeLessThan(0)
    await press(ana, 'Undo')
    await expect.poll(async () => (await boxOf(frame(ana, 'visitors'))).y).toBeGreaterThan(50)
  })

  it('brings a chart, and all of them, back to what they were', async () => {
    await fill()
    const ana = await arranger('Ana')
    await frame(ana, 'orders').click()
    await field(ana, 'Title').fill('Items')
    await expect.poll(() => titles(ana)).toContain('Items')
    await panel(ana).getByRole('button', { name: 'Chart as it came' }).click()
    await expect.poll(() => titles(ana)).toContain('orders')
    await panel(ana).getByRole('button', { name: 'Remove' }).last().click()
    await expect.poll(() => titles(ana)).toEqual(['visitors', 'revenue', 'requests'])
    await bar(ana).getByRole('button', { name: 'Board as it came' }).click()
    await press(ana, 'Yes')
    await expect.poll(() => titles(ana)).toEqual(['visitors', 'revenue', 'orders', 'requests'])
    await expect.poll(board).toBeNull()
    await press(ana, 'Undo')
    await expect.poll(() => titles(ana)).toEqual(['visitors', 'revenue', 'requests'])
  })
})

describe('two who arrange at once', () => {
  it('both keep their work on different charts, and end equal', async () => {
    await fill()
    const [ana, ben] = [await arranger('Ana'), await arranger('Ben')]
    await Promise.all([frame(ana, 'orders').click(), frame(ben, 'visitors').click()])
    await Promise.all([field(ana, 'Title').fill('Items'), field(ben, 'Title').fill('Guests')])
    const all = ['Guests', 'revenue', 'Items', 'requests']
    for (const visitor of [ana, ben]) await expect.poll(() => titles(visitor)).toEqual(all)
    for (const visitor of [ana, ben]) expect(await bar(visitor).locator('.rival').count()).toBe(0)
  })

  it('on the same chart: the later one wins, and the earlier is told and may put theirs back', async () => {
    await fill()
    const [ana, ben] = [await arranger('Ana'), await arranger('Ben')]
    await frame(ana, 'orders').click()
    await field(ana, 'Title').fill('Items')
    await expect.poll(() => titles(ben)).toContain('Items')
    const { y } = await boxOf(frame(ana, 'Items'))
    await frame(ben, 'Items').click()
    await field(ben, 'Title').fill('Sold')
    await expect.poll(() => titles(ana)).toContain('Sold')
    await expect.poll(() => textOf(bar(ana))).toContain('Ben changed Sold after you')
    // What the arranger is about to take hold of stays where it is.
    expect((await boxOf(frame(ana, 'Sold'))).y).toBe(y)
    // The field that nobody types in follows.
    await press(ana, 'Undo')
    await expect.poll(() => textOf(bar(ana))).toContain('Ben has changed it since')
    expect(await titles(ben)).toContain('Sold')
    await press(ana, 'Put mine back')
    await expect.poll(() => titles(ben)).toContain('Items')
    await expect.poll(() => textOf(bar(ben))).toContain('Ana changed Items after you')
    await press(ben, 'Keep')
    await expect.poll(() => bar(ben).locator('.rival').count()).toBe(0)
    expect(await titles(ana)).toEqual(await titles(ben))
  })
})

describe('a kind', () => {
  it('is mine first, and everyone’s with one more press', async () => {
    await fill()
    const [ana, wei] = [await house.visit(), await house.visit()]
    const card = await ana.drawn('orders')
    await card.hover()
    await card.getByRole('button', { name: 'table', exact: true }).click()
    await expect.poll(() => card.locator('figure.table').count()).toBe(1)
    await expect.poll(async () => (await wei.drawn('orders')).locator('figure.bar').count()).toBe(1)
    await card.getByRole('button', { name: 'For everyone' }).click()
    await ana.page.locator('name-field input').fill('Ana')
    await ana.page.keyboard.press('Enter')
    await expect.poll(() => wei.chart('orders').locator('figure.table').count()).toBe(1)
    expect(await card.locator('figure.table').count()).toBe(1)
    await expect.poll(() => card.getByRole('button', { name: 'For everyone' }).count()).toBe(0)
    expect(await ana.page.locator('chart-frame').count()).toBe(0)
  })
})

describe('on a phone', () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

  it('charts are ordered by the finger on their head, and sized on a page of their own', async () => {
    await fill()
    const ana = await arranger('Ana', phone)
    const touch = await ana.page.context().newCDPSession(ana.page)
    const [orders, visitors] = [await boxOf(frame(ana, 'orders')), await boxOf(frame(ana, 'visitors'))]
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] })
    await send('touchStart', orders.x + 60, orders.y + 20)
    for (let step = 1; step <= 8; step++) {
      await send('touchMove', orders.x + 60, orders.y + 20 + ((visitors.y - orders.y) * step) / 8)
    }
    await send('touchEnd')
    await expect.poll(() => titles(ana)).toEqual(['orders', 'visitors', 'revenue', 'requests'])
    // The browser takes no tap that comes within the same instant for one.
    const opened = async () => {
      if ((await panel(ana).count()) === 0) await frame(ana, 'orders').tap()
      return panel(ana).count()
    }
    await expect.poll(opened).toBe(1)
    const { width, height } = await boxOf(panel(ana))
    expect([width, height]).toEqual([390, 844])
    await panel(ana).getByRole('button', { name: 'Narrower' }).tap()
    await panel(ana).getByRole('button', { name: 'Later' }).tap()
    await panel(ana).getByRole('button', { name: 'Close' }).tap()
    await expect.poll(() => titles(ana)).toEqual(['visitors', 'orders', 'revenue', 'requests'])
    await expect.poll(async () => (await board())?.charts).toMatchObject([{}, { id: 'orders', size: { columns: 3 } }])
    expect(await ana.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  })

  it('who has a chart open is told there that somebody changed it after them', async () => {
    await fill()
    const ana = await arranger('Ana', phone)
    await frame(ana, 'visitors').tap()
    await field(ana, 'Title').fill('People')
    await expect.poll(board).toMatchObject({ charts: [{ title: 'People' }] })
    const put = await fetch(`${house.url}/api/groups/${house.group}/board?author=Ben`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ charts: [{ id: 'visitors', metrics: ['visitors'], title: 'Guests' }] }),
    })
    expect(put.status).toBe(200)
    await panel(ana).getByRole('button', { name: 'Put mine back' }).tap()
    await expect.poll(() => titles(ana)).toContain('People')
    await expect.poll(() => panel(ana).locator('.rival').count()).toBe(0)
  })
})

describe('a cut line', () => {
  it('lets arranging wait, says so, and loses nothing', async () => {
    await fill()
    const network = await BadNetwork.to(house.url)
    const ana = await arranger('Ana', {}, network.url)
    network.spoilNewLines(() => 'held')
    for (const line of network.lines) line.cut()
    await frame(ana, 'orders').focus()
    await ana.page.keyboard.press('ArrowLeft')
    await expect.poll(() => titles(ana)).toEqual(['visitors', 'orders', 'revenue', 'requests'])
    await expect.poll(() => textOf(bar(ana))).toContain('It goes when the connection is back')
    network.heal()
    await expect.poll(async () => (await board())?.charts.at(-1)).toMatchObject({ id: 'orders' })
    await expect.poll(() => textOf(bar(ana))).not.toContain('It goes when')
    network.close()
  })
})

describe('axe finds nothing', () => {
  it.each([
    ['light', 'en-GB', {}],
    ['dark', 'zh-CN', {}],
    ['light', 'zh-CN', { viewport: { width: 390, height: 844 } }],
  ] as const)('while charts are arranged in %s, %s', async (colorScheme, locale, more) => {
    await fill()
    const zh = locale === 'zh-CN'
    const ana = await house.visit(undefined, { colorScheme, locale, bypassCSP: true, ...more })
    await ana.drawn('orders')
    await press(ana, zh ? '排列' : 'Arrange')
    await ana.page.locator('name-field input').waitFor()
    expect(await faultsOf(ana.page)).toEqual([])
    await ana.page.locator('name-field input').fill('Ana')
    await ana.page.keyboard.press('Enter')
    await ana.page.locator('chart-frame').first().waitFor()
    expect(await faultsOf(ana.page)).toEqual([])
    await frame(ana, 'orders').click()
    await press(ana, zh ? '添加阈值' : 'Add a threshold')
    await panel(ana).locator('.threshold').waitFor()
    await field(ana, zh ? '目标' : 'Target').fill('x')
    await panel(ana).locator('[aria-invalid=true]').waitFor()
    expect(await faultsOf(ana.page)).toEqual([])
    await panel(ana)
      .getByRole('button', { name: zh ? '关闭' : 'Close' })
      .click()
    await press(ana, zh ? '添加图表' : 'Add chart')
    await panel(ana).locator('.offer').first().waitFor()
    expect(await faultsOf(ana.page)).toEqual([])
  })
})
