import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { faultsOf } from '../support/axe.ts'
import { OpenHouse } from '../support/open-house.ts'
import { textOf, textsOf } from '../support/visitor.ts'

const house = new OpenHouse()

async function fill(): Promise<void> {
  const now = Date.now()
  await house.post('metrics', [
    ...[30, 20, 10, 0].flatMap((ago, at) =>
      ['EU', 'US'].map((region, place) => {
        const value = (at + 1) * 10 ** place
        return { metric: 'requests', labels: { region }, value, time: now - ago * 1_000, as: 'line', unit: 'ms' }
      }),
    ),
    { metric: 'items', labels: { item: 'Shirts' }, value: 6 },
    { metric: 'items', labels: { item: 'Socks' }, value: 18 },
    { metric: 'cpu', value: 64, unit: '%' },
  ])
}

const rows = (card: Locator) => textsOf(card.locator('table-twin tbody tr'))
const surface = (card: Locator) => card.locator('chart-chooser .surface')

describe('a chart as a table', () => {
  it('comes and goes by T, and lists the moments of a time chart, newest first', async () => {
    await fill()
    const ana = await house.visit(undefined, { reducedMotion: 'reduce', bypassCSP: true })
    const card = await ana.drawn('requests')
    await surface(card).press('t')
    await expect.poll(() => textsOf(card.getByRole('columnheader'))).toEqual(['time', 'EU', 'US'])
    await expect
      .poll(async () => (await rows(card)).map((row) => row.replace(/^\S+ /, '')))
      .toEqual([
        expect.stringMatching(/^4\sms 40\sms$/),
        expect.stringMatching(/^3\sms 30\sms$/),
        expect.stringMatching(/^2\sms 20\sms$/),
        expect.stringMatching(/^1\sms 10\sms$/),
      ])
    // The focus is in it, so that its rows stay where they are.
    await house.post('metrics', [{ metric: 'requests', labels: { region: 'EU' }, value: 5 }])
    await house.post('metrics', [{ metric: 'cpu', value: 65, unit: '%' }])
    await expect.poll(() => textOf(ana.chart('cpu'))).toMatch(/65/)
    expect(await rows(card)).toHaveLength(4)
    expect(await faultsOf(ana.page)).toEqual([])
    await ana.page.keyboard.press('Tab')
    await house.post('metrics', [{ metric: 'requests', labels: { region: 'EU' }, value: 6 }])
    await expect.poll(async () => (await rows(card))[0]).toMatch(/ 6\sms/)
    await card.locator('.scroller').press('t')
    await expect.poll(() => card.locator('table-twin').count()).toBe(0)
    await ana.page.keyboard.press('ArrowDown')
    await expect.poll(() => textOf(card.locator('chart-chooser').getByRole('status'))).toMatch(/^EU 6/)
  })

  it('has the categories of any other chart, by a button and under the pointer', async () => {
    await fill()
    const ana = await house.visit(undefined, {
      reducedMotion: 'reduce',
      colorScheme: 'dark',
      locale: 'zh-CN',
      bypassCSP: true,
    })
    const [items, cpu] = [await ana.drawn('items'), await ana.drawn('cpu')]
    await items.hover()
    await items.getByRole('button', { name: '以表格显示' }).click()
    await expect
      .poll(() => rows(items))
      .toEqual([expect.stringMatching(/^Socks 18/), expect.stringMatching(/^Shirts 6/)])
    await ana.page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
    await cpu.hover()
    await ana.page.keyboard.press('t')
    await expect.poll(() => rows(cpu)).toEqual([expect.stringMatching(/^cpu 64\.0\s%/)])
    expect(await faultsOf(ana.page)).toEqual([])
  })

  it('shows its values whole beside a scroll bar that takes room', async () => {
    const many = Array.from({ length: 20 }, (_, at) => ({ metric: 'pods', labels: { pod: `pod ${at}` }, value: at }))
    await house.post(
      'metrics',
      many.map((sample) => ({ ...sample, as: 'bar' })),
    )
    const ana = await house.visit()
    const card = await ana.drawn('pods')
    await surface(card).press('t')
    const scroller = card.locator('table-twin .scroller')
    // A headless browser hides its bars: a border takes as much.
    await scroller.evaluate((element) => {
      if (element instanceof HTMLElement) element.style.borderRight = '15px solid'
    })
    await expect.poll(() => rows(card)).toHaveLength(20)
    await expect.poll(() => scroller.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
  })

  it('is copied as a spreadsheet takes it', async () => {
    await fill()
    const ana = await house.visit(undefined, { permissions: ['clipboard-read', 'clipboard-write'] })
    const card = await ana.drawn('items')
    await surface(card).press('T')
    await card.getByRole('button', { name: 'Copy' }).click()
    await expect
      .poll(() => ana.page.evaluate(() => navigator.clipboard.readText()))
      .toBe('name\tvalue\tshare\nSocks\t18\t0.75\nShirts\t6\t0.25')
  })
})
