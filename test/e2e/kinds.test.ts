import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { look } from '../../shared/option/index.ts'
import { OpenHouse } from '../support/open-house.ts'
import { colorsNear } from '../support/pixels.ts'
import { textOf, textsOf, type Visitor } from '../support/visitor.ts'

const { categories, depth } = look('light')
const house = new OpenHouse()
const visit = (options = {}) => house.visit(undefined, { reducedMotion: 'reduce', ...options })
const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const values = { cart: 40, pay: 90, search: 20 }

/** Three minutes of three services, the last of them now; in the last minute they have twice as many. */
async function fill(as: 'table' | 'heat' | 'area'): Promise<number> {
  const end = Math.floor(Date.now() / 1_000) * 1_000
  const samples = Object.entries(values).flatMap(([service, value]) =>
    Array.from({ length: 180 }, (_, at) => {
      const time = end - (179 - at) * 1_000
      return { metric: 'errors', labels: { service }, value: at < 120 ? value / 2 : value, time, as }
    }),
  )
  await house.post('metrics', samples)
  return end
}

/** Lets the three services go on as they are. */
function goOn(as: 'heat' | 'area'): Promise<void> {
  return house.goOn(() =>
    Object.entries(values).map(([service, value]) => ({ metric: 'errors', labels: { service }, value, as })),
  )
}

/** Where the second row or area of each kind is, in shares of the chart's body; its last minute is at the right. */
const second = { table: [0.6, 70 / 236], heat: [0.9, 72 / 236], area: [0.8, 0.5] } as const

function pinsOf(card: Locator): Locator {
  return card.locator('chart-pins ol > li > button')
}

/** Where a share of the way across and down a locator is on the page. */
async function placeIn(locator: Locator, across: number, down: number): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('it is not on the page')
  return { x: box.x + box.width * across, y: box.y + box.height * down }
}

async function faults({ page }: Visitor): Promise<string[]> {
  await page.evaluate(await axe)
  const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })')
  return violations.flatMap(({ id, nodes }) => nodes.map(({ failureSummary }) => `${id}: ${failureSummary}`))
}

describe('axe finds nothing', () => {
  it.each([
    ['table', 'light', 'en-GB'],
    ['table', 'dark', 'zh-CN'],
    ['heat', 'light', 'en-GB'],
    ['heat', 'dark', 'zh-CN'],
    ['area', 'light', 'en-GB'],
    ['area', 'dark', 'zh-CN'],
  ] as const)('on a chart as %s in %s, %s', async (as, colorScheme, locale) => {
    await fill(as)
    const ana = await visit({ colorScheme, locale, bypassCSP: true })
    await ana.drawn('errors')
    expect(await faults(ana)).toEqual([])
  })
})

describe.each(['table', 'heat', 'area'] as const)('a chart as %s', (as) => {
  it('is pinned by a click, and the pin says what it points at', async () => {
    await fill(as)
    const ana = await visit()
    const card = await ana.drawn('errors')
    const [across, down] = second[as]
    const { x, y } = await placeIn(card.locator('.body'), across, down)
    await ana.page.mouse.click(x, y)
    await expect.poll(() => textOf(ana.page.locator('composed-pin'))).toMatch(as === 'table' ? /cart 40/ : /pay 90/)
    await ana.say('look', 'Ana')
    await expect.poll(() => pinsOf(card).count()).toBe(1)
    const name = await pinsOf(card).getAttribute('aria-label')
    expect(name).toMatch(as === 'table' ? /Ana, .*, cart 40 then: look/ : /Ana, .*, pay 90 then: look/)
  })

  it('is walked and pinned by keys alone', async () => {
    await fill(as)
    const ana = await visit()
    const card = await ana.drawn('errors')
    await card.locator('chart-chooser .surface').focus()
    const status = card.getByRole('status')
    await ana.page.keyboard.press('ArrowDown')
    await expect.poll(() => textOf(status)).toMatch(as === 'table' ? /^pay 90/ : /^cart 40/)
    await ana.page.keyboard.press('ArrowDown')
    await expect.poll(() => textOf(status)).toMatch(as === 'table' ? /^cart 40/ : /^pay 90/)
    await ana.page.keyboard.press('Enter')
    await ana.say('by keys', 'Kay')
    await expect.poll(() => pinsOf(card).getAttribute('aria-label')).toMatch(/Kay, .* then: by keys$/)
  })

  it('can be chosen in the menu and left again, without an error', async () => {
    await house.post('metrics', { errors: values })
    const ana = await visit()
    const card = await ana.drawn('errors')
    const name = { table: 'table', heat: 'heat map', area: 'areas' }[as]
    await card.hover()
    await card.getByRole('button', { name, exact: true }).click()
    await expect.poll(() => card.locator(`figure.${as}`).count()).toBe(1)
    await card.getByRole('button', { name: 'bars, as the group has it' }).click()
    await expect.poll(() => card.locator('figure.bar').count()).toBe(1)
    await expect.poll(() => textOf(card)).toMatch(/pay 90/)
  })
})

describe('a table', () => {
  const names = (card: Locator) => textsOf(card.locator('tbody th'))

  it('is one: with heads that say how it is sorted, and rows that are named', async () => {
    await fill('table')
    const ana = await visit()
    const card = await ana.drawn('errors')
    const table = card.getByRole('table', { name: 'errors' })
    expect(await textsOf(table.getByRole('columnheader'))).toEqual([
      'service',
      'value',
      'share',
      'change in 5 min',
      'least',
      'greatest',
    ])
    expect(await table.getByRole('columnheader', { name: 'value' }).getAttribute('aria-sort')).toBe('descending')
    expect(await textOf(table.getByRole('row').nth(1))).toMatch(/^pay 90 60\s% – 45 90$/)
  })

  it('is sorted by a click on a head, and by its key', async () => {
    await fill('table')
    const ana = await visit()
    const card = await ana.drawn('errors')
    await expect.poll(() => names(card)).toEqual(['pay', 'cart', 'search'])
    await card.getByRole('button', { name: 'least' }).click()
    await expect.poll(() => names(card)).toEqual(['pay', 'cart', 'search'])
    await card.getByRole('button', { name: 'least' }).press('Enter')
    await expect.poll(() => names(card)).toEqual(['search', 'cart', 'pay'])
    await card.getByRole('button', { name: 'service' }).press('Space')
    await expect.poll(() => names(card)).toEqual(['cart', 'pay', 'search'])
    expect(await card.getByRole('columnheader', { name: 'service' }).getAttribute('aria-sort')).toBe('ascending')
  })

  it('takes its pin along when its row goes up', async () => {
    await fill('table')
    await house.post('annotations', { author: 'Ana', text: 'up', pin: { metric: 'errors', category: 'search' } })
    const ana = await visit()
    const card = await ana.drawn('errors')
    const pinY = async () => (await pinsOf(card).boundingBox())?.y ?? 0
    const rowY = async () => (await card.locator('tbody tr').filter({ hasText: 'search' }).boundingBox())?.y ?? 0
    const before = await pinY()
    const away = before - (await rowY())
    await house.post('metrics', [{ metric: 'errors', labels: { service: 'search' }, value: 500 }])
    await expect.poll(() => names(card)).toEqual(['search', 'pay', 'cart'])
    await expect.poll(pinY).toBe(before - 56)
    expect((await pinY()) - (await rowY())).toBeCloseTo(away, 0)
  })
})

describe('a heat map', () => {
  it('shows what was much darker than what was little', async () => {
    await fill('heat')
    await goOn('heat')
    const ana = await visit()
    const card = await ana.drawn('errors')
    const body = card.locator('.body')
    // In the row of pay: more in the last minute than in the two before, and nothing before these.
    const at = async (across: number) => colorsNear(ana.page, await placeIn(body, across, second.heat[1]), 2)
    await expect.poll(() => at(0.9)).toContain(depth.at(-1))
    await expect.poll(() => at(0.66)).toContain(depth[4])
    await expect.poll(() => at(0.3)).toEqual(['#FCFCFA'])
  })

  it('says what is pointed at: category, moment and number', async () => {
    await fill('heat')
    const ana = await visit()
    const card = await ana.drawn('errors')
    const { x, y } = await placeIn(card.locator('.body'), ...second.heat)
    await ana.page.mouse.move(x, y)
    await expect
      .poll(() => textOf(card.locator('chart-chooser .popover')))
      .toMatch(/^pay 90 time \d\d:\d\d:\d\d share 60/)
    await expect.poll(() => card.locator('chart-chooser .chosen-cell').count()).toBe(1)
  })
})

describe('an area chart', () => {
  it('stacks its categories in their colours, with a legend and the total', async () => {
    await fill('area')
    await goOn('area')
    const ana = await visit()
    const card = await ana.drawn('errors')
    await expect
      .poll(() => textsOf(card.getByRole('toolbar', { name: 'Names' }).getByRole('button')))
      .toEqual(['cart', 'pay', 'search'])
    await expect.poll(() => textOf(card.locator('.end'))).toBe('150')
    const body = card.locator('.body')
    const at = async (down: number) => colorsNear(ana.page, await placeIn(body, 0.8, down), 2)
    const [cart, pay, search] = categories.map(({ mark }) => mark)
    await expect.poll(() => at(0.8)).toEqual([cart])
    await expect.poll(() => at(0.5)).toEqual([pay])
    await expect.poll(() => at(0.13)).toEqual([search])
  })

  it('has a range by dragging with Shift, as a line has', async () => {
    await fill('area')
    const ana = await visit()
    const card = await ana.drawn('errors')
    const [from, to] = await Promise.all([0.6, 0.75].map((across) => placeIn(card.locator('.body'), across, 0.5)))
    if (from === undefined || to === undefined) throw new Error('it is not on the page')
    await ana.page.mouse.move(from.x, from.y)
    await ana.page.keyboard.down('Shift')
    await ana.page.mouse.down()
    await ana.page.mouse.move(to.x, to.y, { steps: 5 })
    await ana.page.mouse.up()
    await ana.page.keyboard.up('Shift')
    await expect.poll(() => card.locator('chart-pins .bracket').count()).toBe(1)
  })
})

describe('bars that find no room', () => {
  it('are one bar below the greatest, which says how many they are', async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`c${at}`, at + 1]))
    await house.post('metrics', { orders: many })
    const ana = await visit()
    const card = await ana.drawn('orders')
    const rows = await textsOf(card.locator('.row'))
    expect(rows.at(-1)).toMatch(/^other \(\d+\) \d+$/)
    expect(rows[0]).toBe(`c${31 - rows.length} ${32 - rows.length}`)
  })
})

describe('a chart that the group arranged', () => {
  async function arrange(charts: readonly object[]): Promise<void> {
    const response = await fetch(`${house.url}/api/groups/${house.group}/board`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ charts, others: 'hidden' }),
    })
    expect(response.status).toBe(200)
  }

  /** A minute of a counter that grows by 40 a second, and of a number that passed 400 in its last half; both go on. */
  async function minute(): Promise<void> {
    const end = Math.floor(Date.now() / 1_000)
    const samplesAt = (second: number) => [
      { metric: 'hits', value: (second - end + 59) * 40, unit: 'req', time: second * 1_000 },
      { metric: 'p95', value: second - end < -29 ? 320 : 440, unit: 'ms', time: second * 1_000 },
    ]
    await house.post('metrics', Array.from({ length: 60 }, (_, at) => end - 59 + at).flatMap(samplesAt))
    await house.goOn(() => samplesAt(Math.floor(Date.now() / 1_000)))
  }

  it('cuts no title of a small chart, nor the words of what it has passed', async () => {
    await minute()
    const title = 'Checkout p95'
    await arrange([{ id: 'p95', metrics: ['p95'], title, thresholds: [{ at: 400 }] }])
    const ana = await visit()
    await ana.page.setViewportSize({ width: 390, height: 780 })
    const card = await ana.drawn(title)
    for (const part of ['h2', '.flag span'])
      await expect
        .poll(() => card.locator(part).evaluate((text) => text.scrollWidth - text.clientWidth), { message: part })
        .toBe(0)
    const roomPx = () =>
      card.evaluate((element) => {
        const box = (part: string) => element.shadowRoot?.querySelector(part)?.getBoundingClientRect()
        return (box('.value')?.top ?? 0) - (box('.flag')?.bottom ?? 0)
      })
    await expect.poll(roomPx).toBeGreaterThanOrEqual(0)
  })

  it('says what it has passed with a rule, a shape and words, and has the border in view', async () => {
    await minute()
    await arrange([
      { id: 'p95', metrics: ['p95'], kind: 'line', target: 300, thresholds: [{ at: 400, level: 'crit' }] },
    ])
    const ana = await visit()
    const card = await ana.drawn('p95')
    await expect.poll(() => textOf(card.locator('.flag'))).toBe('above 400 ms')
    await expect.poll(() => textsOf(card.locator('.limit'))).toEqual(['limit 400 ms', 'target 300 ms'])
    expect(await card.locator('figure').evaluate((figure) => getComputedStyle(figure).borderTopWidth)).toBe('3px')
    await expect.poll(() => card.locator('.flag .glyph.crit').count()).toBe(1)
    expect(await faults(ana)).toEqual([])
    // The line lies where the canvas has 400: between its grid lines of 200 and 600.
    const colors = async () => {
      const { y } = (await card.locator('.limit.crit').boundingBox()) ?? { y: 0 }
      const { x, height, y: top } = (await card.locator('.body').boundingBox()) ?? { x: 0, y: 0, height: 0 }
      expect(y).toBeGreaterThan(top)
      expect(y).toBeLessThan(top + height)
      return colorsNear(ana.page, { x: x + 300, y: y + 1 }, 2)
    }
    await expect.poll(colors).toContain('#B3261E')
  })

  it('shows a counter as a rate, also of what is pointed at', async () => {
    await minute()
    await arrange([{ id: 'hits', metrics: ['hits'], kind: 'line', rate: true }])
    const ana = await visit()
    const card = await ana.drawn('hits')
    await expect.poll(() => textOf(card.locator('.end'))).toBe('40')
    await expect.poll(() => textOf(card.locator('.subtitle'))).toBe('req/s')
    const { x, y } = await placeIn(card.locator('.body'), 0.88, 0.4)
    await ana.page.mouse.move(x, y)
    await expect.poll(() => textOf(card.locator('chart-chooser .popover'))).toMatch(/^hits 40 req\/s/)
  })

  it('stacks what has two labels, and leaves out a part by its name', async () => {
    const queues = { mail: [40, 60], image: [90, 10] }
    await house.post(
      'metrics',
      Object.entries(queues).flatMap(([queue, all]) =>
        all.map((value, at) => ({ metric: 'jobs', labels: { queue, urgency: at === 0 ? 'high' : 'low' }, value })),
      ),
    )
    await arrange([{ id: 'jobs', metrics: ['jobs'], upright: true, by: 'queue' }])
    const ana = await visit()
    const card = await ana.drawn('jobs')
    await expect.poll(() => textsOf(card.locator('.column'))).toEqual(['mail 100', 'image 100'])
    const names = card.locator('chart-legend').getByRole('button')
    await expect.poll(() => textsOf(names)).toEqual(['high', 'low'])
    expect(await faults(ana)).toEqual([])
    await names.first().click()
    await expect.poll(() => textsOf(card.locator('.column'))).toEqual(['mail 60', 'image 10'])
    await names.first().click()
    await expect.poll(() => textsOf(card.locator('.column'))).toEqual(['mail 100', 'image 100'])
    const [across, down] = [0.25, 0.8]
    const place = await placeIn(card.locator('.body'), across, down)
    await ana.page.mouse.click(place.x, place.y)
    await expect.poll(() => textOf(ana.page.locator('composed-pin'))).toMatch(/mail \/ high 40/)
  })
})
