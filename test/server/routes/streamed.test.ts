import { describe, expect, it } from 'vitest'
import { createCounters } from '../../../server/counters.ts'
import { streamed } from '../../../server/routes/streamed.ts'
import { createFakeLog } from '../../support/fake-log.ts'

/** Pieces that say what became of them. */
class Pieces {
  made = 0
  isOver = false
  readonly #failsAt: number

  constructor(failsAt = Number.POSITIVE_INFINITY) {
    this.#failsAt = failsAt
  }

  async *make(count: number): AsyncGenerator<string> {
    try {
      while (this.made < count) {
        this.made++
        if (this.made === this.#failsAt) throw new Error('the disk is gone')
        yield `${this.made} `
      }
    } finally {
      this.isOver = true
    }
  }
}

describe('a streamed answer', () => {
  it('is the pieces in order', async () => {
    const host = { counters: createCounters(), log: createFakeLog() }
    expect(await new Response(await streamed(new Pieces().make(5), host)).text()).toBe('1 2 3 4 5 ')
  })

  it('makes no piece before the one before it was read, and none for a reader that has gone', async () => {
    const host = { counters: createCounters(), log: createFakeLog() }
    const pieces = new Pieces()
    const reader = (await streamed(pieces.make(1_000), host)).getReader()
    expect(pieces.made).toBe(1)
    await reader.read()
    await reader.read()
    expect(pieces.made).toBeLessThanOrEqual(3)
    await reader.cancel()
    expect(pieces.isOver).toBe(true)
  })

  it('fails as a whole when its first piece does, and breaks off when a later one does', async () => {
    const host = { counters: createCounters(), log: createFakeLog() }
    await expect(streamed(new Pieces(1).make(5), host)).rejects.toThrow('the disk is gone')
    const broken = await streamed(new Pieces(3).make(5), host)
    await expect(new Response(broken).text()).rejects.toThrow('the disk is gone')
    expect(host.counters.all()).toEqual([{ name: 'bug', label: 'http', value: 1 }])
  })
})
