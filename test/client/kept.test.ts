import { describe, expect, it } from 'vitest'
import { Kept } from '../../client/kept.ts'
import { memoryStorage } from '../support/fake-group.ts'

function throwing(): never {
  throw new Error('storage is switched off')
}

describe('what the browser keeps', () => {
  it('is there for the next page', () => {
    const storage = memoryStorage()
    new Kept(() => storage).write('a', 'b')
    expect(new Kept(() => storage).read('a')).toBe('b')
  })

  it('lasts as long as the page where the browser keeps nothing', () => {
    const kept = new Kept(throwing)
    expect(kept.read('a')).toBeUndefined()
    kept.write('a', 'b')
    expect(kept.read('a')).toBe('b')
  })

  it('lasts as long as the page where the storage is full', () => {
    const kept = new Kept(() => ({ getItem: () => null, setItem: throwing }))
    kept.write('a', 'b')
    expect(kept.read('a')).toBe('b')
  })
})
