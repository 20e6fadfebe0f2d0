import { type Annotation, type AnnotationDraft, type Result, refuse } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { Outbox } from '../../../client/conversation/outbox.ts'
import { Kept } from '../../../client/kept.ts'
import { GroupStore } from '../../../client/store.ts'
import { FakeGroup, memoryStorage } from '../../support/fake-group.ts'

function open() {
  const group = new FakeGroup()
  group.push()
  const outbox = new Outbox(new GroupStore(group, () => 0, new Kept(memoryStorage)))
  const words = () => outbox.messages.map(({ draft, state }) => `${draft.text}: ${state.word}`)
  return { group, outbox, words }
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
    const { group, outbox, words } = open()
    group.answer = () => Promise.resolve(refuse('closing', 'The connection is closed.'))
    await outbox.write({ text: 'hello' })
    expect(words()).toEqual(['hello: refused'])
    group.answer = undefined
    await outbox.again(1)
    group.push()
    expect(words()).toEqual([])
    expect(group.state.talk.annotations).toHaveLength(1)
  })

  it('is not sent again while it is on its way', async () => {
    const { group, outbox } = open()
    await Promise.all([outbox.write({ text: 'hello' }), outbox.again(1)])
    group.push()
    expect(group.state.talk.annotations).toHaveLength(1)
  })

  it('is told to be lost when the server began anew without it, and can be sent again', async () => {
    const { group, outbox, words } = open()
    await outbox.write({ text: 'hello' })
    group.restart()
    group.push()
    expect(words()).toEqual(['hello: lost'])
    await outbox.again(1)
    group.push()
    expect(words()).toEqual([])
    expect(group.state.talk.annotations.map(({ text }) => text)).toEqual(['hello'])
  })

  it('keeps its pin from the first sending to the next', async () => {
    const { group, outbox } = open()
    const pin = { metric: 'orders', category: 'Shirts' }
    const sent: AnnotationDraft[] = []
    group.answer = (draft) => {
      sent.push(draft)
      return Promise.resolve(refuse('unknown_metric', 'The group has no such metric.'))
    }
    await outbox.write({ text: 'hello', pin })
    expect(outbox.messages[0]?.draft).toEqual({ text: 'hello', pin })
    await outbox.again(1)
    expect(sent).toEqual([
      { text: 'hello', pin },
      { text: 'hello', pin },
    ])
  })

  it('can be dropped', async () => {
    const { group, outbox, words } = open()
    group.answer = () => Promise.resolve(refuse('closing', 'The connection is closed.'))
    await outbox.write({ text: 'hello' })
    outbox.drop(1)
    expect(words()).toEqual([])
  })

  it('tells who listens of each step', async () => {
    const { outbox } = open()
    let told = 0
    outbox.onChange(() => told++)
    await outbox.write({ text: 'hello' })
    expect(told).toBe(2)
    outbox.close()
    outbox.drop(1)
    expect(told).toBe(2)
  })
})
