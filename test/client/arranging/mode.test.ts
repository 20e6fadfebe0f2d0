import { describe, expect, it } from 'vitest'
import { Arranging } from '../../../client/arranging/arranging.ts'
import { Hand } from '../../../client/arranging/hand.ts'
import { type LoadHand, Mode } from '../../../client/arranging/mode.ts'
import { Kept } from '../../../client/kept.ts'
import { Self } from '../../../client/self.ts'
import { GroupStore } from '../../../client/store.ts'
import { FakeGroup, memoryStorage } from '../../support/fake-group.ts'

const load: LoadHand = async (store) => new Hand(new Arranging(store), store, () => 'chart-1')

function open(name: string | undefined, loadHand = load) {
  const group = new FakeGroup()
  group.happen({ type: 'batch', samples: [{ metric: 'orders', labels: { item: 'Shirts' }, value: 1 }] })
  group.push()
  const kept = new Kept(() => memoryStorage())
  const self = new Self(kept, () => {})
  if (name !== undefined) self.take(name)
  const store = new GroupStore(group, () => 0, kept)
  return { mode: new Mode(store, self, loadHand), self, store, group }
}

describe('arranging', () => {
  it('is turned on, and has a hand then', async () => {
    const { mode } = open('Ana')
    expect([mode.state, mode.hand]).toEqual(['off', undefined])
    await mode.turnOn()
    expect([mode.state, mode.hand === undefined]).toEqual(['on', false])
    mode.turnOff()
    expect([mode.state, mode.hand, mode.tools === undefined]).toEqual(['off', undefined, false])
  })

  it('waits for a name', async () => {
    const { mode, self } = open(undefined)
    await mode.turnOn()
    expect([mode.state, mode.hand]).toEqual(['naming', undefined])
    self.take('Ana')
    mode.named()
    expect(mode.state).toBe('on')
  })

  it('says when it cannot be loaded, and loads again at the next try', async () => {
    let tries = 0
    const { mode } = open('Ana', async (store) => {
      tries++
      if (tries === 1) throw new Error('away')
      return load(store)
    })
    await mode.turnOn()
    expect(mode.state).toBe('failed')
    await mode.turnOn()
    expect(mode.state).toBe('on')
  })
})

describe('a page that is left', () => {
  it('shows nothing of its own any more, and listens to nothing', async () => {
    const { mode, store, group } = open('Ana')
    await mode.turnOn()
    group.answerArrange = () => new Promise(() => {})
    mode.hand?.arranging.make({ type: 'remove', chart: 'orders' })
    expect([store.charts().length, group.listeners]).toEqual([0, 2])
    mode.close()
    expect([store.charts().length, group.listeners]).toEqual([1, 1])
  })

  it('lets the hand go that comes too late', async () => {
    const { mode, group } = open('Ana')
    const turnedOn = mode.turnOn()
    mode.close()
    await turnedOn
    expect([mode.tools, group.listeners]).toEqual([undefined, 1])
  })
})

describe('a kind that I see', () => {
  it('becomes everyone’s, is no longer mine alone, and turns nothing on', async () => {
    const { mode, store, group } = open('Ana')
    store.setKind('orders', 'table')
    await mode.share('orders', 'table')
    group.push()
    expect([mode.state, group.state.board?.charts[0]?.kind]).toEqual(['off', 'table'])
    store.setKind('orders', undefined)
    expect(store.charts()[0]?.kind).toBe('table')
  })

  it('waits for a name too', async () => {
    const { mode, self, group } = open(undefined)
    await mode.share('orders', 'table')
    group.push()
    expect([mode.state, group.state.board]).toEqual(['naming', null])
    self.take('Ana')
    mode.named()
    group.push()
    expect([mode.state, group.state.board?.charts[0]?.kind]).toEqual(['off', 'table'])
  })
})
