import type { ServerEnvelope } from '@chartroom/shared'
import { beforeEach, describe, expect, it } from 'vitest'
import { eventStreamOf } from '../../../shared/client/event-stream.ts'
import type { Feed, Following } from '../../../shared/client/feed.ts'
import { FakeAnswers } from '../../support/fake-answers.ts'
import { FakePlatform } from '../../support/fake-platform.ts'

let answers: FakeAnswers
let platform: FakePlatform
let feed: Feed
let told: string[]
let ends: string[]
let proved: number
let onTold: () => void

const ops: Following = { group: 'ops', paceMs: 250, cursor: 'x:1', windowMs: undefined, isPresent: true }
const presence = 'data: {"type":"presence","group":"ops","count":0,"people":[]}\n\n'

beforeEach(() => {
  answers = new FakeAnswers()
  platform = Object.assign(new FakePlatform(), { read: answers.read })
  told = []
  ends = []
  proved = 0
  onTold = () => {}
  const open = eventStreamOf(platform)
  if (open === undefined) throw new Error('This host can read.')
  feed = open('http://h', {
    onEnvelope: ({ type }: ServerEnvelope) => {
      told.push(type)
      onTold()
    },
    onProved: () => proved++,
    onEnd: (reason) => ends.push(reason),
  })
})

function follow(...following: Following[]): void {
  feed.follow({ type: 'hello', id: 0, name: 'Ann', secret: 's' }, following)
}

describe('the feed by server-sent events', () => {
  it('is not there where a host cannot read an answer as it comes', () => {
    expect(eventStreamOf(new FakePlatform())).toBeUndefined()
  })

  it('is one stream for all groups, asked for anew when they change, and none without groups', () => {
    follow()
    expect(answers.asked).toEqual([])
    follow(ops, { ...ops, group: 'a,b', cursor: undefined, isPresent: false })
    const { path, query, headers } = answers.last
    expect(path).toBe('/api/events')
    expect(Object.fromEntries(query)).toEqual({
      ...{ groups: 'ops,a%2Cb', since: 'ops=x:1', paceMs: 'ops=250,a%2Cb=250', absent: 'a%2Cb', name: 'Ann' },
    })
    expect(headers).toEqual({ accept: 'text/event-stream', 'chartroom-secret': 's' })
    follow(ops)
    expect(answers.asked.map(({ isLetGo }) => isLetGo)).toEqual([true, false])
    follow()
    expect(answers.last.isLetGo).toBe(true)
    expect(platform.waiting).toBe(0)
  })

  it('takes events that come in halves, and ignores what a newer server says', () => {
    follow(ops)
    answers.last.answer.onStatus(200)
    for (const piece of ['retry: 5', '\n\nid: ops=x:1\nda', presence.slice(2, 40), presence.slice(40, -1)]) {
      answers.last.answer.onText(piece)
    }
    expect([told, proved]).toEqual([[], 0])
    answers.last.answer.onText('\ndata: {"type":"of tomorrow"}\n\n')
    expect([told, proved, ends]).toEqual([['presence'], 1, []])
  })

  it('ends where it is not understood, and where it is answered otherwise or breaks off', () => {
    follow(ops)
    answers.last.answer.onText('data: nonsense\n\n')
    follow(ops)
    answers.last.answer.onStatus(502)
    follow(ops)
    answers.last.answer.onEnd(false)
    expect(ends).toEqual(['the stream was not understood', 'the stream was answered with 502', 'the stream ended'])
    expect([answers.asked.every(({ isLetGo }) => isLetGo), platform.waiting]).toEqual([true, 0])
  })

  it('tells nothing more, and leaves nothing behind, when one of several events that came together closes it', () => {
    onTold = () => feed.close()
    follow(ops)
    answers.last.answer.onText(presence + presence)
    expect([told, proved, platform.waiting]).toEqual([['presence'], 1, 0])
  })

  it('ends when nothing of it comes within 4 s: a proxy gathers it', () => {
    follow(ops)
    answers.last.answer.onStatus(200)
    platform.advance(3_999)
    expect(ends).toEqual([])
    platform.advance(1)
    expect([ends, answers.last.isLetGo]).toEqual([['the stream fell silent'], true])
  })

  it('ends after 35 s of silence, in which a comment counts as a word', () => {
    follow(ops)
    answers.last.answer.onText(presence)
    platform.advance(34_000)
    answers.last.answer.onText(':\n\n')
    platform.advance(34_000)
    expect(ends).toEqual([])
    platform.advance(1_000)
    expect(ends).toEqual(['the stream fell silent'])
  })
})
