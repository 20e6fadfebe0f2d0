import { chartsOf, evidenceOf, type PinDraft, type Sample } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import {
  comparisonOf,
  evidenceLine,
  pinTime,
  pinTitle,
  type WrittenPin,
} from '../../../client/conversation/pin-words.ts'
import { exactTimeOfDay } from '../../../client/words/clock.ts'
import { en, type Words } from '../../../client/words/en.ts'
import { zh } from '../../../client/words/zh.ts'
import { GrownGroup } from '../../support/grown-group.ts'

const thin = '\u202F'

class Shop extends GrownGroup {
  get store() {
    return { state: this.state, charts: () => chartsOf(this.state) }
  }

  pinned(pin: PinDraft): WrittenPin {
    const evidence = evidenceOf(this.state, pin)
    if (evidence === undefined) throw new Error(`There is no ${pin.metric} to pin.`)
    return { ...pin, evidence }
  }
}

function orders(item: string, value: number | null, how: Partial<Sample> = {}): Sample {
  return { metric: 'orders', labels: { item }, value, unit: 'pcs', title: 'Orders by item', ...how }
}

function said(shop: Shop, pin: WrittenPin, words: Words = en): (string | undefined)[] {
  const { before, present, change } = comparisonOf(pin, shop.store, words)
  return [before, present, change]
}

describe('what a pin points at', () => {
  it('is its chart and its category', () => {
    const shop = new Shop()
    shop.post(orders('Shirts', 5))
    expect(pinTitle({ metric: 'orders', category: 'Shirts' }, shop.store)).toBe('Orders by item / Shirts')
    expect(pinTitle({ metric: 'orders' }, shop.store)).toBe('Orders by item')
  })

  it('is its metric when the chart is gone', () => {
    expect(pinTitle({ metric: 'orders', category: 'Hats' }, new Shop().store)).toBe('orders / Hats')
  })
})

describe('when a pin was set', () => {
  const time = new Date(2026, 10, 20, 14, 3, 7).getTime()

  it('is a moment, or a range', () => {
    expect(pinTime({ metric: 'orders' }, time)).toBe('14:03:07')
    expect(pinTime({ metric: 'orders', time }, time)).toBe('14:03:07')
    expect(pinTime({ metric: 'orders', time, timeEnd: time + 49_000 }, time + 5_000)).toBe('14:03:07–14:03:56')
  })
})

describe('then and now', () => {
  it('are the numbers, and by how much they changed', () => {
    const shop = new Shop()
    shop.post(orders('Shirts', 214))
    const pin = shop.pinned({ metric: 'orders', category: 'Shirts' })
    expect(said(shop, pin)).toEqual(['214', '214', ''])
    shop.post(orders('Shirts', 431))
    expect(said(shop, pin)).toEqual(['214', '431', `+101${thin}%`])
  })

  it('are in the unit, and a difference, where a ratio says nothing', () => {
    const shop = new Shop()
    shop.post({ metric: 'freezers', labels: { n: '2' }, value: -14.2, unit: '°C' })
    const pin = shop.pinned({ metric: 'freezers', category: '2' })
    shop.post({ metric: 'freezers', labels: { n: '2' }, value: -18.1 })
    expect(said(shop, pin)).toEqual([`−14.2${thin}°C`, `−18.1${thin}°C`, `−3.90${thin}°C`])
    shop.post({ metric: 'freezers', labels: { n: '2' }, value: -10.2 })
    expect(said(shop, pin)[2]).toBe(`+4${thin}°C`)
  })

  it('from nothing is a difference', () => {
    const shop = new Shop()
    shop.post(orders('Shirts', 0))
    const pin = shop.pinned({ metric: 'orders', category: 'Shirts' })
    shop.post(orders('Shirts', 7))
    expect(said(shop, pin)).toEqual(['0', '7', '+7'])
  })

  it('are shares of a pie, and their change is in points', () => {
    const shop = new Shop()
    const pay = (by: string, value: number): Sample => ({ metric: 'payments', labels: { by }, value, as: 'pie' })
    shop.post(pay('Card', 749), pay('Wallet', 251))
    const pin = shop.pinned({ metric: 'payments', category: 'Wallet' })
    shop.post(pay('Card', 729), pay('Wallet', 271))
    expect(said(shop, pin)).toEqual([`25.1${thin}%`, `27.1${thin}%`, `+2.0${thin}pt`])
    expect(said(shop, pin, zh)[2]).toBe(`+2.0${thin}百分点`)
  })

  it('of a pie as a whole are its numbers', () => {
    const shop = new Shop()
    shop.post({ metric: 'payments', labels: { by: 'Card' }, value: 6, as: 'pie' })
    shop.post({ metric: 'payments', labels: { by: 'Cash' }, value: 4 })
    const pin = shop.pinned({ metric: 'payments' })
    shop.post({ metric: 'payments', labels: { by: 'Cash' }, value: 9 })
    expect(said(shop, pin)).toEqual(['10', '15', `+50${thin}%`])
  })

  it('of a share change in points', () => {
    const shop = new Shop()
    shop.post({ metric: 'cpu', value: 61, unit: '%' })
    const pin = shop.pinned({ metric: 'cpu' })
    shop.post({ metric: 'cpu', value: 64.2 })
    expect(said(shop, pin)).toEqual([`61.0${thin}%`, `64.2${thin}%`, `+3.2${thin}pt`])
  })

  it('of a range say that it is the lowest', () => {
    const shop = new Shop()
    shop.post(orders('Shirts', 248))
    const pin = shop.pinned({ metric: 'orders', category: 'Shirts', time: shop.now - 9_000, timeEnd: shop.now })
    shop.post(orders('Shirts', 587))
    expect(said(shop, pin)).toEqual(['248', '587', 'lowest'])
    expect(said(shop, pin, zh)[2]).toBe('最低')
  })

  it('have no now when the series is gone, and a dash where it has no value', () => {
    const shop = new Shop()
    shop.post(orders('Shirts', 5), orders('Socks', 1))
    const pin = shop.pinned({ metric: 'orders', category: 'Shirts' })
    shop.post(orders('Shirts', null))
    expect(said(shop, pin)).toEqual(['5', '–', ''])
    shop.post({ metric: 'orders', labels: { item: 'Shirts' }, remove: true })
    expect(said(shop, pin)).toEqual(['5', undefined, ''])
  })

  it('have no then before the server said it', () => {
    const shop = new Shop()
    shop.post(orders('Shirts', 5))
    expect(said(shop, { metric: 'orders', category: 'Shirts' })).toEqual([undefined, '5', ''])
  })
})

describe('the evidence of a pin that is being composed', () => {
  it('is value, rank, share and time', () => {
    const shop = new Shop()
    shop.post(...['Shirts', 'Socks', 'Hoodies'].map((item, at) => orders(item, [431, 312, 268][at] ?? 0)))
    const time = exactTimeOfDay(shop.now)
    const line = (words: Words, item: string) => evidenceLine({ metric: 'orders', category: item }, shop.state, words)
    expect(line(en, 'Hoodies')).toBe(`268${thin}pcs · 3rd of 3 · 27${thin}% · ${time}`)
    expect(line(en, 'Shirts')).toContain(' · 1st of 3 · ')
    expect(line(en, 'Socks')).toContain(' · 2nd of 3 · ')
    expect(line(zh, 'Hoodies')).toContain('3\u00a0项中第\u00a03')
  })

  it('has neither rank nor share where there is nothing beside it', () => {
    const shop = new Shop()
    shop.post({ metric: 'cpu', value: 64.2, unit: '%' })
    expect(evidenceLine({ metric: 'cpu' }, shop.state, en)).toBe(`64.2${thin}% · ${exactTimeOfDay(shop.now)}`)
  })

  it('says that it is gone', () => {
    expect(evidenceLine({ metric: 'orders', category: 'Hats' }, new Shop().state, en)).toBe('gone')
  })
})

describe('an English rank', () => {
  it.each([
    [1, '1st of 30'],
    [2, '2nd of 30'],
    [3, '3rd of 30'],
    [4, '4th of 30'],
    [11, '11th of 30'],
    [22, '22nd of 30'],
  ])('%i is %s', (rank, text) => {
    expect(en.conversation.rank(rank, 30)).toBe(text)
  })
})
