import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Kept } from '../../../client/kept.ts'
import { GroupStore } from '../../../client/store.ts'
import { Tour } from '../../../client/views/tour.ts'
import { FakeGroup, memoryStorage } from '../../support/fake-group.ts'

const everyMs = 20_000

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A tour through groups that come when the test says so. A group has a page for each chart. */
function open(...groups: string[]) {
  const followed = new Map<string, FakeGroup>()
  const kept = new Kept(memoryStorage)
  const tour = new Tour(
    {
      follow(group) {
        const fake = Object.assign(new FakeGroup(), { group })
        followed.set(group, fake)
        return new GroupStore(fake, () => 0, kept)
      },
      pagesOf: (store) => store.charts().length,
      handleChange: () => {},
    },
    everyMs,
  )
  tour.visit(groups)
  /** The group is there now, with so many charts. */
  const come = (group: string, charts: number) => {
    const fake = followed.get(group)
    const series = Array.from({ length: charts }, (_, at) => ({ metric: `m${at}`, value: 1 }))
    if (charts > 0) fake?.happen({ type: 'batch', samples: series })
    fake?.push()
  }
  const shown = () => tour.stop && `${tour.stop.store.group} ${tour.stop.page}`
  const live = () => [...followed].filter(([, { isClosed }]) => !isClosed).map(([group]) => group)
  const wait = () => vi.advanceTimersByTime(everyMs)
  return { tour, come, shown, live, wait }
}

describe('a tour', () => {
  it('goes through the pages of a group, and begins again', () => {
    const { come, shown, wait } = open('ops')
    come('ops', 2)
    expect(shown()).toBe('ops 0')
    wait()
    expect(shown()).toBe('ops 1')
    wait()
    expect(shown()).toBe('ops 0')
  })

  it('follows the next group while the last page is shown, then lets the former one go', () => {
    const { come, shown, live, wait } = open('ops', 'shop', 'home')
    come('ops', 2)
    expect(live()).toEqual(['ops'])
    wait()
    expect(live()).toEqual(['ops', 'shop'])
    come('shop', 2)
    wait()
    expect(shown()).toBe('shop 0')
    expect(live()).toEqual(['shop'])
  })

  it('shows no group before it is there', () => {
    const { come, shown, wait } = open('ops', 'shop')
    come('ops', 1)
    wait()
    expect(shown()).toBe('ops 0')
    come('shop', 1)
    expect(shown()).toBe('shop 0')
  })

  it('passes over groups without charts, also when the first is one', () => {
    const { come, shown, live, wait } = open('quiet', 'empty', 'shop', 'ops')
    come('quiet', 0)
    come('empty', 0)
    expect(shown()).toBe('quiet 0')
    come('shop', 1)
    expect(shown()).toBe('shop 0')
    come('ops', 1)
    wait()
    come('quiet', 0)
    come('empty', 0)
    expect(shown()).toBe('ops 0')
    expect(live().toSorted()).toEqual(['ops', 'shop'])
  })

  it('stays, and looks again each time, while no group has charts', () => {
    const { come, shown, wait } = open('ops', 'shop')
    come('ops', 0)
    come('shop', 0)
    expect(shown()).toBe('ops 0')
    wait()
    come('shop', 1)
    expect(shown()).toBe('shop 0')
  })

  it('goes back by pages, to the last one of the group before', () => {
    const { tour, come, shown } = open('ops', 'shop')
    come('ops', 2)
    tour.go(1)
    tour.go(-1)
    expect(shown()).toBe('ops 0')
    tour.go(-1)
    come('shop', 3)
    expect(shown()).toBe('shop 2')
  })

  it('gives a page that was turned to by hand its whole time', () => {
    const { tour, come, shown } = open('ops')
    come('ops', 3)
    vi.advanceTimersByTime(everyMs - 1)
    tour.go(1)
    vi.advanceTimersByTime(everyMs - 1)
    expect(shown()).toBe('ops 1')
    vi.advanceTimersByTime(1)
    expect(shown()).toBe('ops 2')
  })

  it('holds a page until it may go on, also when the next group comes meanwhile', () => {
    const { tour, come, shown, wait } = open('ops', 'shop')
    come('ops', 1)
    wait()
    tour.hold(true)
    come('shop', 1)
    wait()
    expect(shown()).toBe('ops 0')
    tour.hold(false)
    wait()
    expect(shown()).toBe('shop 0')
  })

  it('takes groups that are new, and leaves those that are gone', () => {
    const { tour, come, shown, wait } = open('ops')
    come('ops', 1)
    tour.visit(['shop'])
    expect(shown()).toBe('ops 0')
    wait()
    come('shop', 1)
    expect(shown()).toBe('shop 0')
    wait()
    expect(shown()).toBe('shop 0')
  })

  it('stays on a page that is left when charts go', () => {
    const { tour, come, shown } = open('ops')
    come('ops', 2)
    tour.go(1)
    const store = tour.stop?.store
    const fake = store?.replica
    if (!(fake instanceof FakeGroup)) throw new Error('there is no group')
    fake.happen({ type: 'batch', samples: [{ metric: 'm1', remove: true }] })
    fake.push()
    expect(shown()).toBe('ops 0')
  })

  it('lets all groups go at its end', () => {
    const { tour, come, live, wait } = open('ops', 'shop')
    come('ops', 1)
    tour.close()
    wait()
    expect(live()).toEqual([])
  })
})
