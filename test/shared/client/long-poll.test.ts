import { beforeEach, describe, expect, it } from 'vitest'
import type { Feed, Following } from '../../../shared/client/feed.ts'
import { longPollOf, pollOf } from '../../../shared/client/long-poll.ts'
import { FakeAnswers } from '../../support/fake-answers.ts'
import { FakePlatform } from '../../support/fake-platform.ts'

let answers: FakeAnswers
let platform: FakePlatform
let feed: Feed
let told: string[]
let ends: string[]
let proved: number
/** What is done when an envelope comes. */
let onTold: () => void

const ops: Following = { group: 'ops', paceMs: 250, cursor: 'x:1', windowMs: undefined, isPresent: true }
const hello = { type: 'hello', id: 0 } as const

function open(kind: typeof longPollOf): void {
  answers = new FakeAnswers()
  platform = Object.assign(new FakePlatform(), { read: answers.read })
  told = []
  ends = []
  proved = 0
  onTold = () => {}
  const feedOf = kind(platform)
  if (feedOf === undefined) throw new Error('This host can read.')
  feed = feedOf('http://h', {
    onEnvelope: (envelope) => {
      told.push(envelope.type)
      onTold()
    },
    onProved: () => proved++,
    onEnd: (reason) => ends.push(reason),
  })
}

function answer(to: number, group = 'ops'): void {
  const update = { type: 'update', group, epoch: 'x', from: to - 1, to, time: 1 }
  answers.answer(200, JSON.stringify([{ type: 'ack', id: 0, group }, { type: 'of tomorrow' }, update]))
}

const asked = () => answers.asked.map(({ query }) => `${query.get('since') ?? 'all'} ${query.get('waitMs')}`)

it.each([longPollOf, pollOf])('is not there where a host cannot let go of a request', (kind) => {
  expect(kind(new FakePlatform())).toBeUndefined()
})

describe('the feed by long poll', () => {
  beforeEach(() => open(longPollOf))

  it('asks at once, because somebody waits to be granted it, and then with a wait, from where it was led', () => {
    feed.follow(hello, [{ ...ops, windowMs: 60_000 }])
    expect(answers.last.query.get('windowMs')).toBe('ops=60000')
    answer(2)
    platform.advance(0)
    expect(asked()).toEqual(['ops=x:1 0', 'ops=x:2 25000'])
    expect(answers.last.query.has('windowMs')).toBe(false)
    expect(told).toEqual(['ack', 'update'])
  })

  it('is proved by an answer that had to be waited for, and by no other', () => {
    feed.follow(hello, [ops])
    answer(2)
    platform.advance(0)
    expect(proved).toBe(0)
    answer(3)
    expect(proved).toBe(1)
  })

  it('asks once more where a wait failed, and ends where that fails too', () => {
    feed.follow(hello, [ops])
    answer(2)
    platform.advance(0)
    answers.answer(504)
    platform.advance(999)
    expect(asked()).toHaveLength(2)
    platform.advance(1)
    expect(asked()).toHaveLength(3)
    answers.last.answer.onEnd(false)
    expect(ends).toEqual(['the server could not be reached'])
    expect([asked().length, platform.waiting]).toEqual([3, 0])
  })

  it('forgives a failure for good once a wait worked', () => {
    feed.follow(hello, [ops])
    for (let to = 2; to < 8; to++) {
      answer(to)
      platform.advance(0)
      if (to === 2) continue
      answers.answer(504)
      platform.advance(1_000)
    }
    expect(ends).toEqual([])
  })

  it('ends where only what does not wait is answered, so that it never counts as open', () => {
    feed.follow(hello, [ops])
    answer(2)
    platform.advance(0)
    answers.answer(504)
    platform.advance(1_000)
    answers.answer(504)
    expect([ends, proved]).toEqual([['the question was answered with 504'], 0])
  })

  it.each(['{}', 'not JSON', ''])('takes for a failure what is no list: "%s"', (text) => {
    feed.follow(hello, [ops])
    answers.answer(200, text)
    platform.advance(1_000)
    answers.answer(200, text)
    expect(ends).toEqual(['the answer was not understood'])
  })

  it('waits 10 s longer than the server does, and no longer', () => {
    feed.follow(hello, [ops])
    answer(2)
    platform.advance(0)
    const waiting = answers.last
    platform.advance(34_999)
    expect(waiting.isLetGo).toBe(false)
    platform.advance(1)
    expect(waiting.isLetGo).toBe(true)
  })

  it('lets the rest of an answer go when somebody told of it follows otherwise', () => {
    feed.follow(hello, [ops])
    onTold = () => feed.follow(hello, [{ ...ops, group: 'sales', cursor: undefined }])
    answer(2)
    expect(told).toEqual(['ack'])
    expect(asked()).toEqual(['ops=x:1 0', 'all 0'])
  })

  it('leaves nothing behind when it is closed', () => {
    feed.follow(hello, [ops])
    feed.close()
    expect([answers.last.isLetGo, platform.waiting]).toEqual([true, 0])
  })
})

describe('the feed by poll', () => {
  beforeEach(() => open(pollOf))

  it('rests for the fastest pace of its groups between its questions, and is proved by any answer', () => {
    feed.follow(hello, [
      { ...ops, paceMs: 5_000 },
      { ...ops, group: 'sales', paceMs: 500 },
    ])
    answer(2)
    expect(proved).toBe(1)
    platform.advance(499)
    expect(asked()).toHaveLength(1)
    platform.advance(1)
    expect(asked()).toEqual(['ops=x:1,sales=x:1 0', 'ops=x:2,sales=x:1 0'])
  })

  it('rests for a second where nobody named a pace', () => {
    feed.follow(hello, [{ ...ops, paceMs: undefined }])
    answer(2)
    platform.advance(999)
    expect(asked()).toHaveLength(1)
    platform.advance(1)
    expect(asked()).toHaveLength(2)
  })
})
