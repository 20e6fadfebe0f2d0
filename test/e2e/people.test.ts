import type { Locator } from 'playwright-core'
import { encode } from 'uqr'
import { describe, expect, it } from 'vitest'
import { qrPath } from '../../client/people/qr-path.ts'
import { OpenHouse } from '../support/open-house.ts'
import { textOf, textsOf, type Visitor } from '../support/visitor.ts'

/** Within the first of two bars, from the top of their chart. */
const firstBarPx = 24

const house = new OpenHouse()

const visit = house.visit.bind(house)
const post = house.post.bind(house)

function writing(visitor: Visitor): Promise<string> {
  return textOf(visitor.page.locator('people-writing'))
}

async function peopleNames(visitor: Visitor): Promise<string> {
  return (await visitor.page.locator('people-here [role=img]').getAttribute('aria-label')) ?? ''
}

function field(visitor: Visitor): Locator {
  return visitor.page.locator('message-composer textarea')
}

/** Whether what has the focus is, or stands within, what the selector says. */
async function focused(visitor: Visitor, within: string): Promise<boolean> {
  return visitor.page.evaluate((selector) => {
    const hosts: Element[] = []
    for (let active = document.activeElement; active !== null; active = active.shadowRoot?.activeElement ?? null) {
      hosts.push(active)
    }
    return hosts.some((host) => host.matches(selector))
  }, within)
}

/** Pins the first category of a chart by keys alone. */
async function pinFirst(visitor: Visitor, title: string): Promise<void> {
  const card = await visitor.drawn(title)
  await card.locator('chart-chooser .surface').focus()
  await visitor.page.keyboard.press('ArrowDown')
  await visitor.page.keyboard.press('Enter')
}

/** Hides a page from its reader, as another tab before it does. */
async function hide(visitor: Visitor): Promise<void> {
  await visitor.page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
}

describe('a name', () => {
  it('that a second browser asks for is given to it with a 2, and the browser says so', async () => {
    const ana = await visit()
    const other = await visit()
    await ana.say('first', 'Ana')
    await expect.poll(() => textOf(other.messages.last())).toContain('first')
    await other.say('second', 'Ana')
    await expect.poll(() => textOf(ana.messages.last())).toMatch(/Ana 2 \d\d:\d\d second/)
    await expect.poll(() => textOf(other.page.locator('message-composer'))).toContain('You are Ana 2.')
    expect(await textOf(ana.page.locator('message-composer'))).not.toContain('You are')
  })

  it('is one person in two tabs of one browser', async () => {
    const ana = await visit()
    await ana.say('first', 'Ana')
    const wei = await visit()
    await wei.say('hello', 'Wei')
    const tab = await ana.page.context().newPage()
    await tab.goto(`${house.url}/g/${house.group}`)
    await expect.poll(() => textOf(tab.locator('people-here'))).toContain('2 here')
    await tab.locator('message-composer textarea').fill('from the tab')
    await tab.keyboard.press('Enter')
    await expect.poll(() => textOf(wei.messages.last())).toMatch(/Ana \d\d:\d\d from the tab/)
    await expect.poll(() => peopleNames(wei)).toMatch(/^(Ana, Wei|Wei, Ana)$/)
  })

  it('that nobody holds is shown so', async () => {
    await post('annotations', { author: 'ci', text: 'build is green' })
    const ana = await visit()
    await expect.poll(() => textsOf(ana.messages)).toEqual([expect.stringMatching(/^ci ci name not held/)])
  })
})

describe('presence', () => {
  it('tells the others that somebody writes, until they stop', async () => {
    const ana = await visit()
    const wei = await visit()
    await ana.say('hello', 'Ana')
    await wei.say('hello', 'Wei')
    // Who writes nothing for 4 s is told to have stopped.
    const seenWriting = async () => {
      await field(ana).pressSequentially('I th')
      return writing(wei)
    }
    await expect.poll(seenWriting).toBe('Ana is writing')
    expect(await writing(ana)).toBe('')
    await field(ana).fill('')
    await expect.poll(() => writing(wei)).toBe('')
    await expect.poll(seenWriting).toBe('Ana is writing')
    await ana.page.keyboard.press('Enter')
    await expect.poll(() => writing(wei)).toBe('')
  })

  it('tells the others who is away', async () => {
    const ana = await visit()
    const wei = await visit()
    await ana.say('hello', 'Ana')
    await expect.poll(() => peopleNames(wei)).toContain('Ana')
    await hide(ana)
    await expect.poll(() => peopleNames(wei)).toContain('Ana (away)')
    await expect.poll(() => wei.page.locator('people-here .away').count()).toBe(1)
  })
})

describe('the invitation', () => {
  const origin = 'http://192.168.1.5:3000'

  it('shows the link and its code, copies it, and closes with Escape', async () => {
    const ana = await visit()
    await ana.page.route('**/api/addresses', (route) => route.fulfill({ json: { addresses: [origin] } }))
    const button = ana.page.getByRole('button', { name: 'Invite', exact: true })
    await button.click()
    const dialog = ana.page.getByRole('dialog')
    const link = `${origin}/g/${house.group}`
    await expect.poll(() => dialog.getByRole('textbox').inputValue()).toBe(link)
    await expect
      .poll(() => dialog.getByRole('img').locator('path').getAttribute('d'))
      .toBe(qrPath(encode(link, { border: 4 }).data))
    await dialog.getByRole('button', { name: 'Copy' }).click()
    await expect.poll(() => textOf(dialog)).toContain('Copied')
    await ana.page.keyboard.press('Escape')
    await expect.poll(() => dialog.isVisible()).toBe(false)
  })

  it('says how to let others in where only this machine can', async () => {
    const ana = await visit()
    await ana.page.getByRole('button', { name: 'Invite', exact: true }).click()
    await expect.poll(() => textOf(ana.page.getByRole('dialog'))).toContain('npm start -- --share')
  })

  it('opens from the page of an empty house.group, too', async () => {
    const ana = await visit()
    await ana.page.getByRole('button', { name: 'link and QR code' }).click()
    await expect.poll(() => ana.page.getByRole('dialog').isVisible()).toBe(true)
  })
})

describe('a pinned message', () => {
  const pin = { metric: 'orders', category: 'Shirts' }

  it('shows the other what the number was and is, and that it is gone', async () => {
    await post('metrics', { orders: { Shirts: 5, Socks: 20 } })
    await post('annotations', { author: 'Ana', text: 'why?', pin })
    const wei = await visit()
    const chip = wei.page.locator('pin-chip')
    await expect.poll(() => textOf(chip)).toMatch(/orders \/ Shirts \d\d:\d\d:\d\d 5 then, 5 now$/)
    await post('metrics', { orders: { Shirts: 12 } })
    await expect.poll(() => textOf(chip)).toMatch(/5 then, 12 now \+140\s%$/)
    await post('metrics', [{ metric: 'orders', labels: { category: 'Shirts' }, remove: true }])
    await expect.poll(() => textOf(chip)).toMatch(/5 then, gone$/)
  })

  it('is written from its chart by keys, with the number that the chart shows', async () => {
    await post('metrics', { orders: { Shirts: 20, Socks: 5 } })
    const ana = await visit()
    const wei = await visit()
    await pinFirst(ana, 'orders')
    await expect
      .poll(() => textOf(ana.page.locator('composed-pin')))
      .toMatch(/orders \/ Shirts 20 · 1st of 2 · 80\s% · /)
    await expect.poll(() => focused(ana, 'textarea')).toBe(true)
    await ana.say('why so many?', 'Ana')
    await expect.poll(() => textOf(wei.page.locator('pin-chip'))).toMatch(/orders \/ Shirts .* 20 then, 20 now/)
    await expect.poll(() => ana.page.locator('composed-pin').count()).toBe(0)
  })

  it('is given up with Escape, which leads back to the chart', async () => {
    await post('metrics', { orders: { Shirts: 20, Socks: 5 } })
    const ana = await visit()
    await pinFirst(ana, 'orders')
    await ana.page.locator('composed-pin').waitFor()
    await ana.page.keyboard.press('Escape')
    await expect.poll(() => ana.page.locator('composed-pin').count()).toBe(0)
    await expect.poll(() => focused(ana, 'chart-chooser')).toBe(true)
  })

  it('leads to its pin, and its pin to it', async () => {
    await post('metrics', { orders: { Shirts: 20, Socks: 5 } })
    await post('annotations', { author: 'Ana', text: 'why?', pin })
    const wei = await visit()
    await wei.drawn('orders')
    await wei.page.locator('pin-chip button').click()
    await expect.poll(() => focused(wei, 'chart-pins')).toBe(true)
    await wei.page.keyboard.press('Enter')
    await expect.poll(() => focused(wei, 'pin-chip')).toBe(true)
  })

  it('is begun on a phone by a tap on a chart, which opens the conversation', async () => {
    await post('metrics', { orders: { Shirts: 20, Socks: 5 } })
    const ana = await visit(undefined, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    const surface = (await ana.drawn('orders')).locator('chart-chooser .surface')
    const { width = 0 } = (await surface.boundingBox()) ?? {}
    await surface.tap({ position: { x: width / 3, y: firstBarPx } })
    await expect.poll(() => textOf(ana.page.locator('composed-pin'))).toContain('orders / Shirts')
    await expect.poll(() => ana.page.locator('nav [aria-current=true]').textContent()).toContain('Conversation')
    await ana.say('from the phone', 'Ana')
    await expect.poll(() => textOf(ana.page.locator('pin-chip'))).toContain('20 then, 20 now')
  })

  it('is lit while its message is pointed at', async () => {
    await post('metrics', { orders: { Shirts: 5 } })
    await post('annotations', { author: 'Ana', text: 'why?', pin })
    const wei = await visit()
    await wei.messages.first().hover()
    await expect.poll(() => wei.page.locator('pin-chip .lit').count()).toBe(1)
    await wei.page.mouse.move(10, 10)
    await expect.poll(() => wei.page.locator('pin-chip .lit').count()).toBe(0)
  })
})

describe('what came while I was away', () => {
  it('is counted on the lobby, marked in the house.group, and then read', async () => {
    const ana = await visit()
    await ana.say('hello', 'Ana')
    // It has a time once the server has it: until then it would go out on the next visit only.
    await expect.poll(() => textOf(ana.messages.last())).toMatch(/\d\d:\d\d hello$/)
    await ana.page.goto(house.url)
    const card = ana.page.locator('lobby-card').filter({ has: ana.page.getByText(house.group, { exact: true }) })
    await expect.poll(() => textOf(card)).toContain('hello')
    expect(await textOf(card)).not.toContain('new')
    await post('annotations', { author: 'Wei', text: 'one' })
    await post('annotations', { author: 'Wei', text: 'two' })
    await expect.poll(() => textOf(card)).toContain('2 new')
    await card.click()
    await expect.poll(() => textOf(ana.page.locator('conversation-entries .divider.unread'))).toBe('2 new')
    await ana.page.goto(house.url)
    await expect.poll(() => textOf(card)).toContain('two')
    expect(await textOf(card)).not.toContain('new')
  })
})
