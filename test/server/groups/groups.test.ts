import { limits } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { createMemoryEngine } from '../../../server/engine/memory.ts'
import { Groups, type Visit } from '../../../server/groups/groups.ts'
import { FakeClock } from '../../support/fake-clock.ts'

describe('the groups that are followed', () => {
  it('have no room for one more that nobody ever wrote to, and always for those that somebody did', async () => {
    const clock = new FakeClock()
    const engine = createMemoryEngine({ now: () => clock.now(), random: () => 0.5 })
    const groups = new Groups(engine, clock)
    const visits: Visit[] = []
    for (let n = 0; n < limits.maxGroups; n++) visits.push(await groups.visit(`made-up-${n}`))
    expect(groups.hasRoomIn((await groups.visit('one-more')).group)).toBe(false)
    await engine.append({ group: 'real', change: { type: 'batch', samples: [{ metric: 'cpu', value: 1 }] } })
    expect(groups.hasRoomIn((await groups.visit('real')).group)).toBe(true)
    await engine.append({ group: 'made-up-1', change: { type: 'batch', samples: [{ metric: 'cpu', value: 1 }] } })
    expect(groups.hasRoomIn((await groups.visit('one-more')).group)).toBe(true)
    expect(groups.hasRoomIn((await groups.visit('two-more')).group)).toBe(false)
    visits[2]?.end()
    expect(groups.hasRoomIn((await groups.visit('two-more')).group)).toBe(true)
    groups.close()
  })
})
