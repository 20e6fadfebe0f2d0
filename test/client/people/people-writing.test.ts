import { describe, expect, it } from 'vitest'
import { writersAmong } from '../../../client/people/people-writing.ts'
import { en } from '../../../client/words/en.ts'
import { zh } from '../../../client/words/zh.ts'

describe('who is writing', () => {
  it('is whoever types, but me', () => {
    const people = [{ name: 'Ana', typing: true as const }, { name: 'Kenji', typing: true as const }, { name: 'Wei' }]
    expect(writersAmong({ count: 3, people }, 'Ana')).toEqual(['Kenji'])
    expect(writersAmong({ count: 3, people }, undefined)).toEqual(['Ana', 'Kenji'])
  })

  it('is said by name up to two', () => {
    expect(en.people.writing(['Kenji'])).toBe('Kenji is writing')
    expect(en.people.writing(['Kenji', 'Ana'])).toBe('Kenji and Ana are writing')
    expect(en.people.writing(['Kenji', 'Ana', 'Wei'])).toBe('3 people are writing')
    expect(zh.people.writing(['Kenji'])).toBe('Kenji 正在输入')
    expect(zh.people.writing(['Kenji', 'Ana'])).toBe('Kenji、Ana 正在输入')
  })
})
