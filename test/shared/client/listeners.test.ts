import { describe, expect, it } from 'vitest'
import { Listeners } from '../../../shared/client/listeners.ts'
import { FakePlatform } from '../../support/fake-platform.ts'

function listen() {
  const platform = new FakePlatform()
  const heard: string[] = []
  return { platform, heard, listeners: new Listeners<[string]>(platform) }
}

describe('listeners', () => {
  it('are told in the order in which they came, until they are undone', () => {
    const { heard, listeners } = listen()
    const undo = listeners.add((word) => heard.push(`a ${word}`))
    listeners.add((word) => heard.push(`b ${word}`))
    listeners.tell('1')
    undo()
    undo()
    listeners.tell('2')
    expect(heard).toEqual(['a 1', 'b 1', 'b 2'])
  })

  it('that throw hurt no other, and are reported by the host', () => {
    const { platform, heard, listeners } = listen()
    listeners.add(() => {
      throw new Error('mine')
    })
    listeners.add((word) => heard.push(word))
    listeners.tell('1')
    expect(heard).toEqual(['1'])
    expect(() => platform.advance(0)).toThrow('mine')
  })

  it('may come and go while they are told', () => {
    const { heard, listeners } = listen()
    listeners.add(() => {
      undo()
      listeners.add((word) => heard.push(`new ${word}`))
    })
    const undo = listeners.add((word) => heard.push(`undone ${word}`))
    listeners.tell('1')
    expect(heard).toEqual([])
    listeners.tell('2')
    expect(heard).toEqual(['new 2'])
  })

  it('are told as often as they were added', () => {
    const { heard, listeners } = listen()
    const listener = (word: string) => void heard.push(word)
    const undo = listeners.add(listener)
    listeners.add(listener)
    listeners.tell('1')
    undo()
    listeners.tell('2')
    expect(heard).toEqual(['1', '1', '2'])
  })
})
