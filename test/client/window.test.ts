import { describe, expect, it } from 'vitest'
import { Kept } from '../../client/kept.ts'
import { GroupStore } from '../../client/store.ts'
import { keepWindow, keptWindow } from '../../client/window.ts'
import { FakeGroup, memoryStorage } from '../support/fake-group.ts'

function open(storage = memoryStorage()) {
  const group = new FakeGroup()
  group.happen({ type: 'batch', samples: [{ metric: 'cpu', value: 1 }] })
  group.push()
  return { group, storage, store: new GroupStore(group, () => 0, new Kept(() => storage)) }
}

describe('the window of a group', () => {
  it('is 5 minutes until its reader chooses another', () => {
    expect(open().store.windowMs).toBe(300_000)
  })

  it('is asked for, drawn and kept when it is chosen', () => {
    const { group, storage, store } = open()
    let drawn = 0
    store.onMetric('cpu', () => drawn++)
    store.setWindow(3_600_000)
    expect([store.windowMs, drawn, group.changes]).toEqual([3_600_000, 1, [{ windowMs: 3_600_000 }]])
    expect(open(storage).store.windowMs).toBe(3_600_000)
  })

  it('is kept for each group alone', () => {
    const kept = new Kept(memoryStorage)
    keepWindow(kept, 'ops', 900_000)
    expect([keptWindow(kept, 'ops'), keptWindow(kept, 'shop')]).toEqual([900_000, 300_000])
  })

  it.each(['', 'long', '1', '-300000', '1e99'])('is 5 minutes when "%s" is kept there', (text) => {
    const kept = new Kept(memoryStorage)
    kept.write('chartroom.window.ops', text)
    expect(keptWindow(kept, 'ops')).toBe(300_000)
  })
})
