import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { faultsOf } from '../support/axe.ts'
import { OpenHouse, type VisitOptions } from '../support/open-house.ts'
import { textOf, textsOf, type Visitor } from '../support/visitor.ts'

const house = new OpenHouse()
const phone = { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true }

const field = ({ page }: Visitor): Locator => page.locator('message-composer textarea')
const envelope = ({ page }: Visitor): Locator => page.locator('button.envelope').filter({ visible: true })
const direct = ({ page }: Visitor): Locator => page.locator('conversation-entries.direct li[data-id]')
const talk = ({ page }: Visitor): Locator => page.locator('conversation-entries:not(.direct) li[data-id]')
const to = ({ page }: Visitor): Locator => page.locator('message-recipients')

/** People of one group who have said their name there. */
async function meet(options: VisitOptions, ...names: string[]): Promise<Visitor[]> {
  const visitors: Visitor[] = []
  for (const name of names) {
    const visitor = await house.visit(undefined, options)
    visitors.push(visitor)
    if (options?.isMobile) await visitor.page.getByRole('button', { name: /^Conversation/ }).click()
    await visitor.say(`${name} is here`, name)
    await expect.poll(() => envelope(visitor).count()).toBe(1)
  }
  // Whom one may write to is told by who is here.
  for (const { page } of visitors)
    for (const name of names)
      await expect.poll(() => page.locator('people-here [role=img]').getAttribute('aria-label')).toContain(name)
  return visitors
}

async function write(visitor: Visitor, text: string): Promise<void> {
  await field(visitor).fill(text)
  await field(visitor).press('Enter')
}

describe('a direct message', () => {
  it('[A7] [M6] is written by /to, shown apart to both, counted where it is unread, and seen by nobody else', async () => {
    const [ana, bob, cem] = await meet({}, 'Ana', 'Bob Lee', 'Cem')
    if (ana === undefined || bob === undefined || cem === undefined) throw new Error('Three came.')
    await write(ana, '/to bob lee are you there?')
    await expect.poll(() => textsOf(direct(ana))).toEqual([expect.stringMatching(/Ana to Bob Lee .*are you there\?/)])
    await expect.poll(() => envelope(bob).getAttribute('aria-label')).toBe('Direct messages, 1 new')
    await expect.poll(() => talk(bob).count()).toBe(3)
    await envelope(bob).click()
    await expect.poll(() => textsOf(direct(bob))).toEqual([expect.stringMatching(/Ana to you .*are you there\?/)])
    await bob.page.reload()
    await expect.poll(() => envelope(bob).getAttribute('aria-label')).toBe('Direct messages')
    await envelope(bob).click()
    await expect.poll(() => bob.page.locator('aside h2').textContent()).toBe('Direct messages')
    await envelope(cem).click()
    await expect.poll(() => cem.page.getByText('Nobody has written to you here.').count()).toBe(1)
    expect(await textOf(cem.page.locator('body'))).not.toContain('are you there')
    await envelope(cem).click()
    await cem.say('for all')
    await expect.poll(() => envelope(bob).getAttribute('aria-label')).toBe('Back to the conversation, 1 new')
    expect(await faultsOf(ana.page)).toEqual([])
  })

  it('is answered to those who have it, edited and taken back, by the keyboard alone', async () => {
    const [ana, bob] = await meet({ bypassCSP: true }, 'Ana', 'Bob')
    if (ana === undefined || bob === undefined) throw new Error('Two came.')
    await write(ana, '/to bob lunch?')
    await envelope(bob).focus()
    await bob.page.keyboard.press('Enter')
    const line = direct(bob).first()
    await line.focus()
    await bob.page.keyboard.press('Enter')
    await bob.page.keyboard.press('Tab')
    await bob.page.keyboard.press('Enter')
    await expect.poll(() => textOf(to(bob))).toMatch(/^To Ana/)
    await expect.poll(() => field(bob).getAttribute('placeholder')).toBe('Write to Ana')
    await bob.page.keyboard.type('at one')
    await bob.page.keyboard.press('Enter')
    await expect
      .poll(() => textsOf(direct(ana)))
      .toEqual([expect.stringContaining('lunch?'), expect.stringMatching(/Bob to you .*Ana lunch\? at one/)])
    // What is still on its way to him is not edited.
    await expect.poll(() => direct(bob).count()).toBe(2)
    await field(bob).press('ArrowUp')
    await bob.page.keyboard.type(' pm')
    await bob.page.keyboard.press('Enter')
    await expect.poll(() => textOf(direct(ana).last())).toContain('at one pm')
    expect(await talk(ana).count()).toBe(2)
    expect(await faultsOf(bob.page)).toEqual([])
  })

  it('is for whom one chooses; nothing goes to nobody, and nothing to all', async () => {
    const [ana, bob, cem] = await meet({}, 'Ana', 'Bob', 'Cem')
    if (ana === undefined || bob === undefined || cem === undefined) throw new Error('Three came.')
    await envelope(ana).click()
    await write(ana, 'for two')
    expect(await field(ana).inputValue()).toBe('for two')
    await to(ana).locator('select').selectOption('Bob')
    await to(ana).locator('select').selectOption('Cem')
    await field(ana).press('Enter')
    for (const one of [bob, cem]) {
      await envelope(one).click()
      await expect.poll(() => textsOf(direct(one))).toEqual([expect.stringContaining('for two')])
    }
    await to(ana).getByRole('button', { name: 'Not to Cem' }).click()
    await write(ana, 'for one')
    await expect.poll(() => direct(bob).count()).toBe(2)
    expect(await direct(cem).count()).toBe(1)
    await write(ana, '/to Nobody hello')
    const refused = ana.page.locator('conversation-entries.direct .refused')
    await expect.poll(() => refused.textContent()).toContain('Nobody here holds this name.')
    await envelope(ana).click()
    await expect.poll(() => talk(ana).count()).toBe(3)
  })

  it('is found by the search among the others that are for me', async () => {
    const [ana, bob] = await meet({}, 'Ana', 'Bob')
    if (ana === undefined || bob === undefined) throw new Error('Two came.')
    await write(ana, '/to bob the server is slow')
    await envelope(bob).click()
    await expect.poll(() => direct(bob).count()).toBe(1)
    await bob.page.keyboard.press('Escape')
    await bob.page
      .getByRole('button', { name: /^Search/ })
      .filter({ visible: true })
      .click()
    await bob.page.locator('conversation-search input').fill('slow')
    const found = bob.page.locator('conversation-search li button')
    await expect.poll(() => found.count()).toBe(1)
    await found.click()
    await expect.poll(() => direct(bob).first().getAttribute('class')).toContain('arrived')
  })

  it('waits for the name of who has none yet', async () => {
    const [bob] = await meet({}, 'Bob')
    const ana = await house.visit()
    await ana.say('/to bob who are you?', 'Ana')
    if (bob === undefined) throw new Error('One came.')
    await envelope(bob).click()
    await expect.poll(() => textsOf(direct(bob))).toEqual([expect.stringMatching(/Ana to you .*who are you\?/)])
    expect(await talk(ana).count()).toBe(1)
  })

  it('has its place on a phone', async () => {
    const [ana, bob] = await meet({ ...phone, bypassCSP: true }, 'Ana', 'Bob')
    if (ana === undefined || bob === undefined) throw new Error('Two came.')
    await bob.page.getByRole('button', { name: 'Charts' }).click()
    await write(ana, '/to bob psst')
    const tab = bob.page.getByRole('button', { name: /^Conversation/ })
    await expect.poll(() => tab.textContent()).toContain('1')
    await tab.click()
    await envelope(bob).click()
    await expect.poll(() => textsOf(direct(bob))).toEqual([expect.stringContaining('psst')])
    await to(bob).locator('select').selectOption('Ana')
    expect(await faultsOf(bob.page)).toEqual([])
    expect(await bob.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  })
})
