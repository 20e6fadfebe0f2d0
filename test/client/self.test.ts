import { describe, expect, it } from 'vitest'
import { Kept } from '../../client/kept.ts'
import { Self } from '../../client/self.ts'
import { memoryStorage } from '../support/fake-group.ts'

const fillRandom = (bytes: Uint8Array) => void bytes.fill(251)

function self(storage = memoryStorage()): Self {
  return new Self(new Kept(() => storage), fillRandom)
}

describe('who I am', () => {
  it('has 128 bits of secret as base64url, the same after a reload', () => {
    const storage = memoryStorage()
    const { secret } = self(storage)
    expect(secret).toBe('-_v7-_v7-_v7-_v7-_v7-w')
    const other = new Self(new Kept(() => storage), (bytes) => void bytes.fill(1))
    expect(other.secret).toBe(secret)
  })

  it('has no name until one is taken, and keeps it', () => {
    const storage = memoryStorage()
    expect(self(storage).name).toBeUndefined()
    expect(self(storage).take('  Ana ')).toBeUndefined()
    expect(self(storage).name).toBe('Ana')
  })

  it('tells who listens which name was taken', () => {
    const one = self()
    const told: string[] = []
    const undo = one.onName((name) => told.push(name))
    one.take('Ana')
    undo()
    one.take('Wei')
    expect(told).toEqual(['Ana'])
  })

  it.each([
    ['', 'missing'],
    ['  \n', 'missing'],
    ['\u200b\u2060', 'missing'],
    ['a'.repeat(65), 'unfit'],
    ['two\nlines', 'unfit'],
  ])('refuses %j as a name', (text, fault) => {
    const one = self()
    expect(one.take(text)).toBe(fault)
    expect(one.name).toBeUndefined()
  })

  it('does not trust what it finds in the storage', () => {
    const storage = memoryStorage()
    storage.setItem('chartroom.name', 'x'.repeat(1_000))
    storage.setItem('chartroom.secret', '')
    expect(self(storage).name).toBeUndefined()
    expect(self(storage).secret).toHaveLength(22)
  })
})
