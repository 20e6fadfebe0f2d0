import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { OpenHouse, type VisitOptions } from '../support/open-house.ts'
import type { Visitor } from '../support/visitor.ts'

const house = new OpenHouse()
const ids = ['visitors', 'orders', 'revenue', 'cpu', 'memory', 'disk', 'load', 'sent', 'errors', 'jobs']

/** Somebody at a group with charts in rows enough that not all of them are in view. */
async function visitor(options: VisitOptions = {}): Promise<Visitor> {
  await house.post(
    'metrics',
    ids.map((metric) => ({ metric, labels: { of: 'all' }, value: 5, as: 'line' })),
  )
  await order(ids)
  const ana = await house.visit(undefined, { reducedMotion: 'reduce', ...options })
  await ana.drawn('visitors')
  return ana
}

/** Somebody else puts these charts on the board, in this order, and no others. */
async function order(metrics: readonly string[]): Promise<void> {
  const charts = metrics.map((id) => ({ id, metrics: [id], size: { columns: 6, rows: 4 } }))
  const response = await fetch(`${house.url}/api/groups/${house.group}/board?author=Ben`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ charts, others: 'hidden' }),
  })
  expect(response.status).toBe(200)
}

/** What has the focus, by its name, and whether it is in view. */
function focused(page: Page): Promise<{ name: string; isInView: boolean }> {
  return page.evaluate(() => {
    let active = document.activeElement
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
    const { top, bottom } = active?.getBoundingClientRect() ?? new DOMRect()
    return { name: active?.ariaLabel ?? active?.textContent?.trim() ?? '', isInView: bottom > 0 && top < innerHeight }
  })
}

const last = (page: Page) => page.locator('chart-grid h2').last().textContent()

async function arrange({ page }: Visitor): Promise<void> {
  await page.getByRole('button', { name: 'Arrange', exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.locator('name-field input').fill('Ana')
  await page.keyboard.press('Enter')
  await page.locator('chart-frame').first().waitFor()
}

describe('the focus stays', () => {
  it('in the chart that is read when somebody else moves it, and in view', async () => {
    const ana = await visitor()
    await ana.chart('visitors').locator('.surface').focus()
    await ana.page.keyboard.press('ArrowLeft')
    const spot = ana.chart('visitors').locator('chart-chooser .spot')
    await spot.waitFor()
    await order([...ids.slice(1), 'visitors'])
    await expect.poll(() => last(ana.page)).toBe('visitors')
    await expect.poll(() => spot.count()).toBe(1)
    await expect
      .poll(() => focused(ana.page))
      .toEqual({ name: 'visitors: arrow keys choose, Enter pins', isInView: true })
  })

  it('where a chart was when somebody else takes it away', async () => {
    const ana = await visitor()
    await ana.drawn('revenue')
    await ana.chart('orders').locator('.surface').focus()
    await order(ids.filter((id) => id !== 'orders'))
    await expect
      .poll(() => focused(ana.page))
      .toEqual({ name: 'revenue: arrow keys choose, Enter pins', isInView: true })
  })

  it('on the frame that somebody else moves, or takes away by an undo', async () => {
    const ana = await visitor()
    const { page } = ana
    await arrange(ana)
    await page.locator('chart-frame').getByRole('button', { name: 'visitors' }).focus()
    await page.keyboard.press('Control+d')
    await expect.poll(() => page.locator('chart-frame').count()).toBe(11)
    await page.locator('chart-frame').getByRole('button', { name: '2 of 11' }).focus()
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await focused(page)).name).toMatch(/^orders, .* 2 of 10$/)
    await order([...ids.filter((id) => id !== 'orders'), 'orders'])
    await expect.poll(() => focused(page)).toMatchObject({ name: expect.stringMatching(/10 of 10$/), isInView: true })
  })

  it('where it was when a name was asked for, given or not', async () => {
    const ana = await visitor()
    const { page } = ana
    await page.getByRole('button', { name: 'Arrange', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.locator('name-field input').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await focused(page)).name).toBe('Arrange')
    await arrange(ana)
    await expect.poll(async () => (await focused(page)).name).toBe('Done')
  })

  it('in the bar when what was answered there has gone', async () => {
    const ana = await visitor()
    const { page } = ana
    await arrange(ana)
    await page.locator('chart-frame').getByRole('button', { name: 'visitors' }).focus()
    await page.keyboard.press('Delete')
    await page.getByRole('button', { name: 'Undo' }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await focused(page)).name).toBe('Redo')
    await page.getByRole('button', { name: 'Board as it came' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByRole('button', { name: 'No' }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await focused(page)).name).toBe('Redo')
  })

  it('in the panel while it moves its chart', async () => {
    const ana = await visitor()
    const { page } = ana
    await arrange(ana)
    await page.locator('chart-frame').getByRole('button', { name: 'visitors' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('chart-panel').getByRole('button', { name: 'Later' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('chart-grid h2').nth(2).textContent()).toBe('visitors')
    await expect.poll(async () => (await focused(page)).name).toBe('Later')
  })

  it('among the kinds when mine has become everyone’s', async () => {
    const ana = await visitor()
    const { page } = ana
    const card = ana.chart('visitors')
    await card.getByRole('button', { name: 'areas', exact: true }).focus()
    await page.keyboard.press('Enter')
    await card.getByRole('button', { name: 'For everyone' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('name-field input').fill('Ana')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await focused(page)).name).toBe('areas, as the group has it')
  })
})

describe('the keys lead', () => {
  it('past the tools of a chart in one step, and from tool to tool by its arrows', async () => {
    const ana = await visitor()
    const { page } = ana
    const card = ana.chart('visitors')
    await card.getByRole('button', { name: 'As a table' }).focus()
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowRight')
    await expect.poll(async () => (await focused(page)).name).toBe('areas')
    await page.keyboard.press('Enter')
    await card.getByRole('button', { name: 'For everyone' }).waitFor()
    await expect.poll(async () => (await focused(page)).name).toBe('areas')
    await page.keyboard.press('Tab')
    await expect.poll(async () => (await focused(page)).name).toBe('visitors: arrow keys choose, Enter pins')
    await page.keyboard.press('Shift+Tab')
    await expect.poll(async () => (await focused(page)).name).toBe('areas')
  })

  it('to the field of a message by M, from anywhere', async () => {
    const { page } = await visitor()
    await page.locator('message-composer textarea').waitFor()
    await page.getByRole('button', { name: 'Invite' }).focus()
    await page.keyboard.press('m')
    await expect.poll(async () => (await focused(page)).name).toBe(`Write to ${house.group}`)
    await page.keyboard.press('m')
    await expect.poll(() => page.locator('textarea').inputValue()).toBe('m')
  })
})
