import { type Annotation, type Change, limits } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { arrangeTo } from '../support/arranging.ts'
import { GrownGroup } from '../support/grown-group.ts'

function react(id: number, name: string, reaction = '\u{1F44D}', on = true): Change {
  return { type: 'react', id, name, reaction, on }
}

function kept(group: GrownGroup): Annotation | undefined {
  return group.state.talk.annotations[0]
}

describe('a change', () => {
  it('begins the group and names its epoch', () => {
    const group = new GrownGroup()
    expect(group.cursor).toEqual({ epoch: '0', revision: 0 })
    expect(group.post({ metric: 'cpu', value: 1 })).toEqual({ epoch: 'k3f9', revision: 1 })
  })

  it('[2] carries the revision in which it becomes visible', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 1 })
    const annotation = group.say('why?')
    expect(annotation.revision).toBe(group.state.revision)
    expect(group.since({ epoch: 'k3f9', revision: 1 }).annotations).toEqual([annotation])
    expect(group.since(group.cursor).annotations).toBeUndefined()
  })

  it('[9] takes the next revision, and in a new epoch goes on counting', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 1 })
    group.commit({ type: 'renew', epoch: 'next' })
    expect(group.cursor).toEqual({ epoch: 'next', revision: 2 })
    expect(group.post({ metric: 'cpu', value: 1 })).toEqual({ epoch: 'next', revision: 3 })
  })
})

describe('an annotation', () => {
  it('[1] has the microseconds of the server as its id', () => {
    const group = new GrownGroup()
    expect(group.say('one').id).toBe(group.now * 1_000)
  })

  it('[1] has an id above the last one, in the same millisecond and when the clock is set back', () => {
    const group = new GrownGroup()
    const first = group.say('one').id
    expect(group.say('two').id).toBe(first + 1)
    group.now -= 60_000
    expect(group.say('three').id).toBe(first + 2)
  })

  it('[1] has an id above the last one after a new epoch', () => {
    const group = new GrownGroup()
    const first = group.say('one').id
    group.commit({ type: 'renew', epoch: 'next' })
    expect(group.say('two').id).toBeGreaterThan(first)
  })

  it('carries what was said, and the evidence of its pin', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 93 })
    const replyTo = group.say('look').id
    const { pin, ...rest } = group.say('why?', { kind: 'alert', replyTo, pin: { metric: 'cpu' } })
    const { now } = group
    expect(rest).toEqual({
      id: now * 1_000 + 1,
      revision: 3,
      time: now,
      author: 'ann',
      text: 'why?',
      kind: 'alert',
      replyTo,
    })
    expect(pin).toEqual({
      metric: 'cpu',
      evidence: { value: 93, share: 1, rank: 1, of: 1, time: now, cursor: 'k3f9:2' },
    })
  })

  it('is refused when its pin points at nothing, and leaves the group as it was', () => {
    const group = new GrownGroup()
    group.post({ metric: 'orders', labels: { item: 'Shirts' }, value: 5 })
    const draft = { text: 'why?', pin: { metric: 'orders', category: 'Hats' } }
    const refusal = group.refusal({ type: 'annotate', author: 'ann', draft })
    expect(refusal).toMatchObject({ code: 'unknown_metric', faults: [{ pointer: '/pin/metric' }] })
    expect(group.state.talk.annotations).toEqual([])
    expect(group.state.revision).toBe(1)
  })
})

describe('an edit', () => {
  it('changes the text, and says when', () => {
    const group = new GrownGroup()
    const { id } = group.say('teh')
    group.now += 5_000
    group.commit({ type: 'revise', id, text: 'the' })
    expect(kept(group)).toMatchObject({ id, text: 'the', revision: 2, editedTime: group.now, time: group.now - 5_000 })
  })

  it('takes no revision when the text is the same', () => {
    const group = new GrownGroup()
    const { id } = group.say('the')
    expect(group.commit({ type: 'revise', id, text: 'the' }).cursor.revision).toBe(1)
  })

  it('of an annotation that is not there is refused', () => {
    const group = new GrownGroup()
    expect(group.refusal({ type: 'revise', id: 1, text: 'x' }).code).toBe('not_found')
  })
})

describe('a retract', () => {
  it('leaves the place and the reply, and takes the words, the pin and the reactions', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 1 })
    const replyTo = group.say('look').id
    const { id, time } = group.say('secret', { replyTo, kind: 'alert', pin: { metric: 'cpu' } })
    group.commit(react(id, 'bob'))
    group.commit({ type: 'retract', id })
    expect(group.state.talk.find(id)).toEqual({
      id,
      revision: 5,
      time,
      author: 'ann',
      text: '',
      retracted: true,
      replyTo,
    })
  })

  it('is final: nothing changes a retracted annotation', () => {
    const group = new GrownGroup()
    const { id } = group.say('secret')
    group.commit({ type: 'retract', id })
    for (const change of [{ type: 'retract', id }, { type: 'revise', id, text: 'x' }, react(id, 'bob')] as const) {
      expect(group.refusal(change).code).toBe('not_found')
    }
  })
})

describe('a reaction', () => {
  it('is given and taken by name, and takes no revision when nothing changes', () => {
    const group = new GrownGroup()
    const { id } = group.say('done')
    group.commit(react(id, 'bob'))
    group.commit(react(id, 'eve'))
    expect(group.commit(react(id, 'bob')).cursor.revision).toBe(3)
    expect(kept(group)?.reactions).toEqual({ '\u{1F44D}': ['bob', 'eve'] })
    group.commit(react(id, 'bob', '\u{1F44D}', false))
    expect(kept(group)?.reactions).toEqual({ '\u{1F44D}': ['eve'] })
    group.commit(react(id, 'eve', '\u{1F44D}', false))
    expect(kept(group)).not.toHaveProperty('reactions')
    expect(group.commit(react(id, 'eve', '\u{1F44D}', false)).cursor.revision).toBe(5)
  })

  it('keeps its place among the others, whoever gives it or takes it back', () => {
    const group = new GrownGroup()
    const { id } = group.say('done')
    for (const reaction of ['one', 'two', 'three']) group.commit(react(id, 'bob', reaction))
    group.commit(react(id, 'eve', 'one'))
    expect(Object.keys(kept(group)?.reactions ?? {})).toEqual(['one', 'two', 'three'])
    group.commit(react(id, 'bob', 'two', false))
    group.commit(react(id, 'bob', 'one', false))
    expect(Object.entries(kept(group)?.reactions ?? {})).toEqual([
      ['one', ['eve']],
      ['three', ['bob']],
    ])
  })

  it('may be called like a property of every object', () => {
    const group = new GrownGroup()
    const { id } = group.say('done')
    group.commit(react(id, 'bob', 'constructor'))
    expect(kept(group)?.reactions).toEqual({ constructor: ['bob'] })
  })

  it('has at most 50 names', () => {
    const group = new GrownGroup()
    const { id } = group.say('done')
    for (let count = 0; count < limits.maxReactions; count++) group.commit(react(id, `bob ${count}`))
    expect(group.refusal(react(id, 'one more')).code).toBe('reaction_limit')
    expect(group.commit(react(id, 'bob 0', '\u{1F44D}', false)).cursor.revision).toBe(52)
  })

  it('is one of at most 50 different ones, each of which may still be given', () => {
    const group = new GrownGroup()
    const { id } = group.say('done')
    for (let count = 0; count < limits.maxReactions; count++) group.commit(react(id, 'bob', `:${count}:`))
    expect(group.refusal(react(id, 'bob', ':more:')).code).toBe('reaction_limit')
    group.commit(react(id, 'eve', ':0:'))
    expect(kept(group)?.reactions?.[':0:']).toEqual(['bob', 'eve'])
  })

  it('is one of at most 500 names in all, so that the annotation fits a snapshot', () => {
    const group = new GrownGroup()
    const { id } = group.say('done')
    for (let count = 0; count < limits.maxReactionNames; count++)
      group.commit(react(id, `bob ${count}`, `:${count % 20}:`))
    expect(group.refusal(react(id, 'one more', ':more:')).code).toBe('reaction_limit')
    expect(group.since().annotations?.map((annotation) => annotation.id)).toEqual([id])
  })
})

describe('a board', () => {
  const chart = { id: 'a', metrics: ['cpu'], kind: 'line' as const, title: 'CPU' }

  it('is shown until it is given back', () => {
    const group = new GrownGroup()
    group.commit(arrangeTo({ charts: [chart] }))
    expect(group.state.board).toEqual({ charts: [{ ...chart, revision: 1, author: 'ann' }] })
    group.commit(arrangeTo(null))
    expect(group.state.board).toBeNull()
  })

  it('is refused beyond 32 KiB, and leaves the group as it was', () => {
    const group = new GrownGroup()
    const charts = Array.from({ length: 200 }, (_, at) => ({ ...chart, id: `${at}`, title: '木'.repeat(50) }))
    expect(group.refusal(arrangeTo({ charts })).code).toBe('board_limit')
    expect(group.state.board).toBeNull()
    expect(group.state.revision).toBe(0)
  })
})
