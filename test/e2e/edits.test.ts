import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { faultsOf } from '../support/axe.ts'
import { OpenHouse, type VisitOptions } from '../support/open-house.ts'
import { textOf, textsOf, type Visitor } from '../support/visitor.ts'

const house = new OpenHouse()
const visit = house.visit.bind(house)
const post = house.post.bind(house)

/** The line of the message that has this text. */
function line({ page }: Visitor, text: string): Locator {
  return page.locator('conversation-entries li[data-id]').filter({ hasText: text }).last()
}

/** Uses a tool of a message, as somebody with a mouse does. */
async function use(visitor: Visitor, text: string, tool: string): Promise<void> {
  const message = line(visitor, text)
  await message.hover()
  await message.getByRole('button', { name: tool, exact: true }).click()
}

function field({ page }: Visitor): Locator {
  return page.locator('message-composer textarea')
}

/** What has the focus, in whatever shadow it stands: what it is called, or what it says. */
function focused({ page }: Visitor): Promise<string> {
  return page.evaluate(() => {
    let active = document.activeElement
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
    return active?.getAttribute('aria-label') ?? active?.textContent?.replace(/\s+/g, ' ').trim() ?? ''
  })
}

/** Two who see what the first one wrote. */
async function two(text: string, options: VisitOptions = {}): Promise<readonly [Visitor, Visitor]> {
  const ana = await visit(undefined, options)
  const wei = await visit(undefined, options)
  await ana.say(text, 'Ana')
  await expect.poll(() => textOf(line(wei, text))).toContain(text)
  await wei.say('hello', 'Wei')
  await expect.poll(() => textOf(line(ana, 'hello'))).toContain('hello')
  return [ana, wei]
}

/** Opens the search, whose field has the focus when it is there. */
async function openSearch({ page }: Visitor): Promise<void> {
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await page.locator('conversation-search input:focus').waitFor()
}

describe('a message of mine', () => {
  it('can be edited by me, and everybody sees it', async () => {
    const [ana, wei] = await two('stock is 1900')
    await use(ana, 'stock is', 'Edit')
    expect(await field(ana).inputValue()).toBe('stock is 1900')
    await field(ana).fill('stock is 2,100')
    await field(ana).press('Enter')
    await expect.poll(() => textOf(line(wei, 'stock is'))).toMatch(/stock is 2,100 edited$/)
    expect(await field(ana).inputValue()).toBe('')
    await wei.page.reload()
    await expect.poll(() => textOf(line(wei, 'stock is'))).toMatch(/stock is 2,100 edited$/)
  })

  it('can be edited from the empty field by the arrow key, and left with Escape', async () => {
    const [ana] = await two('stock is 1900')
    await field(ana).press('ArrowUp')
    expect(await field(ana).inputValue()).toBe('stock is 1900')
    await field(ana).fill('never mind')
    await field(ana).press('Escape')
    expect(await field(ana).inputValue()).toBe('')
    expect(await textOf(line(ana, 'stock is'))).toMatch(/stock is 1900$/)
  })

  it('leaves what was being written when it is edited', async () => {
    const [ana] = await two('stock is 1900')
    await field(ana).fill('half a sen')
    await use(ana, 'stock is', 'Edit')
    await field(ana).fill('stock is 7')
    await field(ana).press('Enter')
    expect(await field(ana).inputValue()).toBe('half a sen')
  })

  it('can be taken back, after a question, and leaves a place without words and pin', async () => {
    await post('metrics', { orders: { Shirts: 20, Socks: 5 } })
    const ana = await visit()
    const wei = await visit()
    await (await ana.drawn('orders')).locator('chart-chooser .surface').focus()
    await ana.page.keyboard.press('ArrowDown')
    await ana.page.keyboard.press('Enter')
    await ana.say('a secret', 'Ana')
    await wei.drawn('orders')
    await expect.poll(() => wei.chart('orders').locator('chart-pins .drop').count()).toBe(1)
    await use(ana, 'a secret', 'Take back')
    await line(ana, 'a secret').getByRole('button', { name: 'No', exact: true }).click()
    expect(await textOf(line(ana, 'a secret'))).toContain('a secret')
    await use(ana, 'a secret', 'Take back')
    await line(ana, 'a secret').getByRole('button', { name: 'Yes', exact: true }).click()
    await expect.poll(() => textsOf(wei.messages)).toEqual([expect.stringMatching(/^A Ana \d\d:\d\d taken back$/)])
    await expect.poll(() => wei.chart('orders').locator('chart-pins .drop').count()).toBe(0)
    await wei.page.reload()
    await expect.poll(() => textsOf(wei.messages)).toEqual([expect.stringContaining('taken back')])
    expect(await wei.page.content()).not.toContain('a secret')
  })

  it('is nobody else’s to change', async () => {
    const [, wei] = await two('stock is 1900')
    await line(wei, 'stock is').hover()
    await expect.poll(() => line(wei, 'stock is').getByRole('button', { name: 'Reply', exact: true }).count()).toBe(1)
    expect(await line(wei, 'stock is').getByRole('button', { name: 'Edit', exact: true }).count()).toBe(0)
    expect(await line(wei, 'stock is').getByRole('button', { name: 'Take back', exact: true }).count()).toBe(0)
  })

  it('is not the last word on a phone or in the lobby once it is taken back', async () => {
    await post('metrics', { cpu: 1 })
    const ana = await visit()
    await ana.say('the words before', 'Ana')
    await ana.say('a secret')
    await use(ana, 'a secret', 'Take back')
    await line(ana, 'a secret').getByRole('button', { name: 'Yes', exact: true }).click()
    const wei = await visit(undefined, { viewport: { width: 390, height: 844 } })
    await expect.poll(() => textOf(wei.page.locator('.last'))).toContain('the words before')
    const lobby = await visit('/')
    const card = lobby.page.locator('lobby-card').filter({ hasText: house.group }).first()
    await expect.poll(() => textOf(card.locator('.message'))).toBe('Ana the words before')
  })
})

describe('an answer', () => {
  it('quotes what it answers, and leads there', async () => {
    const [ana, wei] = await two('Do we have stock?')
    await use(wei, 'Do we have stock?', 'Reply')
    await expect.poll(() => textOf(wei.page.locator('message-composer .target'))).toBe('Reply to Ana Do we have stock?')
    await wei.say('two pallets')
    await expect.poll(() => textOf(line(ana, 'two pallets'))).toMatch(/Ana Do we have stock\? two pallets$/)
    await line(ana, 'two pallets').locator('.quote').click()
    await expect.poll(() => focused(ana)).toContain('Do we have stock?')
    const original = ana.page.locator('conversation-entries li[data-id]').first()
    await original.hover()
    await original.getByRole('button', { name: 'Take back', exact: true }).click()
    await original.getByRole('button', { name: 'Yes', exact: true }).click()
    await expect.poll(() => textOf(line(wei, 'two pallets'))).toMatch(/Ana taken back two pallets$/)
  })

  it('to what is not read in says so, and reads it in when it is followed', async () => {
    const ana = await visit()
    await ana.say('the very first', 'Ana')
    await expect.poll(() => textOf(line(ana, 'the very first'))).toContain('the very first')
    for (let at = 0; at < 130; at++) await post('annotations', { author: 'Bo', text: `filler ${at}` })
    await use(ana, 'the very first', 'Reply')
    await ana.say('what about this?')
    const wei = await visit()
    await expect.poll(() => textOf(line(wei, 'what about this?'))).toContain('an earlier message what about this?')
    await line(wei, 'what about this?').locator('.quote').click()
    await expect.poll(() => focused(wei)).toContain('the very first')
    await expect.poll(() => line(wei, 'the very first').isVisible()).toBe(true)
  })
})

describe('reactions', () => {
  it('are given and taken back, and say who gave them', async () => {
    const [ana, wei] = await two('done')
    await use(ana, 'done', 'React')
    await line(ana, 'done').getByRole('button', { name: '👍' }).click()
    const pill = line(wei, 'done').locator('.reaction')
    await expect.poll(() => textsOf(pill)).toEqual(['👍 1'])
    await pill.click()
    await expect.poll(() => pill.getAttribute('aria-label')).toBe('👍 2, Ana and Wei')
    expect(await pill.getAttribute('aria-pressed')).toBe('true')
    await expect.poll(() => textsOf(line(ana, 'done').locator('.reaction'))).toEqual(['👍 2'])
    await pill.click()
    await expect.poll(() => textsOf(line(ana, 'done').locator('.reaction'))).toEqual(['👍 1'])
  })

  it('can be any emoji that is written', async () => {
    const [ana, wei] = await two('done')
    await use(ana, 'done', 'React')
    await line(ana, 'done').locator('message-tools input').fill('🐳')
    await expect.poll(() => textsOf(line(wei, 'done').locator('.reaction'))).toEqual(['🐳 1'])
  })

  it('of somebody without a name wait for it', async () => {
    await post('annotations', { author: 'Bo', text: 'done' })
    const ana = await visit()
    await use(ana, 'done', 'React')
    await line(ana, 'done').getByRole('button', { name: '🎉' }).click()
    await ana.page.locator('message-composer input').fill('Ana')
    await ana.page.keyboard.press('Enter')
    await expect.poll(() => line(ana, 'done').locator('.reaction').getAttribute('aria-label')).toBe('🎉 1, Ana')
    await expect.poll(() => focused(ana)).toContain('Write to')
  })
})

describe('searching the conversation', () => {
  it('finds words, Chinese included, and leads to the message', async () => {
    for (let at = 0; at < 120; at++)
      await post('annotations', { author: 'Bo', text: at === 3 ? '今晚库存不足' : `n ${at}` })
    await post('annotations', { author: 'ci', text: '库存 checked', kind: 'log' })
    const ana = await visit()
    await expect.poll(() => textOf(line(ana, 'n 119'))).toContain('n 119')
    await ana.page.keyboard.press('/')
    await ana.page.locator('conversation-search input:focus').waitFor()
    await ana.page.keyboard.type('库存')
    const found = ana.page.locator('conversation-search .found')
    await expect
      .poll(() => textsOf(found))
      .toEqual([
        expect.stringMatching(/^ci \d\d:\d\d log 库存 checked$/),
        expect.stringMatching(/^Bo \d\d:\d\d 今晚 库存 不足$/),
      ])
    expect(await textsOf(found.locator('mark'))).toEqual(['库存', '库存'])
    await ana.page.keyboard.press('Enter')
    await ana.page.keyboard.press('Enter')
    await expect.poll(() => ana.page.locator('conversation-search').count()).toBe(0)
    await expect.poll(() => focused(ana)).toContain('今晚库存不足')
  })

  it('says when nothing is found, and closes with Escape', async () => {
    const ana = await visit()
    await ana.say('hello', 'Ana')
    await openSearch(ana)
    await ana.page.keyboard.type('库存')
    await expect.poll(() => textOf(ana.page.locator('conversation-search .status'))).toBe('Nothing found.')
    await ana.page.keyboard.press('Escape')
    await expect.poll(() => ana.page.locator('conversation-search').count()).toBe(0)
    await expect.poll(() => focused(ana)).toBe('Search')
  })

  it('reads more while it is scrolled', async () => {
    for (let at = 0; at < 120; at++) await post('annotations', { author: 'Bo', text: `stock ${at}` })
    const ana = await visit()
    await openSearch(ana)
    await ana.page.keyboard.type('stock')
    const found = ana.page.locator('conversation-search .found')
    await expect.poll(() => found.count()).toBe(50)
    await found.last().scrollIntoViewIfNeeded()
    await ana.page.locator('conversation-search ol').hover()
    // How much is read by one turn of the wheel, who draws decides.
    const scrolled = async () => {
      await ana.page.mouse.wheel(0, 20_000)
      return textOf(ana.page.locator('conversation-search .status'))
    }
    await expect.poll(scrolled).toBe('120 found')
  })

  it('forgets what was taken back', async () => {
    const [ana, wei] = await two('a secret')
    await use(ana, 'a secret', 'Take back')
    await line(ana, 'a secret').getByRole('button', { name: 'Yes', exact: true }).click()
    await expect.poll(() => textsOf(wei.messages)).toContainEqual(expect.stringContaining('taken back'))
    await openSearch(wei)
    await wei.page.keyboard.type('secret')
    await expect.poll(() => textOf(wei.page.locator('conversation-search .status'))).toBe('Nothing found.')
  })
})

describe('the keyboard alone', () => {
  /** Somebody whose focus is on the newest of three messages of theirs. */
  async function atNewest(): Promise<Visitor> {
    const ana = await visit()
    await ana.say('one', 'Ana')
    await ana.say('two')
    await ana.say('three')
    await expect.poll(() => ana.page.locator('conversation-entries li[data-id]').count()).toBe(3)
    await ana.page.keyboard.press('Shift+Tab')
    await expect.poll(() => focused(ana)).toContain('three')
    return ana
  }

  it('goes from message to message, with one tab stop for all', async () => {
    const ana = await atNewest()
    const { keyboard } = ana.page
    await keyboard.press('ArrowUp')
    await expect.poll(() => focused(ana)).toContain('two')
    await keyboard.press('Home')
    await expect.poll(() => focused(ana)).toContain('one')
    expect(await ana.page.locator('conversation-entries li[tabindex="0"]').count()).toBe(1)
    await keyboard.press('Shift+Tab')
    await keyboard.press('Tab')
    await expect.poll(() => focused(ana)).toContain('one')
  })

  it('reacts, edits and takes back', async () => {
    const ana = await atNewest()
    const { keyboard } = ana.page
    await keyboard.press('ArrowUp')
    await expect.poll(() => focused(ana)).toContain('two')
    await keyboard.press('Enter')
    await expect.poll(() => focused(ana)).toBe('React')
    await keyboard.press('Enter')
    await expect.poll(() => focused(ana)).toBe('👍')
    await keyboard.press('Enter')
    await expect.poll(() => textsOf(ana.page.locator('.reaction'))).toEqual(['👍 1'])
    await expect.poll(() => focused(ana)).toContain('two')
    for (const key of ['Enter', 'Tab', 'Tab']) await keyboard.press(key)
    await expect.poll(() => focused(ana)).toBe('Edit')
    await keyboard.press('Enter')
    await keyboard.type(' and a half')
    await keyboard.press('Enter')
    await expect.poll(() => textOf(line(ana, 'two'))).toContain('two and a half edited')
    await keyboard.press('Shift+Tab')
    await expect.poll(() => focused(ana)).toBe('👍 1, Ana')
    await keyboard.press('Escape')
    for (const key of ['Enter', 'Tab', 'Tab', 'Tab', 'Enter']) await keyboard.press(key)
    await expect.poll(() => focused(ana)).toBe('Yes')
    await keyboard.press('Enter')
    await expect.poll(() => textOf(ana.messages.nth(1))).toBe('taken back')
    await expect.poll(() => focused(ana)).toBe('taken back')
  })

  it('reads older messages, and goes on above what was there', async () => {
    for (let at = 0; at < 120; at++) await post('annotations', { author: 'Bo', text: `n ${at}` })
    const ana = await visit()
    await expect.poll(() => textOf(line(ana, 'n 119'))).toContain('n 119')
    const earlier = ana.page.getByRole('button', { name: 'Earlier messages' })
    await earlier.evaluate((button) => button.focus({ preventScroll: true }))
    await ana.page.keyboard.press('Enter')
    await expect.poll(() => focused(ana)).toMatch(/n 19$/)
    await ana.page.keyboard.press('Home')
    await expect.poll(() => focused(ana)).toMatch(/n 0$/)
  })
})

describe('a finger', () => {
  it('taps a message for its tools', async () => {
    const ana = await visit(undefined, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    await ana.page.getByRole('button', { name: 'Conversation' }).tap()
    await ana.say('done', 'Ana')
    await expect.poll(() => textOf(line(ana, 'done'))).toContain('done')
    await line(ana, 'done').locator('p.text').tap()
    await line(ana, 'done').getByRole('button', { name: 'React' }).tap()
    await line(ana, 'done').getByRole('button', { name: '✅' }).tap()
    await expect.poll(() => textsOf(line(ana, 'done').locator('.reaction'))).toEqual(['✅ 1'])
  })
})

describe('what could not be saved', () => {
  it('says so at the message, and can be tried again or discarded', async () => {
    const [ana, wei] = await two('stock is 1900')
    await use(ana, 'stock is', 'Edit')
    // Meanwhile it is taken back in another tab of hers.
    const tab = await ana.page.context().newPage()
    await tab.goto(ana.page.url())
    const message = tab.locator('conversation-entries li[data-id]').filter({ hasText: 'stock is' })
    await message.hover()
    await message.getByRole('button', { name: 'Take back', exact: true }).click()
    await message.getByRole('button', { name: 'Yes', exact: true }).click()
    await expect.poll(() => textsOf(wei.messages)).toContainEqual(expect.stringContaining('taken back'))
    await field(ana).fill('stock is 7')
    await field(ana).press('Enter')
    const failure = ana.page.locator('conversation-entries .refused')
    await expect.poll(() => textOf(failure)).toBe('Not saved. It is not there any more. Again · Discard')
    await failure.getByRole('button', { name: 'Discard' }).click()
    await expect.poll(() => failure.count()).toBe(0)
  })
})

describe.each(['light', 'dark'] as const)('axe finds nothing in %s', (colorScheme) => {
  it('in a conversation with tools, reactions, answers and what was taken back', async () => {
    const [ana, wei] = await two('Do we have stock?', { colorScheme, bypassCSP: true })
    await use(wei, 'Do we have stock?', 'Reply')
    await wei.say('two pallets')
    await ana.say('forget this')
    await expect.poll(() => textOf(line(ana, 'two pallets'))).toContain('two pallets')
    await use(ana, 'two pallets', 'React')
    await line(ana, 'two pallets').getByRole('button', { name: '👍' }).click()
    await use(ana, 'forget this', 'Take back')
    expect(await faultsOf(ana.page)).toEqual([])
    await line(ana, 'forget this').getByRole('button', { name: 'Yes', exact: true }).click()
    await use(ana, 'two pallets', 'React')
    expect(await faultsOf(ana.page)).toEqual([])
    await ana.page.keyboard.press('Escape')
    await use(ana, 'two pallets', 'Reply')
    expect(await faultsOf(ana.page)).toEqual([])
    await field(ana).press('Escape')
    await field(ana).press('ArrowUp')
    expect(await faultsOf(ana.page)).toEqual([])
  })

  it('in the search', async () => {
    const [ana] = await two('Do we have stock?', { colorScheme, bypassCSP: true })
    await post('annotations', { author: 'ci', text: 'stock checked', kind: 'log' })
    await openSearch(ana)
    expect(await faultsOf(ana.page)).toEqual([])
    await ana.page.keyboard.type('stock')
    await expect.poll(() => ana.page.locator('conversation-search .found').count()).toBe(2)
    expect(await faultsOf(ana.page)).toEqual([])
  })
})
