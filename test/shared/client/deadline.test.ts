import { describe, expect, it } from 'vitest'
import { Deadline } from '../../../shared/client/deadline.ts'
import { FakePlatform } from '../../support/fake-platform.ts'

function start(withinMs: number) {
  const platform = new FakePlatform()
  let missed = 0
  const deadline = new Deadline(platform, () => {
    missed++
  })
  deadline.start(withinMs)
  return { platform, deadline, missed: () => missed }
}

describe('deadline', () => {
  it('is missed once when nothing is heard in time', () => {
    const { platform, missed } = start(35_000)
    platform.advance(34_999)
    expect(missed()).toBe(0)
    platform.advance(1)
    expect(missed()).toBe(1)
    platform.advance(1_000_000)
    expect(missed()).toBe(1)
  })

  it('is moved on by each sign of life', () => {
    const { platform, deadline, missed } = start(35_000)
    for (let n = 0; n < 10; n++) {
      platform.advance(30_000)
      deadline.extend()
    }
    expect(missed()).toBe(0)
    platform.advance(35_000)
    expect(missed()).toBe(1)
  })

  it('is not missed when only its timer is late: a background tab heard frames meanwhile', () => {
    const { platform, deadline, missed } = start(35_000)
    platform.suspend(300_000)
    deadline.extend()
    platform.advance(35_000)
    expect(missed()).toBe(1)
    expect(platform.waiting).toBe(0)
  })

  it('looks at the clock, not at the timer: a late timer after a sleep finds it missed', () => {
    const { platform, deadline, missed } = start(35_000)
    platform.suspend(300_000)
    deadline.shorten(5_000)
    platform.advance(0)
    expect(missed()).toBe(1)
  })

  it('hears what came while its host stood still, which is handed over after the timers that are due', () => {
    const { platform, deadline, missed } = start(35_000)
    platform.setTimer(() => deadline.extend(), 35_000)
    platform.advance(35_000)
    expect(missed()).toBe(0)
    platform.advance(35_000)
    expect(missed()).toBe(1)
  })

  it('is shortened by a question, until the answer comes', () => {
    const { platform, deadline, missed } = start(35_000)
    deadline.shorten(5_000)
    platform.advance(4_999)
    deadline.extend()
    platform.advance(34_999)
    expect(missed()).toBe(0)
    deadline.shorten(60_000)
    platform.advance(1)
    expect(missed()).toBe(1)
  })

  it('leaves no timer when it is stopped', () => {
    const { platform, deadline } = start(35_000)
    deadline.stop()
    expect(platform.waiting).toBe(0)
  })
})
