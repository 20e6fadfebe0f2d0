import { beforeEach, describe, expect, it, vi } from 'vitest'

const noon = new Date(2026, 10, 20, 12, 0, 0).getTime()
const dayMs = 86_400_000

async function clockFor(language: string) {
  vi.resetModules()
  vi.stubGlobal('navigator', { languages: [language] })
  return import('../../../client/words/clock.ts')
}

describe('a moment', () => {
  beforeEach(() => () => vi.unstubAllGlobals())

  it('is written with 24 hours', async () => {
    const { exactTimeOfDay, timeOfDay } = await clockFor('en')
    const time = new Date(2026, 10, 20, 0, 3, 7).getTime()
    expect(timeOfDay(time)).toBe('00:03')
    expect(exactTimeOfDay(time)).toBe('00:03:07')
  })

  it('is of today, of yesterday, or of a day with its name', async () => {
    const { dayOf } = await clockFor('en')
    expect(dayOf(noon - 11 * 3_600_000, noon)).toBe('Today')
    expect(dayOf(noon - 13 * 3_600_000, noon)).toBe('Yesterday')
    expect(dayOf(noon - 3 * dayMs, noon)).toBe('Tuesday 17 November')
  })

  it('is of a Chinese day in Chinese', async () => {
    const { dayOf } = await clockFor('zh-CN')
    expect(dayOf(noon, noon)).toBe('今天')
    expect(dayOf(noon - 3 * dayMs, noon)).toMatch(/^11月17日\s?星期二$/)
  })
})
