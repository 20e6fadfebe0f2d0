import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Typing } from '../../../client/conversation/typing.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function open() {
  const told: boolean[] = []
  return { typing: new Typing((isTyping) => told.push(isTyping)), told }
}

describe('that I write', () => {
  it('is told once, however many letters come', () => {
    const { typing, told } = open()
    for (const text of ['h', 'he', 'hel']) {
      typing.change(text)
      vi.advanceTimersByTime(3_000)
    }
    expect(told).toEqual([true])
  })

  it('is over after 4 s of silence, and begins again with the next letter', () => {
    const { typing, told } = open()
    typing.change('h')
    vi.advanceTimersByTime(3_999)
    expect(told).toEqual([true])
    vi.advanceTimersByTime(1)
    expect(told).toEqual([true, false])
    typing.change('he')
    expect(told).toEqual([true, false, true])
  })

  it('is over when the field is empty, and when it is stopped, each told once', () => {
    const { typing, told } = open()
    typing.change('h')
    typing.change(' ')
    typing.stop()
    typing.change('h')
    typing.stop()
    typing.stop()
    vi.advanceTimersByTime(10_000)
    expect(told).toEqual([true, false, true, false])
  })
})
