import { describe, expect, it } from 'vitest'
import { followSeen } from '../../client/hidden.ts'
import { FakeGroup } from '../support/fake-group.ts'

/** A page that can be hidden. */
class FakePage extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible'

  become(state: DocumentVisibilityState): void {
    this.visibilityState = state
    this.dispatchEvent(new Event('visibilitychange'))
  }
}

describe('a page that nobody sees', () => {
  it('follows all its groups once a minute, and at their own pace as soon as it is seen', () => {
    const page = new FakePage()
    const groups = [new FakeGroup(), new FakeGroup()]
    followSeen(
      page,
      () => 2_000,
      () => groups,
    )
    page.become('hidden')
    page.become('visible')
    expect(groups.map(({ changes }) => changes)).toEqual([
      [{ paceMs: 60_000 }, { paceMs: 2_000 }],
      [{ paceMs: 60_000 }, { paceMs: 2_000 }],
    ])
  })

  it('does so also when it was opened so', () => {
    const page = new FakePage()
    page.visibilityState = 'hidden'
    const group = new FakeGroup()
    followSeen(
      page,
      () => 1_000,
      () => [group],
    )
    expect(group.changes).toEqual([{ paceMs: 60_000 }])
  })

  it('says nothing when it is let go', () => {
    const page = new FakePage()
    const group = new FakeGroup()
    followSeen(
      page,
      () => 1_000,
      () => [group],
    )()
    page.become('hidden')
    expect(group.changes).toEqual([])
  })

  it('asks anew when there is another pace, and says nothing more when it is let go', () => {
    const page = new FakePage()
    const group = new FakeGroup()
    let paceMs = 1_000
    const listeners = new Set<() => void>()
    const source = (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
    const undo = followSeen(
      page,
      () => paceMs,
      () => [group],
      [source],
    )
    paceMs = 2_000
    for (const listener of listeners) listener()
    expect(group.changes).toEqual([{ paceMs: 2_000 }])
    undo()
    expect(listeners.size).toBe(0)
  })
})
