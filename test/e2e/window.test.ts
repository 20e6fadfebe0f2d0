import { describe, expect, it } from 'vitest'
import { OpenHouse } from '../support/open-house.ts'
import { textOf } from '../support/visitor.ts'

const house = new OpenHouse()
const minute = 60_000

describe('the window of the charts', () => {
  it.each([
    ['wide', {}],
    ['narrow', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
  ] as const)(
    'is chosen on a %s page, drawn with what is older, and there again after a reload',
    async (_, options) => {
      const now = Date.now()
      await house.post(
        'metrics',
        [14.25, 10, 8, 0].map((ago, at) => ({ metric: 'orders', value: at + 1, time: now - ago * minute })),
      )
      const ana = await house.visit(undefined, options)
      const card = await ana.drawn('orders')
      await expect.poll(() => textOf(card)).toContain('4')
      const choice = ana.page.getByRole('combobox', { name: 'Time shown' })
      expect(await choice.inputValue()).toBe('300000')
      await choice.selectOption('900000')
      await expect.poll(() => textOf(card)).toContain('+300 % in 15 min')
      await ana.page.reload()
      await expect.poll(() => choice.inputValue()).toBe('900000')
      await expect.poll(() => textOf(card)).toContain('+300 % in 15 min')
    },
  )
})
