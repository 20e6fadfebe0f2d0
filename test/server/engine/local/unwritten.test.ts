import { limits, type Prepared, type Recorded } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { Unwritten } from '../../../../server/engine/local/unwritten.ts'

const one: Recorded = { key: 'cpu', n: 1, time: 1, value: 1, revision: 1 }

function shown(samples: number): Prepared {
  const recorded = Array.from({ length: samples }, () => one)
  const effect = { type: 'batch', recorded, series: new Map(), removed: [] } as const
  return { effect, cursor: { epoch: 'e', revision: 1 }, time: 1, isVisible: true }
}

describe('what is not written', () => {
  it('is bounded, however often the disk takes nothing, and what is let go is counted', () => {
    let lost = 0
    const unwritten = new Unwritten((samples) => {
      lost += samples
    })
    for (let write = 0; write < 3; write++) {
      const taken = unwritten.take()
      unwritten.note(shown(400_000))
      unwritten.putBack(taken)
    }
    expect([unwritten.take().samples.length, lost]).toEqual([500_000, 700_000])
  })

  it('still tells which series changed whose samples were let go: their present value is written', () => {
    let lost = 0
    const unwritten = new Unwritten((samples) => {
      lost += samples
    })
    unwritten.note(shown(500_000))
    const recorded = [{ ...one, key: 'disk', n: 2 }]
    const effect = { type: 'batch', recorded, series: new Map(), removed: [] } as const
    unwritten.note({ effect, cursor: { epoch: 'e', revision: 2 }, time: 1, isVisible: true })
    const { samples } = unwritten.take()
    expect([samples.length, samples.keys, lost]).toEqual([500_000, ['cpu', 'disk'], 1])
  })

  it('is of removals the newest, as many as a group remembers', () => {
    const unwritten = new Unwritten(() => {})
    for (let n = 1; n <= limits.rememberedChanges + 1; n++) {
      const taken = unwritten.take()
      const effect = { type: 'batch', recorded: [], series: new Map(), removed: [n] } as const
      unwritten.note({ effect, cursor: { epoch: 'e', revision: n }, time: 1, isVisible: true })
      unwritten.putBack(taken)
    }
    const { removals } = unwritten.take()
    expect([removals.length, removals.at(-1)]).toEqual([
      limits.rememberedChanges,
      [limits.rememberedChanges + 1, limits.rememberedChanges + 1],
    ])
  })
})
