import { type Annotation, accept, applyUpdate, createState, limits, type Result, refuse } from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyPage } from '../../../shared/apply.ts'
import { Queue } from '../../../shared/client/queue.ts'
import { GrownGroup } from '../../support/grown-group.ts'

/** A group, a program that follows it, and its queue. */
function followed() {
  const group = new GrownGroup()
  const state = createState('ops')
  let failure: Result<boolean> | undefined
  let isFilled = false
  let pages = 0
  const queue = new Queue({
    state,
    get isFilled() {
      return isFilled
    },
    async pageBack() {
      // One that asks for ever would let no other have its turn.
      if (++pages > 100) return refuse('closing', 'It asks too often.')
      if (failure !== undefined) return failure
      const { earlier } = state.talk
      const older = group.state.talk.annotations.filter(({ id }) => id < earlier)
      const annotations = older.slice(-limits.pageAnnotations).reverse()
      const before = annotations.length < older.length ? (annotations.at(-1)?.id ?? 0) : 0
      const cursor = `${group.cursor.epoch}:${group.cursor.revision}`
      applyPage(state, { annotations, before, cursor }, earlier)
      return { ok: true, value: before !== 0 }
    },
  })
  return {
    group,
    queue,
    pages: () => pages,
    fail(refusal: Result<boolean> | undefined) {
      failure = refusal
    },
    sync() {
      applyUpdate(state, group.since({ epoch: state.epoch, revision: state.revision }))
      isFilled = true
      queue.look()
    },
  }
}

const textOf = (annotation: Annotation | undefined) => annotation?.text

function takenFrom(queue: Queue): string[] {
  const texts: string[] = []
  for (let next = queue.read(); next !== undefined; next = queue.read()) texts.push(next.text)
  return texts
}

describe('a queue of messages', () => {
  it('has what came since the group was there, each once and in order', () => {
    const { group, queue, sync } = followed()
    group.say('before')
    expect(queue.waiting).toBe(0)
    sync()
    expect([queue.waiting, queue.read()]).toEqual([0, undefined])
    group.say('one')
    group.say('two')
    sync()
    expect(queue.waiting).toBe(2)
    expect(takenFrom(queue)).toEqual(['one', 'two'])
    expect(queue.waiting).toBe(0)
  })

  it('has the first message of a group that nobody wrote to', () => {
    const { group, queue, sync } = followed()
    sync()
    group.say('first')
    sync()
    expect(textOf(queue.read())).toBe('first')
  })

  it('gives what comes to who waits, the first who asked first', async () => {
    const { group, queue, sync } = followed()
    sync()
    const asked = [queue.next(), queue.next(), queue.next()]
    group.say('one')
    sync()
    group.say('two')
    group.say('three')
    sync()
    expect((await Promise.all(asked)).map(textOf)).toEqual(['one', 'two', 'three'])
    expect(queue.waiting).toBe(0)
  })

  it('gives a message as it is when it is taken: edited, or not at all when it was taken back', () => {
    const { group, queue, sync } = followed()
    sync()
    const { id } = group.say('helo')
    const gone = group.say('a secret')
    sync()
    group.commit({ type: 'revise', id, text: 'hello' })
    group.commit({ type: 'retract', id: gone.id })
    sync()
    expect(queue.waiting).toBe(1)
    expect(takenFrom(queue)).toEqual(['hello'])
  })

  it('leaves logs and numbers out', () => {
    const { group, queue, sync } = followed()
    sync()
    group.say('a line', { kind: 'log' })
    group.post({ metric: 'cpu', value: 1 })
    group.say('a deploy', { kind: 'deploy' })
    sync()
    expect(takenFrom(queue)).toEqual(['a deploy'])
  })

  it('ends for who waits and for who comes when it is closed, and what has come can still be read', async () => {
    const { group, queue, sync } = followed()
    sync()
    const waiting = queue.next()
    queue.close()
    group.say('last')
    sync()
    expect(await waiting).toBeUndefined()
    expect(textOf(await queue.next())).toBe('last')
    expect(await queue.next()).toBeUndefined()
  })

  it('gives nothing out of order while what a long cut left out is fetched, and tries that again', async () => {
    const { group, queue, sync, fail } = followed()
    sync()
    const texts = Array.from({ length: limits.rememberedChanges + 50 }, (_, at) => `${at}`)
    for (const text of texts) group.say(text)
    fail(refuse('closing', 'The server cannot be reached.'))
    sync()
    expect([queue.waiting, queue.read()]).toEqual([0, undefined])
    const next = queue.next()
    await Promise.resolve()
    fail(undefined)
    group.say('last')
    sync()
    expect(textOf(await next)).toBe('0')
    expect(takenFrom(queue)).toEqual([...texts.slice(1), 'last'])
  })

  it('asks no more, until the next update, where a page does not join on: the server may have begun anew', async () => {
    const { group, queue, sync, fail, pages } = followed()
    sync()
    for (let at = 0; at < limits.rememberedChanges + 50; at++) group.say(`${at}`)
    fail(accept(true))
    sync()
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
    expect(pages()).toBe(1)
    const next = queue.next()
    fail(undefined)
    sync()
    expect(textOf(await next)).toBe('0')
  })

  it('goes on behind the hole where the host cannot fetch what is in it', async () => {
    const { group, queue, sync, fail } = followed()
    sync()
    for (let at = 0; at < limits.rememberedChanges + 50; at++) group.say(`${at}`)
    fail(refuse('not_supported', 'This host has no fetch.'))
    const next = queue.next()
    sync()
    expect(textOf(await next)).toBe(`${limits.rememberedChanges + 50 - limits.snapshotAnnotations}`)
  })

  it('gives every message once and in order, whoever asks how', async () => {
    const step = fc.constantFrom('say', 'sync', 'read', 'next')
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { group, queue, sync } = followed()
        sync()
        let said = 0
        const given: (string | undefined)[] = []
        const asked: Promise<unknown>[] = []
        for (const step of steps) {
          if (step === 'say') group.say(`${said++}`)
          else if (step === 'sync') sync()
          else if (step === 'next') asked.push(queue.next().then((next) => next && given.push(next.text)))
          else {
            const next = queue.read()
            if (next !== undefined) given.push(next.text)
          }
          await Promise.resolve()
          await Promise.resolve()
        }
        sync()
        await Promise.resolve()
        await Promise.resolve()
        given.push(...takenFrom(queue))
        queue.close()
        await Promise.all(asked)
        expect(given).toEqual(Array.from({ length: said }, (_, at) => `${at}`))
      }),
    )
  })
})
