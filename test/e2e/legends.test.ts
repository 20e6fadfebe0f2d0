import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { look } from '../../shared/option/index.ts'
import { faultsOf } from '../support/axe.ts'
import { OpenHouse } from '../support/open-house.ts'
import { colorsNear } from '../support/pixels.ts'
import { textOf, textsOf } from '../support/visitor.ts'

const [eu = '', us = '', asia = ''] = look('light').categories.map(({ mark }) => mark)
const house = new OpenHouse()

async function fill(as: 'line' | 'area' | 'pie'): Promise<void> {
  const end = Math.floor(Date.now() / 1_000) * 1_000
  const values = { EU: 55, US: 30, Asia: 10 }
  await house.post(
    'metrics',
    Object.entries(values).flatMap(([region, value]) =>
      // So rare that they are not silent however long a test takes.
      Array.from({ length: 7 }, (_, at) => {
        return { metric: 'requests', labels: { region }, value, time: end - (6 - at) * 50_000, as }
      }),
    ),
  )
}

const names = (card: Locator) => card.getByRole('toolbar', { name: 'Names' }).getByRole('button')
const pressed = (card: Locator) =>
  names(card).evaluateAll((all) => all.map((each) => each.getAttribute('aria-pressed') === 'true'))

/** Which of the three colours are drawn at the left, where no name is. */
async function drawn(card: Locator): Promise<readonly string[]> {
  const { x = 0, y = 0, height = 0 } = (await card.locator('.body').boundingBox()) ?? {}
  const found = await colorsNear(card.page(), { x: x + 95, y: y + height * 0.45 }, 85)
  return [eu, us, asia].filter((color) => found.includes(color))
}

describe('the names of a chart', () => {
  it.each(['line', 'area', 'pie'] as const)(
    'as %s leave out what they name, and bring it back, alone or with the others',
    async (as) => {
      await fill(as)
      const ana = await house.visit(undefined, { reducedMotion: 'reduce' })
      const card = await ana.drawn('requests')
      await expect.poll(() => textsOf(names(card))).toEqual(['EU', 'US', 'Asia'])
      await expect.poll(() => drawn(card)).toEqual([eu, us, asia])
      await names(card).nth(1).click()
      await expect.poll(() => drawn(card)).toEqual([eu, asia])
      await expect.poll(() => pressed(card)).toEqual([true, false, true])
      await names(card).nth(1).click()
      await expect.poll(() => drawn(card)).toEqual([eu, us, asia])
      await names(card).nth(2).dblclick()
      await expect.poll(() => drawn(card)).toEqual([asia])
      await names(card)
        .nth(2)
        .click({ modifiers: ['Control'] })
      await expect.poll(() => drawn(card)).toEqual([eu, us, asia])
    },
  )

  it('go by keys, and what they leave out stays out over numbers, a theme and a reload, without a fault', async () => {
    await fill('line')
    const ana = await house.visit(undefined, { reducedMotion: 'reduce', bypassCSP: true })
    const card = await ana.drawn('requests')
    await names(card).first().press('ArrowDown')
    await ana.page.keyboard.press('Space')
    await expect.poll(() => pressed(card)).toEqual([true, false, true])
    await expect.poll(() => names(card).nth(1).getAttribute('tabindex')).toBe('0')
    await house.post('metrics', [{ metric: 'requests', labels: { region: 'EU' }, value: 61 }])
    await expect.poll(() => textOf(card)).toMatch(/61/)
    await expect.poll(() => pressed(card)).toEqual([true, false, true])
    expect(await faultsOf(ana.page)).toEqual([])
    await ana.page.emulateMedia({ colorScheme: 'dark' })
    expect(await faultsOf(ana.page)).toEqual([])
    await ana.page.reload()
    await expect.poll(() => pressed(card)).toEqual([true, false, true])
    await ana.page.keyboard.press('Tab')
    await names(card).nth(1).press('Control+Enter')
    await expect.poll(() => pressed(card)).toEqual([false, true, false])
  })

  it('are alone after a long press of a finger', async () => {
    await fill('line')
    const ana = await house.visit(undefined, {
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
      reducedMotion: 'reduce',
    })
    const card = await ana.drawn('requests')
    const { x = 0, y = 0 } = (await names(card).first().boundingBox()) ?? {}
    const finger = await ana.page.context().newCDPSession(ana.page)
    const touchPoints = [{ x: x + 4, y: y + 6 }]
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
    await expect.poll(() => pressed(card)).toEqual([true, false, false])
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    expect(await pressed(card)).toEqual([true, false, false])
  })

  it('that are left out take their pins along, until somebody is brought to one', async () => {
    await fill('line')
    await house.post('annotations', { author: 'Ana', text: 'up', pin: { metric: 'requests', category: 'US' } })
    const ana = await house.visit(undefined, { reducedMotion: 'reduce' })
    const card = await ana.drawn('requests')
    const pins = card.locator('chart-pins ol > li > button')
    await expect.poll(() => pins.count()).toBe(1)
    await names(card).nth(1).click()
    await expect.poll(() => pins.count()).toBe(0)
    await ana.messages.locator('pin-chip button').click()
    await expect.poll(() => pins.count()).toBe(1)
    await expect.poll(() => pressed(card)).toEqual([true, true, true])
  })
})
