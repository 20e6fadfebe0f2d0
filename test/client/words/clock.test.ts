import { afterEach, describe, expect, it } from 'vitest'
import { dayOf, exactTimeOfDay, timeOfDay } from '../../../client/words/clock.ts'
import { speak } from '../../../client/words/words.ts'

const noon = new Date(2026, 10, 20, 12, 0, 0).getTime()
const dayMs = 86_400_000

describe('a moment', () => {
  afterEach(() => speak('en'))

  it('is written with 24 hours', () => {
    const time = new Date(2026, 10, 20, 0, 3, 7).getTime()
    expect(timeOfDay(time)).toBe('00:03')
    expect(exactTimeOfDay(time)).toBe('00:03:07')
  })

  it('is of today, of yesterday, or of a day with its name', async () => {
    expect(dayOf(noon - 11 * 3_600_000, noon)).toBe('Today')
    expect(dayOf(noon - 13 * 3_600_000, noon)).toBe('Yesterday')
    expect(dayOf(noon - 3 * dayMs, noon)).toBe('Tuesday 17 November')
  })

  it('is of a Chinese day in Chinese', async () => {
    await speak('zh')
    expect(dayOf(noon, noon)).toBe('今天')
    expect(dayOf(noon - 3 * dayMs, noon)).toMatch(/^11月17日\s?星期二$/)
  })
})
