import { describe, expect, it } from 'vitest'
import { Kept } from '../../client/kept.ts'
import { Moment } from '../../client/moment.ts'
import { GroupStore } from '../../client/store.ts'
import { Zoom } from '../../client/zoom.ts'
import { FakeGroup, memoryStorage } from '../support/fake-group.ts'

const spot = { metric: 'requests' }
const now = 1_000_000

describe('a zoom', () => {
  it('shows a part of the past until somebody goes back, and tells of both once', () => {
    const zoom = new Zoom()
    let told = 0
    const undo = zoom.onChange(() => told++)
    zoom.into(spot, 100_000, 170_000, now)
    expect(zoom.part).toEqual({ from: 100_000, to: 170_000, spot })
    zoom.leave()
    zoom.leave()
    expect([zoom.part, told]).toEqual([undefined, 2])
    undo()
    zoom.into(spot, 100_000, 170_000, now)
    expect(told).toBe(2)
  })

  it('is never shorter than 5 s, nor of what has not happened yet', () => {
    const zoom = new Zoom()
    zoom.into(spot, 100_000, 101_000, now)
    expect(zoom.part).toEqual({ from: 98_000, to: 103_000, spot })
    zoom.into(spot, now - 1_000, now, now)
    expect(zoom.part).toEqual({ from: now - 5_000, to: now, spot })
  })

  it('ends when another window is chosen', () => {
    const store = new GroupStore(new FakeGroup(), () => now, new Kept(memoryStorage))
    store.zoom.into(spot, 100_000, 170_000, now)
    store.setWindow(900_000)
    expect(store.zoom.part).toBeUndefined()
  })
})

describe('a part of the past that is looked at for long', () => {
  it('is asked for again before the window leaves it behind, and no longer when somebody goes back', () => {
    const group = new FakeGroup()
    let time = now
    const store = new GroupStore(group, () => time, new Kept(memoryStorage))
    store.zoom.into(spot, now - 200_000, now - 100_000, now)
    group.push()
    expect(group.changes).toEqual([])
    time += 1_200_000
    group.push()
    group.push()
    expect(group.changes).toEqual([{ windowMs: 3_600_000 }])
    store.zoom.leave()
    expect(group.changes.at(-1)).toEqual({ windowMs: 300_000 })
  })
})

describe('the moment that is pointed at', () => {
  it('is told when it is another one', () => {
    const moment = new Moment()
    const heard: (number | undefined)[] = []
    const undo = moment.onChange(() => heard.push(moment.time))
    moment.point(5)
    moment.point(5)
    moment.point(undefined)
    undo()
    moment.point(7)
    expect(heard).toEqual([5, undefined])
  })
})
