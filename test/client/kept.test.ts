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
    const kept = new Kept(() => ({ ...memoryStorage(), setItem: throwing }))
    kept.write('a', 'b')
    expect(kept.read('a')).toBe('b')
  })

  it('is gone when it was removed', () => {
    const storage = memoryStorage()
    const kept = new Kept(() => storage)
    kept.write('a', 'b')
    kept.remove('a')
    expect([kept.read('a'), storage.texts.size]).toEqual([undefined, 0])
  })

  it('is found by how its keys begin, what other pages keep too', () => {
    const storage = memoryStorage()
    const kept = new Kept(() => storage)
    kept.write('a.1', 'x')
    new Kept(() => storage).write('a.2', 'x')
    kept.write('b.1', 'x')
    expect([...kept.keys('a.')].sort()).toEqual(['a.1', 'a.2'])
  })

  it('is found and removed also where the browser keeps nothing', () => {
    const kept = new Kept(throwing)
    kept.write('a.1', 'x')
    expect(kept.keys('a.')).toEqual(['a.1'])
    kept.remove('a.1')
    expect(kept.keys('a.')).toEqual([])
  })
})
