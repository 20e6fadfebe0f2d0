import { describe, expect, it } from 'vitest'
import { Composing } from '../../../client/conversation/composing.ts'

describe('what the composer is at', () => {
  it('is a message, a reply or an edit, and a message again', () => {
    const composing = new Composing()
    const told: string[] = []
    composing.onChange(() => told.push(composing.target.word))
    composing.reply(1)
    composing.edit(2)
    expect(composing.target).toEqual({ word: 'edit', id: 2 })
    composing.stop()
    composing.stop()
    expect(told).toEqual(['reply', 'edit', 'message'])
  })

  it('waits for my name, and then goes on, once', () => {
    const composing = new Composing()
    let done = 0
    composing.askName(() => done++)
    expect(composing.isNameAsked).toBe(true)
    composing.named()
    composing.named()
    expect([composing.isNameAsked, done]).toEqual([false, 1])
  })

  it('does not go on when I would rather not say it', () => {
    const composing = new Composing()
    let done = 0
    composing.askName(() => done++)
    composing.forgetName()
    composing.named()
    expect([composing.isNameAsked, done]).toEqual([false, 0])
  })
})
