import { type Annotation, type Result, refuse } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { Edits, isMine } from '../../../client/conversation/edits.ts'
import { Kept } from '../../../client/kept.ts'
import { GroupStore } from '../../../client/store.ts'
import { FakeGroup, memoryStorage } from '../../support/fake-group.ts'

/** A group in which Ana, who is me, has said something. */
function open() {
  const group = new FakeGroup()
  group.say('Ana', 'hello')
  group.push()
  const edits = new Edits(new GroupStore(group, () => 7_000, new Kept(memoryStorage)))
  const written = (): Annotation => {
    const [first] = group.state.talk.annotations
    if (first === undefined) throw new Error('The log is empty.')
    return first
  }
  return { group, edits, written, id: written().id, shown: () => edits.shown(written()) }
}

/** A server that answers when it is told to. */
function held(group: FakeGroup): (result: Result<Annotation>) => void {
  const answers: ((result: Result<Annotation>) => void)[] = []
  group.answerEdit = () => new Promise((resolve) => answers.push(resolve))
  return (result) => answers.shift()?.(result)
}

describe('an edit of mine', () => {
  it('is shown at once, while it is on its way, and until the log has it', async () => {
    const { group, edits, written, id, shown } = open()
    const made = edits.make({ type: 'revise', id, text: 'hello all' })
    expect(shown()).toMatchObject({ text: 'hello all', editedTime: 7_000 })
    expect(edits.isSending(id)).toBe(true)
    await made
    expect(edits.isSending(id)).toBe(false)
    expect(written().text).toBe('hello')
    expect(shown().text).toBe('hello all')
    group.push()
    expect(shown()).toBe(written())
    expect(shown().text).toBe('hello all')
  })

  it('that takes a message back leaves its place without words, pin and reactions', () => {
    const { group, edits, id } = open()
    held(group)
    void edits.make({ type: 'retract', id })
    const pin = { metric: 'cpu', evidence: { value: 1, share: null, rank: null, of: 1, time: 1, cursor: 'a:1' } }
    const whole = { id, revision: 1, time: 1, author: 'Ana', text: 'hello', reactions: { '👍': ['Wei'] }, pin }
    expect(edits.shown(whole)).toEqual({ id, revision: 1, time: 1, author: 'Ana', text: '', retracted: true })
  })

  it('leaves other messages as they are', () => {
    const { group, edits, written, id } = open()
    held(group)
    void edits.make({ type: 'revise', id: id + 1, text: 'other' })
    expect(edits.shown(written())).toBe(written())
  })

  it('gives a reaction, and takes it back the next time', async () => {
    const { group, edits, written, shown } = open()
    await edits.toggle(written(), '👍')
    expect(shown().reactions).toEqual({ '👍': ['Ana'] })
    await edits.toggle(written(), '👍')
    expect(shown().reactions ?? {}).toEqual({})
    group.push()
    expect(written().reactions).toBeUndefined()
    expect(shown()).toBe(written())
  })

  it('at the same place counts before an earlier one that is answered later', async () => {
    const { group, edits, written, id, shown } = open()
    const answer = held(group)
    const first = edits.make({ type: 'revise', id, text: 'first' })
    void edits.make({ type: 'revise', id, text: 'second' })
    answer(refuse('not_author', 'no'))
    await first
    expect(shown().text).toBe('second')
    expect(edits.refusalOf(id)).toBeUndefined()
    expect(edits.isSending(id)).toBe(true)
    expect(written().text).toBe('hello')
  })

  it('of what the log no longer has is forgotten', async () => {
    const { group, edits, id } = open()
    await edits.make({ type: 'revise', id, text: 'hello all' })
    group.restart()
    group.say('Wei', 'anew')
    group.happen({ type: 'renew', epoch: 'next' })
    group.push()
    const lost = { id, revision: 1, time: 1, author: 'Ana', text: 'hello' }
    expect(edits.shown(lost)).toBe(lost)
  })
})

describe('an edit that is refused', () => {
  async function refused(type: 'revise' | 'retract' = 'revise') {
    const opened = open()
    const { group, edits, id } = opened
    group.answerEdit = () => Promise.resolve(refuse('not_author', 'no'))
    await edits.make(type === 'revise' ? { type, id, text: 'hello all' } : { type, id })
    return opened
  }

  it('keeps its words, and says why', async () => {
    const { edits, id, shown } = await refused()
    expect(shown().text).toBe('hello all')
    expect(edits.refusalOf(id)).toEqual({ code: 'not_author', message: 'no' })
  })

  it('can be made again', async () => {
    const { group, edits, id, written } = await refused()
    group.answerEdit = undefined
    await edits.again(id)
    group.push()
    expect(written().text).toBe('hello all')
    expect(edits.refusalOf(id)).toBeUndefined()
  })

  it('can be discarded', async () => {
    const { edits, id, written, shown } = await refused()
    edits.discard(id)
    expect(shown()).toBe(written())
    expect(edits.refusalOf(id)).toBeUndefined()
  })

  it('takes nothing back', async () => {
    const { edits, id, written, shown } = await refused('retract')
    expect(shown()).toBe(written())
    expect(edits.refusalOf(id)?.code).toBe('not_author')
  })

  it('is told to who listens, until they no longer do', async () => {
    const { edits, id } = await refused()
    let told = 0
    const undo = edits.onChange(() => told++)
    edits.discard(id)
    undo()
    await edits.make({ type: 'retract', id })
    expect(told).toBe(1)
  })
})

describe('the last message of mine', () => {
  it('is the newest that I hold and that has words', async () => {
    const { group, edits, id } = open()
    group.say('Wei', 'hi')
    group.happen({ type: 'annotate', author: 'Ana', draft: { text: 'from a script' }, unheld: true })
    group.say('Ana', 'again')
    group.push()
    expect(edits.lastMine()?.text).toBe('again')
    await edits.make({ type: 'retract', id: edits.lastMine()?.id ?? 0 })
    expect(edits.lastMine()?.id).toBe(id)
    await edits.make({ type: 'retract', id })
    expect(edits.lastMine()).toBeUndefined()
  })
})

describe('a message is mine', () => {
  it.each([
    [{ author: 'Ana' }, 'Ana', true],
    [{ author: 'Ana' }, 'Wei', false],
    [{ author: 'Ana' }, undefined, false],
    [{ author: 'Ana', unheld: true as const }, 'Ana', false],
  ])('when I hold the name that wrote it: %o to %s', (annotation, me, mine) => {
    expect(isMine(annotation, me)).toBe(mine)
  })
})
