import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { look } from '../../shared/option/index.ts'
import { OpenHouse, type VisitOptions } from '../support/open-house.ts'
import { colorsNear, type Point } from '../support/pixels.ts'
import { textOf, textsOf, type Visitor } from '../support/visitor.ts'

const { categories, ink } = look('light')
const accent = '#A3195B'
// From the edges of a pin's button to its tip, px: style/pins.css.
const tipPx = { left: 13, bottom: 2 }

const house = new OpenHouse()

// Nothing is on its way to its place.
function visit(options: VisitOptions = {}): Promise<Visitor> {
  return house.visit(undefined, { reducedMotion: 'reduce', ...options })
}

const post = house.post.bind(house)

const pinned = (pin: object, text = 'why?', author = 'Ana') => post('annotations', { author, text, pin })

/** Two minutes of two lines that go on, one of which dips; the times are whole seconds. */
async function postLines(metric = 'requests'): Promise<number> {
  const end = Math.floor(Date.now() / 1_000) * 1_000 - 5_000
  const course = (region: string, value: (ago: number) => number) =>
    Array.from({ length: 120 }, (_, ago) => {
      return { metric, labels: { region }, value: value(ago), time: end - ago * 1_000, as: 'line' }
    })
  await post('metrics', [...course('EU', () => 900), ...course('Asia', (ago) => (ago > 30 && ago < 60 ? 200 : 500))])
  await house.goOn(() => [
    { metric, labels: { region: 'EU' }, value: 900 },
    { metric, labels: { region: 'Asia' }, value: 500 },
  ])
  return end
}

function pinsOf(card: Locator): Locator {
  return card.locator('chart-pins ol > li > button')
}

async function tipOf(pin: Locator): Promise<Point> {
  await pin.waitFor()
  const box = await pin.boundingBox()
  if (box === null) throw new Error('the pin is not on the page')
  return { x: box.x + tipPx.left, y: box.y + box.height - tipPx.bottom }
}

/** What lies under the tip of a pin, when there were no pins. */
async function underTip(visitor: Visitor, pin: Locator, px = 0): Promise<readonly string[]> {
  const tip = await tipOf(pin)
  const layer = visitor.page.locator('chart-pins')
  await layer.evaluateAll((all) => {
    for (const each of all) if (each instanceof HTMLElement) each.style.visibility = 'hidden'
  })
  const colors = await colorsNear(visitor.page, tip, px)
  await layer.evaluateAll((all) => {
    for (const each of all) if (each instanceof HTMLElement) each.style.visibility = ''
  })
  return colors
}

describe('the tip of a pin is on', () => {
  it('its bar, its slice, the arc of its gauge, and its number', async () => {
    await post('metrics', [
      { metric: 'items', labels: { item: 'Shirts' }, value: 400 },
      { metric: 'items', labels: { item: 'Socks' }, value: 300 },
      { metric: 'paid', labels: { by: 'card' }, value: 60, as: 'pie' },
      { metric: 'paid', labels: { by: 'cash' }, value: 40, as: 'pie' },
      { metric: 'cpu', value: 64, unit: '%' },
      { metric: 'visitors', value: 888 },
    ])
    await pinned({ metric: 'items', category: 'Socks' })
    await pinned({ metric: 'paid', category: 'cash' })
    await pinned({ metric: 'cpu' })
    await pinned({ metric: 'visitors' })
    const ana = await visit()
    const under = async (title: string, px = 0) => underTip(ana, pinsOf(await ana.drawn(title)), px)
    await expect.poll(() => under('items')).toEqual([categories[1]?.mark])
    await expect.poll(() => under('paid')).toEqual([categories[1]?.mark])
    await expect.poll(() => under('cpu')).toEqual([categories[0]?.mark])
    // Beside the last letter, where it hides none.
    await expect.poll(() => under('visitors', 3)).not.toContain(ink)
    await expect.poll(() => under('visitors', 16)).toContain(ink)
  })

  it('its moment of a line, within 3 px, and on the bracket of its range', async () => {
    const end = await postLines()
    await pinned({ metric: 'requests', category: 'Asia', time: end - 80_000 })
    await pinned({ metric: 'requests', category: 'Asia', time: end - 60_000, timeEnd: end - 30_000 })
    const ana = await visit()
    const card = await ana.drawn('requests')
    await expect.poll(() => pinsOf(card).count()).toBe(2)
    await expect.poll(() => underTip(ana, pinsOf(card).first(), 3)).toContain(categories[1]?.mark)
    await expect.poll(async () => colorsNear(ana.page, await tipOf(pinsOf(card).last()), 3)).toContain(accent)
    await expect.poll(() => card.locator('.bracket').count()).toBe(1)
  })
})

describe('a pin', () => {
  it('rides on its bar as the bar grows', async () => {
    await post('metrics', { items: { Shirts: 100, Socks: 400 } })
    await pinned({ metric: 'items', category: 'Shirts' })
    const ana = await visit()
    const pin = pinsOf(await ana.drawn('items'))
    const before = await tipOf(pin)
    await post('metrics', { items: { Shirts: 380 } })
    await expect.poll(async () => (await tipOf(pin)).x).toBeGreaterThan(before.x + 50)
    await expect.poll(async () => (await tipOf(pin)).y).toBe(before.y)
    await expect.poll(() => underTip(ana, pin)).toEqual([categories[0]?.mark])
  })

  it('slides with its moment', async () => {
    const end = await postLines()
    await pinned({ metric: 'requests', category: 'EU', time: end })
    const ana = await visit()
    const pin = pinsOf(await ana.drawn('requests'))
    const before = await tipOf(pin)
    await expect.poll(async () => (await tipOf(pin)).x).toBeLessThan(before.x)
  })

  it('waits in the corner while its category is gone, and goes back with it', async () => {
    await post('metrics', { items: { Shirts: 100, Hats: 50 } })
    await pinned({ metric: 'items', category: 'Hats' })
    const ana = await visit()
    const card = await ana.drawn('items')
    const before = await tipOf(pinsOf(card))
    await post('metrics', [{ metric: 'items', labels: { category: 'Hats' }, remove: true }])
    await expect.poll(() => textOf(card)).toContain('was: Hats')
    await expect.poll(async () => (await tipOf(pinsOf(card))).y).toBeGreaterThan(before.y)
    await post('metrics', { items: { Hats: 50 } })
    await expect.poll(() => textOf(card)).not.toContain('was: Hats')
  })

  it('whose moment left the window is counted at the left end of the scale bar', async () => {
    await postLines()
    await pinned({ metric: 'requests', category: 'EU', time: Date.now() - 600_000 })
    const ana = await visit()
    await expect.poll(() => textOf(ana.chart('requests'))).toContain('1 earlier')
  })

  it('folds with others on its spot into one with a count, which opens a list of them', async () => {
    await post('metrics', { items: { Shirts: 100, Socks: 50 } })
    await pinned({ metric: 'items', category: 'Shirts' }, 'first', 'Ana')
    await pinned({ metric: 'items', category: 'Shirts' }, 'second', 'Wei')
    await pinned({ metric: 'items', category: 'Socks' })
    const ana = await visit()
    const card = await ana.drawn('items')
    await expect.poll(() => pinsOf(card).count()).toBe(2)
    await card.getByRole('button', { name: '2 pins' }).press('Enter')
    const list = card.locator('.popover li')
    await expect
      .poll(() => textsOf(list))
      .toEqual([expect.stringContaining('first'), expect.stringContaining('second')])
    await list.first().locator('button').focus()
    await ana.page.keyboard.press('Escape')
    await expect.poll(() => list.count()).toBe(0)
  })

  it('says to who cannot see it who pinned what when, and its number then', async () => {
    await post('metrics', { items: { Shirts: 5, Socks: 50 } })
    await pinned({ metric: 'items', category: 'Shirts' })
    const ana = await visit()
    const pins = (await ana.drawn('items')).getByRole('list', { name: 'Pins' })
    await expect
      .poll(() => pins.getByRole('button', { name: /^Ana, \d\d:\d\d, Shirts 5 then: why\?$/ }).count())
      .toBe(1)
  })

  it('is text, whatever its author, its category and its message are', async () => {
    const evil = '<img src=x onerror="window.pwned=1">'
    await post('metrics', [
      { metric: 'items', labels: { item: evil }, value: 5 },
      { metric: 'items', labels: { item: 'b' }, value: 5 },
    ])
    await pinned({ metric: 'items', category: evil }, evil, evil)
    await pinned({ metric: 'items', category: evil }, evil, evil)
    const ana = await visit()
    const card = await ana.drawn('items')
    await card.getByRole('button', { name: '2 pins' }).click()
    await expect.poll(() => textOf(card.locator('.popover').first())).toContain(evil)
    await post('metrics', [{ metric: 'items', labels: { item: evil }, remove: true }])
    await post('annotations', { author: evil, kind: 'deploy', text: evil })
    await card.locator('chart-chooser .surface').focus()
    await ana.page.keyboard.press('ArrowDown')
    await expect.poll(() => card.locator('.corner').count()).toBe(1)
    expect(await ana.page.evaluate(() => 'pwned' in window)).toBe(false)
    expect(await card.locator('img').count()).toBe(0)
  })
})

describe('choosing on a chart', () => {
  it('by a click puts the hollow drop on what was clicked, and dims the others', async () => {
    await post('metrics', { items: { Shirts: 400, Socks: 400 } })
    const ana = await visit()
    const card = await ana.drawn('items')
    const surface = card.locator('chart-chooser .surface')
    const { x = 0, y = 0, width = 0 } = (await surface.boundingBox()) ?? {}
    const second = { x: x + width / 2, y: y + 80 }
    await expect.poll(() => colorsNear(ana.page, second, 0)).toEqual([categories[1]?.mark])
    await ana.page.mouse.click(second.x, second.y - 52)
    await expect.poll(() => card.locator('.draft').count()).toBe(1)
    await expect.poll(() => colorsNear(ana.page, second, 0)).not.toEqual([categories[1]?.mark])
    await expect.poll(() => colorsNear(ana.page, { x: x + width / 2, y: y + 28 }, 0)).toEqual([categories[0]?.mark])
  })

  it('by dragging over a line chart with Shift takes a range', async () => {
    await postLines()
    const ana = await visit()
    const card = await ana.drawn('requests')
    const { x = 0, y = 0, width = 0, height = 0 } = (await card.locator('.surface').boundingBox()) ?? {}
    await ana.page.mouse.move(x + width * 0.6, y + height * 0.3)
    await expect.poll(() => textOf(card.locator('.spot'))).toMatch(/EU 900/)
    await ana.page.keyboard.down('Shift')
    await ana.page.mouse.down()
    await ana.page.mouse.move(x + width * 0.7, y + height * 0.3, { steps: 4 })
    await expect.poll(() => card.locator('.bracket').count()).toBe(1)
    await ana.page.mouse.up()
    await ana.page.keyboard.up('Shift')
    await expect.poll(() => card.locator('.draft').count()).toBe(1)
    await expect.poll(() => card.locator('.bracket').count()).toBe(1)
  })

  it('by keys says each mark aloud, and a pin set so is where it was chosen', async () => {
    await post('metrics', { items: { Shirts: 5, Socks: 20 } })
    const ana = await visit()
    const card = await ana.drawn('items')
    await card.locator('chart-chooser .surface').focus()
    const status = card.getByRole('status')
    await ana.page.keyboard.press('ArrowDown')
    await expect.poll(() => textOf(status)).toMatch(/^Shirts 5, share 20\s%, rank 2nd of 2/)
    await ana.page.keyboard.press('ArrowDown')
    await expect.poll(() => textOf(status)).toMatch(/^Socks 20/)
    await ana.page.keyboard.press('Escape')
    await expect.poll(() => textOf(status)).toBe('')
    await ana.page.keyboard.press('ArrowDown')
    await ana.page.keyboard.press('ArrowDown')
    await ana.page.keyboard.press('Enter')
    await ana.say('by keys', 'Kay')
    await expect.poll(() => pinsOf(card).getAttribute('aria-label')).toMatch(/^Kay, .* Socks 20 then: by keys$/)
    await expect.poll(() => underTip(ana, pinsOf(card))).toEqual([categories[1]?.mark])
  })
})

describe('a deploy', () => {
  it('is a line across all time charts, with a tag on the first', async () => {
    await postLines('requests')
    await postLines('latency')
    await post('annotations', { author: 'ci', kind: 'deploy', text: 'deploy 1.4' })
    const ana = await visit()
    for (const title of ['requests', 'latency']) await ana.drawn(title)
    const lines = (title: string) => ana.chart(title).locator('.deploy').count()
    await expect.poll(async () => [await lines('requests'), await lines('latency')]).toEqual([1, 1])
    await expect.poll(() => textsOf(ana.page.locator('chart-pins .tag'))).toEqual(['deploy 1.4'])
  })

  it('leaves the names above a stack in sight', async () => {
    const areas = ['web', 'api'].map((app) => ({ metric: 'memory', labels: { app }, value: 1, unit: 'B', as: 'area' }))
    await post('metrics', areas)
    await post('annotations', { author: 'ci', kind: 'deploy', text: '1.4' })
    const ana = await visit()
    const card = await ana.drawn('memory')
    const [tag, name] = [card.locator('.tag'), card.locator('chart-legend .name').first()]
    await tag.waitFor()
    const roomPx = async () => {
      const [names, deploy] = [await name.boundingBox(), await tag.boundingBox()]
      return (deploy?.y ?? 0) - (names?.y ?? 0) - (names?.height ?? Number.POSITIVE_INFINITY)
    }
    await expect.poll(roomPx).toBeGreaterThanOrEqual(0)
  })
})

describe('who looks', () => {
  it('stands on the chart for the others, until they look elsewhere', async () => {
    await post('metrics', { items: { Shirts: 5, Socks: 20 } })
    const ana = await visit()
    const wei = await visit()
    await ana.say('hi', 'Ana')
    await (await ana.drawn('items')).hover()
    const lookers = (await wei.drawn('items')).locator('.lookers')
    await expect.poll(() => lookers.getAttribute('aria-label').catch(() => '')).toContain('Ana')
    expect(await ana.chart('items').locator('.lookers').count()).toBe(0)
    await ana.page.mouse.move(2, 2)
    await expect.poll(() => lookers.count()).toBe(0)
  })
})

describe('the number that was chosen', () => {
  it('is the one that is meant, however long the message takes', async () => {
    const time = Date.now() - 5_000
    const sold = (item: string, value: number) => ({ metric: 'orders', labels: { item }, value })
    await post('metrics', [
      { ...sold('Shirts', 5), time },
      { ...sold('Socks', 7), time },
    ])
    const ana = await visit()
    const surface = (await ana.drawn('orders')).locator('chart-chooser .surface')
    await surface.press('ArrowDown')
    await surface.press('Enter')
    await expect.poll(() => textOf(ana.page.locator('composed-pin'))).toMatch(/Shirts 5/)
    await post('metrics', [sold('Shirts', 9)])
    await expect.poll(() => textOf(ana.chart('orders'))).toMatch(/Shirts 9/)
    await ana.say('why?', 'Ana')
    await expect.poll(() => textOf(ana.messages.last())).toMatch(/5 then, 9 now/)
  })
})
