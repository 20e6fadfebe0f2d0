import { describe, expect, it } from 'vitest'
import type { Glance } from '../../../client/spoken/glance.ts'
import { Teller } from '../../../client/spoken/teller.ts'
import { en } from '../../../client/words/en.ts'
import { FakeClock } from '../../support/fake-clock.ts'

/** A group with one number, and somebody who listens, asking every second. */
class Listener {
  value = 100
  readonly #clock = new FakeClock()
  readonly #teller = new Teller(this.#clock.now, this.#glance())

  /** What is heard in so many seconds: the second, and the words. */
  listen(seconds: number, change: () => void = () => {}): [second: number, said: string][] {
    const heard: [number, string][] = []
    for (let passed = 0; passed < seconds; passed++) {
      this.#clock.advance(1_000)
      change()
      const said = this.#teller.tell(() => this.#glance(), en)
      if (said !== undefined) heard.push([this.#clock.now() / 1_000, said])
    }
    return heard
  }

  #glance(): Glance {
    const orders = { chart: 'Orders', name: '', value: this.value, unit: undefined }
    return { connection: 'live', messageIds: [], values: new Map([['orders', orders]]) }
  }
}

describe('who tells', () => {
  it('says every 10 s what changed since the last time, however often it changes', () => {
    const listener = new Listener()
    expect(listener.listen(25, () => listener.value++)).toEqual([
      [10, 'Orders: 110, was 100.'],
      [20, 'Orders: 120, was 110.'],
    ])
  })

  it('is silent while nothing changes, and says at once what does then', () => {
    const listener = new Listener()
    expect(listener.listen(60)).toEqual([])
    listener.value = 7
    expect(listener.listen(30)).toEqual([[61, 'Orders: 7, was 100.']])
  })

  it('says nothing of what came and went in between', () => {
    const listener = new Listener()
    listener.value = 500
    expect(listener.listen(9)).toEqual([])
    listener.value = 100
    expect(listener.listen(9)).toEqual([])
  })
})
