import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { OpenHouse } from '../support/open-house.ts'
import { textOf, textsOf, type Visitor } from '../support/visitor.ts'

const house = new OpenHouse()
const visit = house.visit.bind(house)
const post = house.post.bind(house)

async function log(from: number, to: number, author = 'ci'): Promise<void> {
  for (let at = from; at <= to; at++) await post('annotations', { author, text: `line ${at}`, kind: 'log' })
}

function panel(visitor: Visitor): Locator {
  return visitor.page.locator('log-panel')
}

function lines(visitor: Visitor): Locator {
  return panel(visitor).locator('li')
}

async function open(visitor: Visitor): Promise<void> {
  await panel(visitor).getByRole('button', { name: 'Logs' }).click()
}

/** Scrolls the lines up, as a wheel does. */
async function scrollUp(visitor: Visitor, px: number): Promise<void> {
  await panel(visitor).locator('.scroll').hover()
  await visitor.page.mouse.wheel(0, -px)
}

describe('the logs of a group', () => {
  it('stand in a panel of their own, which counts what comes while it is closed', async () => {
    await log(1, 3)
    const ana = await visit()
    await expect.poll(() => textOf(panel(ana))).toBe('Logs')
    await log(4, 5)
    await expect.poll(() => textOf(panel(ana))).toBe('Logs 2 new')
    expect(await textsOf(ana.messages)).toEqual([])
    await open(ana)
    await expect.poll(() => lines(ana).count()).toBe(5)
    expect(await textOf(lines(ana).last())).toMatch(/^\d\d:\d\d:\d\d ci line 5$/)
  })

  it('are nothing in a group that has none', async () => {
    const ana = await visit()
    await ana.say('hello', 'Ana')
    await expect.poll(() => textOf(ana.messages.last())).toContain('hello')
    expect(await panel(ana).count()).toBe(0)
  })

  it('stay open over a reload, and go with the newest line', async () => {
    await log(1, 60)
    const ana = await visit()
    await open(ana)
    await ana.page.reload()
    await expect.poll(() => lines(ana).count()).toBe(60)
    await log(61, 61)
    await expect.poll(() => textOf(lines(ana).last())).toContain('line 61')
    await expect.poll(() => lines(ana).last().isVisible()).toBe(true)
  })

  it('stand still for who scrolls up, and go on at the end', async () => {
    await log(1, 60)
    const ana = await visit()
    await open(ana)
    await expect.poll(() => lines(ana).count()).toBe(60)
    await scrollUp(ana, 300)
    await expect.poll(() => panel(ana).locator('.pill').count()).toBe(1)
    await log(61, 63)
    await expect.poll(() => textOf(panel(ana).locator('.pill'))).toBe('3 new ↓')
    expect(await lines(ana).count()).toBe(60)
    await panel(ana).locator('.pill').click()
    await expect.poll(() => textOf(lines(ana).last())).toContain('line 63')
    await expect.poll(() => panel(ana).locator('.pill').count()).toBe(0)
  })

  it('stand still while they are paused, also at the end', async () => {
    await log(1, 5)
    const ana = await visit()
    await open(ana)
    await panel(ana).getByRole('button', { name: 'Pause' }).click()
    await log(6, 6)
    const pill = panel(ana).locator('.pill')
    await expect.poll(() => textOf(pill)).toBe('1 new ↓')
    await panel(ana).getByRole('button', { name: 'Go on' }).click()
    await expect.poll(() => lines(ana).count()).toBe(6)
  })

  it('keep the last one above the count of what is new, which counts what is looked for', async () => {
    await log(1, 40)
    const ana = await visit()
    await open(ana)
    await panel(ana).getByRole('button', { name: 'Pause' }).click()
    const pill = panel(ana).locator('.pill')
    const overlapPx = async () => {
      const [above, below] = await Promise.all([lines(ana).last().boundingBox(), pill.boundingBox()])
      return (above?.y ?? 0) + (above?.height ?? 0) - (below?.y ?? 0)
    }
    await expect.poll(overlapPx).toBeLessThanOrEqual(0)
    await panel(ana).getByRole('searchbox').fill('line 5')
    await log(41, 60)
    await expect.poll(() => textOf(pill)).toBe('11 new ↓')
  })

  it('are filtered by words and by author', async () => {
    await log(1, 12)
    await log(13, 14, 'web')
    const ana = await visit()
    await open(ana)
    await panel(ana).getByRole('searchbox').fill('LINE 12')
    await expect.poll(() => textsOf(lines(ana))).toEqual([expect.stringContaining('ci line 12')])
    await panel(ana).getByRole('searchbox').fill('')
    await panel(ana).getByRole('combobox').selectOption('web')
    await expect.poll(() => lines(ana).count()).toBe(2)
    await panel(ana).getByRole('searchbox').fill('nothing')
    await expect.poll(() => textOf(panel(ana))).toContain('No line has these words.')
  })

  it('are paged back by scrolling, to the first line, with what is read in its place', async () => {
    await log(1, 250)
    const ana = await visit()
    await open(ana)
    await expect.poll(() => lines(ana).count()).toBe(100)
    await expect
      .poll(
        async () => {
          await scrollUp(ana, 3_000)
          return textOf(lines(ana).first())
        },
        { interval: 200 },
      )
      .toMatch(/line 1$/)
    await expect.poll(() => lines(ana).count()).toBe(250)
    const texts = await textsOf(lines(ana))
    expect(texts.map((text) => Number(text.split(' ').at(-1)))).toEqual(Array.from({ length: 250 }, (_, at) => at + 1))
  })

  it('are read without a mouse', async () => {
    await log(1, 60)
    const ana = await visit()
    await panel(ana).getByRole('button', { name: 'Logs' }).focus()
    await ana.page.keyboard.press('Enter')
    await expect.poll(() => lines(ana).count()).toBe(60)
    const list = panel(ana).getByRole('log')
    await list.focus()
    await ana.page.keyboard.press('Home')
    await expect.poll(() => panel(ana).locator('.pill').count()).toBe(1)
    await ana.page.keyboard.press('End')
    await expect.poll(() => panel(ana).locator('.pill').count()).toBe(0)
    expect(await list.getAttribute('aria-live')).toBe('off')
  })

  it('hold the repeats of an alert, of which the talk tells how many there were', async () => {
    for (let at = 0; at < 3; at++)
      await post('annotations', { author: 'checks', text: 'p95 above 400 ms', kind: 'alert' })
    const ana = await visit()
    const alert = ana.page.locator('conversation-entries .event')
    await expect.poll(() => textsOf(alert)).toEqual([expect.stringMatching(/repeated 2 times, last \d\d:\d\d$/)])
    await open(ana)
    await expect.poll(() => textOf(lines(ana).last())).toMatch(/checks ▲ p95 above 400 ms repeated$/)
  })

  it('have at most 500 lines in the page in a storm, and the page answers', async () => {
    await log(1, 1)
    const ana = await visit()
    await open(ana)
    const storm = (async () => {
      for (let at = 0; at < 600; at += 10) {
        await Promise.all(Array.from({ length: 10 }, (_, one) => log(at + one, at + one)))
      }
    })()
    await ana.say('is it slow?', 'Ana')
    await expect.poll(() => textOf(ana.messages.last())).toContain('is it slow?')
    await storm
    await expect.poll(() => textOf(lines(ana).last())).toMatch(/line 59\d$/)
    expect(await lines(ana).count()).toBeLessThanOrEqual(500)
  })
})
