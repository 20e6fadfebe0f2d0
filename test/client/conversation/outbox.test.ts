import { type Annotation, type AnnotationDraft, type Result, refuse } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { Claims } from '../../../client/conversation/claims.ts'
import { KeptDrafts } from '../../../client/conversation/kept-drafts.ts'
import { Outbox } from '../../../client/conversation/outbox.ts'
import { Kept } from '../../../client/kept.ts'
import { GroupStore } from '../../../client/store.ts'
import { FakeGroup, memoryStorage } from '../../support/fake-group.ts'

function open(storage = memoryStorage(), group = new FakeGroup()) {
  group.push()
  const kept = new Kept(() => storage)
  const outbox = new Outbox(new GroupStore(group, () => 0, kept), new KeptDrafts(kept, new Claims(undefined), 'ops'))
  const words = () => outbox.messages.map(({ draft, state }) => `${draft.text}: ${state.word}`)
  const key = () => outbox.messages[0]?.key ?? ''
  return { group, outbox, words, key }
}

/** A server that never answers. */
function silent(): Promise<never> {
  return new Promise(() => {})
}

describe('what I wrote', () => {
  it('is on its way, taken, and then the log has it', async () => {
    const { group, outbox, words } = open()
    const sent = outbox.write({ text: 'hello' })
    expect(words()).toEqual(['hello: sending'])
    await sent
    expect(words()).toEqual(['hello: taken'])
    group.push()
    expect(words()).toEqual([])
    expect(group.state.talk.annotations.map(({ text }) => text)).toEqual(['hello'])
  })

  it('is not shown twice when the log has it before the answer comes', async () => {
    const { group, outbox, words } = open()
    let answer: (result: Result<Annotation>) => void = () => {}
    group.answer = () =>
      new Promise((resolve) => {
        answer = resolve
      })
    const sent = outbox.write({ text: 'hello' })
    group.say('Ana', 'hello')
    group.push()
    const [annotation] = group.state.talk.annotations
    if (annotation === undefined) throw new Error('The log is empty.')
    answer({ ok: true, value: annotation })
    await sent
    expect(words()).toEqual([])
  })

  it('keeps its text when it is refused, and can be sent again', async () => {
    const { group, outbox, words, key } = open()
    group.answer = () => Promise.resolve(refuse('closing', 'The connection is closed.'))
    await outbox.write({ text: 'hello' })
    expect(words()).toEqual(['hello: refused'])
    group.answer = undefined
    await outbox.again(key())
    group.push()
    expect(words()).toEqual([])
    expect(group.state.talk.annotations).toHaveLength(1)
  })

  it('is not sent again while it is on its way', async () => {
    const { group, outbox, key } = open()
    await Promise.all([outbox.write({ text: 'hello' }), outbox.again(key())])
    group.push()
    expect(group.state.talk.annotations).toHaveLength(1)
  })

  it('is told to be lost when the server began anew without it, and can be sent again', async () => {
    const { group, outbox, words, key } = open()
    await outbox.write({ text: 'hello' })
    group.restart()
    group.push()
    expect(words()).toEqual(['hello: lost'])
    await outbox.again(key())
    group.push()
    expect(words()).toEqual([])
    expect(group.state.talk.annotations.map(({ text }) => text)).toEqual(['hello'])
  })

  it('keeps its pin from the first sending to the next', async () => {
    const { group, outbox, key } = open()
    const pin = { metric: 'orders', category: 'Shirts' }
    const sent: AnnotationDraft[] = []
    group.answer = (draft) => {
      sent.push(draft)
      return Promise.resolve(refuse('unknown_metric', 'The group has no such metric.'))
    }
    await outbox.write({ text: 'hello', pin })
    expect(outbox.messages[0]?.draft).toEqual({ text: 'hello', pin })
    await outbox.again(key())
    expect(sent).toEqual([
      { text: 'hello', pin },
      { text: 'hello', pin },
    ])
  })

  it('can be dropped', async () => {
    const { group, outbox, words, key } = open()
    group.answer = () => Promise.resolve(refuse('closing', 'The connection is closed.'))
    await outbox.write({ text: 'hello' })
    outbox.drop(key())
    expect(words()).toEqual([])
  })

  it('tells who listens of each step', async () => {
    const { outbox, key } = open()
    let told = 0
    outbox.onChange(() => told++)
    await outbox.write({ text: 'hello' })
    expect(told).toBe(2)
    outbox.close()
    outbox.drop(key())
    expect(told).toBe(2)
  })
})

describe('what I wrote in a page that is gone', () => {
  it('is sent by the next one, once, under its key', async () => {
    const storage = memoryStorage()
    const before = open(storage)
    before.group.answer = silent
    void before.outbox.write({ text: 'one' })
    void before.outbox.write({ text: 'two', pin: { metric: 'orders' } })
    const keys = before.outbox.messages.map(({ key }) => key)
    const next = open(storage)
    const sent = next.outbox.adopt()
    await sent
    expect(next.group.keys).toEqual(keys)
    expect(next.words()).toEqual(['one: taken', 'two: taken'])
    next.group.push()
    expect(next.words()).toEqual([])
    const third = open(storage)
    await third.outbox.adopt()
    expect(third.group.keys).toEqual([])
  })

  it('is not sent yet while there is no answer, and stands before what is written since', async () => {
    const storage = memoryStorage()
    const before = open(storage)
    before.group.answer = silent
    void before.outbox.write({ text: 'one' })
    const next = open(storage)
    next.group.answer = silent
    void next.outbox.adopt()
    void next.outbox.write({ text: 'two' })
    await expect.poll(next.words).toEqual(['one: sending', 'two: sending'])
    expect([before.outbox.written, next.outbox.written]).toEqual([1, 1])
  })

  it('is forgotten once it was taken or dropped, and kept when it was refused', async () => {
    const storage = memoryStorage()
    const { group, outbox, key } = open(storage)
    await outbox.write({ text: 'taken' })
    group.push()
    expect(storage.texts.size).toBe(0)
    group.answer = () => Promise.resolve(refuse('closing', 'The connection is closed.'))
    await outbox.write({ text: 'refused' })
    expect(storage.texts.size).toBe(1)
    outbox.drop(key())
    expect(storage.texts.size).toBe(0)
  })
})
