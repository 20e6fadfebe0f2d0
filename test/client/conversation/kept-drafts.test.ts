import { describe, expect, it } from 'vitest'
import { Claims, type Locks } from '../../../client/conversation/claims.ts'
import { KeptDrafts } from '../../../client/conversation/kept-drafts.ts'
import { Kept } from '../../../client/kept.ts'
import { memoryStorage } from '../../support/fake-group.ts'

/** The locks of one browser: who comes later waits, until a page that has one is gone. */
class FakeLocks {
  readonly #held = new Map<string, { readonly page: object; readonly waiting: (() => void)[] }>()

  /** The locks as one page sees them, which waits or does not; `end` is its end. */
  page(isImpatient: boolean): { readonly locks: Locks; end(): void } {
    const page = {}
    const request = (name: string, _options: LockOptions, run: () => unknown) =>
      new Promise<unknown>((resolve, reject) => {
        const begin = () => {
          this.#held.set(name, { page, waiting: this.#held.get(name)?.waiting ?? [] })
          void Promise.resolve(run()).then(() => {
            this.#release(name)
            resolve(undefined)
          })
        }
        const held = this.#held.get(name)
        if (held === undefined) begin()
        else if (isImpatient) reject(new DOMException('The time is up.', 'TimeoutError'))
        else held.waiting.push(begin)
      })
    const end = () => {
      for (const [name, held] of this.#held) if (held.page === page) this.#release(name)
    }
    return { locks: { request: request as Locks['request'] }, end } // the one overload that claims use
  }

  #release(name: string): void {
    const next = this.#held.get(name)?.waiting.shift()
    this.#held.delete(name)
    next?.()
  }
}

describe('messages that were not taken', () => {
  it('come back in the order in which they were written', async () => {
    const kept = new Kept(memoryStorage)
    const drafts = new KeptDrafts(kept, new Claims(undefined), 'ops')
    const second = drafts.keep({ text: 'second' }, 2)
    const first = drafts.keep({ text: 'first' }, 1)
    new KeptDrafts(kept, new Claims(undefined), 'shop').keep({ text: 'elsewhere' }, 1)
    expect(await new KeptDrafts(kept, new Claims(undefined), 'ops').adopt()).toEqual([first, second])
  })

  it('are the newest hundred', async () => {
    const storage = memoryStorage()
    const drafts = new KeptDrafts(new Kept(() => storage), new Claims(undefined), 'ops')
    for (let at = 1; at <= 103; at++) drafts.keep({ text: `${at}` }, at)
    expect((await drafts.adopt()).map(({ time }) => time)).toEqual(Array.from({ length: 100 }, (_, at) => at + 4))
    expect(storage.texts.size).toBe(100)
  })

  it.each([
    '',
    'null',
    '{}',
    '{"time":1,"draft":{}}',
    '{"time":"1","draft":{"text":"x"}}',
    '{"time":1,"draft":{"text":""}}',
  ])('are forgotten where %s is kept', async (text) => {
    const storage = memoryStorage()
    storage.texts.set('chartroom.unsent.ops.k', text)
    expect(await new KeptDrafts(new Kept(() => storage), new Claims(undefined), 'ops').adopt()).toEqual([])
    expect(storage.texts.size).toBe(0)
  })

  it('are left to the page that has them', async () => {
    const storage = memoryStorage()
    const locks = new FakeLocks()
    const drafts = (isImpatient: boolean) =>
      new KeptDrafts(new Kept(() => storage), new Claims(locks.page(isImpatient).locks), 'ops')
    drafts(false).keep({ text: 'hello' }, 1)
    expect(await drafts(true).adopt()).toEqual([])
    expect(storage.texts.size).toBe(1)
  })

  it('are taken over from a page that goes while the next one begins', async () => {
    const storage = memoryStorage()
    const locks = new FakeLocks()
    const gone = locks.page(false)
    const mine = new KeptDrafts(new Kept(() => storage), new Claims(gone.locks), 'ops').keep({ text: 'hello' }, 1)
    const next = new KeptDrafts(new Kept(() => storage), new Claims(locks.page(false).locks), 'ops').adopt()
    gone.end()
    expect(await next).toEqual([mine])
  })

  it('are not taken over once they were sent', async () => {
    const storage = memoryStorage()
    const locks = new FakeLocks()
    const before = new KeptDrafts(new Kept(() => storage), new Claims(locks.page(false).locks), 'ops')
    const { key } = before.keep({ text: 'hello' }, 1)
    const next = new KeptDrafts(new Kept(() => storage), new Claims(locks.page(false).locks), 'ops').adopt()
    before.forget(key)
    expect(await next).toEqual([])
  })
})
