import { describe, expect, it } from 'vitest'
import { watchKeyboard } from '../../../client/views/keyboard.ts'

/** The part of a phone's screen that is not under its keyboard, and an element that fits itself into it. */
function open() {
  const set: string[] = []
  const element = { style: { setProperty: (name: string, value: string) => set.push(`${name}: ${value}`) } }
  const viewport = Object.assign(new EventTarget(), { height: 800, scale: 1, offsetTop: 0 })
  const scrolled: number[][] = []
  const undo = watchKeyboard(element, viewport, (x, y) => scrolled.push([x, y]))
  const become = (state: Partial<{ height: number; scale: number; offsetTop: number }>) => {
    Object.assign(viewport, state)
    viewport.dispatchEvent(new Event('resize'))
  }
  return { set, scrolled, undo, become }
}

describe('the room above a keyboard', () => {
  it('is what the page fits itself into, without the scrolling that the browser did for it', () => {
    const { set, scrolled, become } = open()
    become({ height: 480, offsetTop: 120 })
    expect(set).toEqual(['--visible: 480px'])
    expect(scrolled).toEqual([[0, 0]])
    become({ height: 800, offsetTop: 0 })
    expect(set.at(-1)).toBe('--visible: 800px')
    expect(scrolled).toHaveLength(1)
  })

  it('is not what is seen of a page that was pinched larger', () => {
    const { set, become } = open()
    become({ height: 400, scale: 2 })
    expect(set).toEqual([])
  })

  it('is watched until the undo', () => {
    const { set, undo, become } = open()
    undo()
    become({ height: 480 })
    expect(set).toEqual([])
  })
})
