import {
  type Annotation,
  applyPage,
  applyUpdate,
  type Change,
  encodeCursor,
  limits,
  runOf,
  trimRun,
} from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { GrownGroup } from '../support/grown-group.ts'

const log = { kind: 'log' } as const
const alert = { kind: 'alert' } as const

function storm(group: GrownGroup, count: number): Annotation[] {
  return Array.from({ length: count }, (_, at) => group.say(`line ${at}`, log))
}

function textsOf(annotations: readonly Annotation[] | undefined): string[] | undefined {
  return annotations?.map(({ text }) => text)
}

describe('[J1] the two runs of a group', () => {
  it('keep logs, and alerts that are repeated, apart from talk', () => {
    const group = new GrownGroup()
    group.say('hello')
    group.say('a line', log)
    group.say('disk full', alert)
    group.say('disk full', alert)
    expect(textsOf(group.state.talk.annotations)).toEqual(['hello', 'disk full'])
    expect(textsOf(group.state.logs.annotations)).toEqual(['a line', 'disk full'])
  })

  it.each([log, alert])('keep the place of what was retracted where it was: %o', (kind) => {
    const group = new GrownGroup()
    group.say('x', alert)
    const { id } = group.say('x', kind)
    group.commit({ type: 'retract', id })
    expect(group.state.logs.annotations).toMatchObject([{ id, retracted: true, text: '' }])
    expect(group.state.talk.length).toBe(1)
  })
})

describe('[J2] an alert', () => {
  const said = (author: string, text: string, metric?: string): Change => ({
    type: 'annotate',
    author,
    draft: { text, ...alert, ...(metric === undefined ? {} : { pin: { metric } }) },
  })

  it('with author, text and pin of an earlier one repeats it, and so does the next', () => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 1 })
    const first = group.commit(said('ci', 'hot', 'cpu')).annotation
    group.now += limits.repeatMs
    for (let count = 0; count < 2; count++) {
      expect(group.commit(said('ci', 'hot', 'cpu')).annotation?.repeats).toBe(first?.id)
    }
  })

  it.each([
    ['another author', said('bot', 'hot', 'cpu')],
    ['another text', said('ci', 'hotter', 'cpu')],
    ['another pin', said('ci', 'hot', 'load')],
    ['no pin', said('ci', 'hot')],
  ])('with %s is one of its own', (_what, change) => {
    const group = new GrownGroup()
    group.post({ metric: 'cpu', value: 1 }, { metric: 'load', value: 1 })
    group.commit(said('ci', 'hot', 'cpu'))
    expect(group.commit(change).annotation).not.toHaveProperty('repeats')
  })

  it('repeats nothing that is of another kind, more than 24 hours older, retracted, or far back in the talk', () => {
    const group = new GrownGroup()
    group.say('hot')
    expect(group.say('hot', alert)).not.toHaveProperty('repeats')
    group.now += limits.repeatMs + 1
    const second = group.say('hot', alert)
    expect(second).not.toHaveProperty('repeats')
    group.commit({ type: 'retract', id: second.id })
    expect(group.say('hot', alert)).not.toHaveProperty('repeats')
    for (let count = 0; count < limits.snapshotAnnotations; count++) group.say(`${count}`)
    expect(group.say('hot', alert)).not.toHaveProperty('repeats')
  })
})

describe('[J3] [U7] a snapshot', () => {
  it('has the talk whole and the newest 100 logs, and says where to page for the rest of either', () => {
    const group = new GrownGroup()
    for (let at = 0; at < 10; at++) {
      group.say(`talk ${at}`)
      storm(group, 30)
    }
    const { annotations = [], earlier, earlierLog } = group.since()
    const logs = annotations.filter(({ kind }) => kind === 'log')
    expect(annotations.length - logs.length).toBe(10)
    expect(logs).toEqual(group.state.logs.annotations.slice(-limits.updateLogs))
    expect([earlier, earlierLog]).toEqual([0, logs[0]?.id])
    expect(annotations.map(({ id }) => id)).toEqual(annotations.map(({ id }) => id).toSorted((a, b) => a - b))
  })

  it('has no earlierLog when it has all logs, and one when they went out of memory', () => {
    const group = new GrownGroup()
    storm(group, 3)
    expect(group.since()).not.toHaveProperty('earlierLog')
    trimRun(group.state, 'logs', 0)
    expect(group.since()).toMatchObject({ annotations: [], earlier: 0, earlierLog: group.state.lastId + 1 })
  })

  it('gives logs a quarter of the bytes of annotations at most, and the rest to the talk', () => {
    const group = new GrownGroup()
    const long = '\u{1F600}'.repeat(limits.maxTextLength)
    for (let count = 0; count < 20; count++) {
      group.say(long)
      group.say(long, log)
    }
    const { annotations = [], earlier, earlierLog } = group.since()
    const logs = annotations.filter(({ kind }) => kind === 'log')
    expect(bytesOf(logs)).toBeLessThanOrEqual(limits.maxUpdateLogBytes)
    expect(logs.length).toBe(4)
    expect(bytesOf(annotations)).toBeLessThanOrEqual(limits.maxSnapshotAnnotationBytes)
    expect(annotations.length - logs.length).toBeGreaterThanOrEqual(11)
    expect([earlier, earlierLog]).toEqual([annotations.find(({ kind }) => kind !== 'log')?.id, logs[0]?.id])
  })
})

describe('[J4] a difference', () => {
  it('has all logs since, and no earlierLog, as long as they are 100', () => {
    const group = new GrownGroup()
    const { cursor } = group.commit({ type: 'annotate', author: 'ci', draft: { text: 'first', ...log } })
    const since = storm(group, limits.updateLogs)
    expect(group.since(cursor)).toMatchObject({ from: 1, annotations: since })
    expect(group.since(cursor)).not.toHaveProperty('earlierLog')
  })

  it('has the newest 100 of more, and says that the run begins anew there; the talk stays', () => {
    const group = new GrownGroup()
    group.say('hello')
    storm(group, 5)
    const follower = group.follower()
    const { cursor } = group
    group.say('what now?')
    storm(group, limits.rememberedChanges * 2)
    const update = group.since(cursor)
    expect(update).toMatchObject({ from: cursor.revision, earlierLog: update.annotations?.[1]?.id })
    expect(update.annotations).toHaveLength(limits.updateLogs + 1)
    applyUpdate(follower, update)
    expect(textsOf(follower.talk.annotations)).toEqual(['hello', 'what now?'])
    expect(follower.logs.annotations).toEqual(group.state.logs.annotations.slice(-limits.updateLogs))
    expect([follower.talk.earlier, follower.logs.earlier]).toEqual([0, update.earlierLog])
  })

  it('has no more of them than 64 KiB hold', () => {
    const group = new GrownGroup()
    const { cursor } = group.commit({ type: 'annotate', author: 'ci', draft: { text: 'first', ...log } })
    for (let count = 0; count < 6; count++) group.say('\u{1F600}'.repeat(limits.maxTextLength), log)
    const { from, annotations = [], earlierLog } = group.since(cursor)
    expect([from, annotations.length]).toEqual([1, 4])
    expect(earlierLog).toBe(annotations[0]?.id)
  })

  it('tells an edit of a log that the receiver has, beside a storm of new ones', () => {
    const group = new GrownGroup()
    const first = group.say('teh', log)
    const follower = group.follower()
    const { cursor } = group
    group.commit({ type: 'revise', id: first.id, text: 'the' })
    storm(group, 3)
    applyUpdate(follower, group.since(cursor))
    expect(follower.logs.annotations).toEqual(group.state.logs.annotations)
  })

  it('keeps beside what was edited of the logs that a storm cut off', () => {
    const group = new GrownGroup()
    const first = group.say('teh', log)
    const follower = group.follower()
    const { cursor } = group
    group.commit({ type: 'revise', id: first.id, text: 'the' })
    storm(group, limits.updateLogs + 1)
    applyUpdate(follower, group.since(cursor))
    expect(follower.logs.find(first.id)).toBeUndefined()
    expect(follower.aside.get(first.id)?.text).toBe('the')
    const { annotations } = group.state.logs
    const older = annotations.slice(0, -limits.updateLogs).toReversed()
    const page = { annotations: older, before: 0, cursor: encodeCursor(group.cursor) }
    expect(applyPage(follower, page, follower.logs.earlier, 'logs')).toBe(true)
    expect(follower.logs.annotations).toEqual(annotations)
  })

  it('says where to page when the rest of what was written since has left memory', () => {
    const group = new GrownGroup()
    const { cursor } = group.commit({ type: 'annotate', author: 'ci', draft: { text: 'first', ...log } })
    const lines = storm(group, 5)
    trimRun(group.state, 'logs', 2)
    expect(group.since(cursor)).toMatchObject({ from: 1, annotations: lines.slice(3), earlierLog: lines[3]?.id })
  })
})

describe('[N3] [N5] a page of logs', () => {
  it('extends the logs and not the talk, and a page that was asked for before they began anew is not taken', () => {
    const group = new GrownGroup()
    group.say('hello')
    storm(group, limits.updateLogs + 20)
    const follower = group.follower()
    const asked = follower.logs.earlier
    const older = group.state.logs.annotations.slice(0, 20).toReversed()
    const page = { annotations: older, before: 0, cursor: encodeCursor(group.cursor) }
    const { cursor } = group
    storm(group, limits.updateLogs + 1)
    applyUpdate(follower, group.since(cursor))
    expect(applyPage(follower, page, asked, 'logs')).toBe(false)
    expect(runOf(follower, 'logs').length).toBe(limits.updateLogs)
    const behind = group.state.logs.annotations.slice(0, -limits.updateLogs).toReversed()
    const whole = { annotations: behind, before: 0, cursor: encodeCursor(group.cursor) }
    expect(applyPage(follower, whole, follower.logs.earlier, 'logs')).toBe(true)
    expect(follower.logs.annotations).toEqual(group.state.logs.annotations)
    expect(textsOf(follower.talk.annotations)).toEqual(['hello'])
  })
})

function bytesOf(annotations: readonly Annotation[]): number {
  return Buffer.byteLength(JSON.stringify(annotations))
}
