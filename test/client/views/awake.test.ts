import { describe, expect, it } from 'vitest'
import { keepAwake } from '../../../client/views/awake.ts'

class FakePage extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible'

  become(state: DocumentVisibilityState): void {
    this.visibilityState = state
    this.dispatchEvent(new Event('visibilitychange'))
  }
}

/** Locks that count what is asked of them. */
function fakeLocks(isRefusing = false) {
  const counts = { asked: 0, released: 0 }
  const locks = {
    async request() {
      counts.asked++
      if (isRefusing) throw new Error('The battery is low.')
      return {
        async release() {
          counts.released++
        },
      }
    },
  }
  return { counts, locks }
}

describe('the screen of a wall', () => {
  it('is kept on, and again each time the page is seen', () => {
    const page = new FakePage()
    const { counts, locks } = fakeLocks()
    keepAwake(page, locks)
    page.become('hidden')
    expect(counts.asked).toBe(1)
    page.become('visible')
    expect(counts.asked).toBe(2)
  })

  it('may go off when the page is let go', async () => {
    const page = new FakePage()
    const { counts, locks } = fakeLocks()
    keepAwake(page, locks)()
    page.become('visible')
    await expect.poll(() => counts).toEqual({ asked: 1, released: 1 })
  })

  it('is nobody’s trouble where a browser refuses, or cannot', () => {
    const { counts, locks } = fakeLocks(true)
    keepAwake(new FakePage(), locks)()
    keepAwake(new FakePage(), undefined)()
    expect(counts).toEqual({ asked: 1, released: 0 })
  })
})
