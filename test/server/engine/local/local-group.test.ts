import { limits } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { StoreError } from '../../../../server/engine/local/store.ts'
import { acceptedOf, note, number, openHeld as open, start } from '../../../support/held-engine.ts'

const full = new StoreError('full', 'The disk is full.')

describe('a group that is new', () => {
  it('is not let go by who reads it while its first change is being stored', async () => {
    const { engine, store, append, pass } = await open()
    store.hold()
    const { done } = append(note('hi'))
    await pass(0)
    await engine.page('ops', 'talk', 0, 50)
    store.letGo()
    await done
    const { state } = await engine.open('ops')
    expect([state.revision, state.talk.length]).toEqual([1, 1])
  })

  it('is not let go by who follows it no longer while its first change is being stored', async () => {
    const { engine, store, append, pass } = await open()
    const followed = await engine.open('ops')
    store.hold()
    const { done } = append(note('hi'))
    await pass(0)
    followed.close()
    store.letGo()
    await done
    expect((await engine.open('ops')).state.revision).toBe(1)
  })

  it('is the same for all who come at once', async () => {
    const { engine, append, pass } = await open()
    const page = engine.page('ops', 'talk', 0, 50)
    const { done } = append(number(1))
    await pass(0)
    await Promise.all([page, done])
    expect((await engine.open('ops')).state.revision).toBe(1)
  })
})

describe('a group that nobody wrote to', () => {
  it('has nothing to write, also when its first change could not be', async () => {
    const { engine, store, append, pass } = await open()
    await engine.open('ops')
    await append(number(1), { group: 'other' }).done
    store.failWith(full)
    append(note('hi'))
    await pass(0)
    store.failWith(undefined)
    await pass(1_000)
    await engine.close()
    expect(store.closedClean).toBe(true)
  })
})

describe('a group that is deleted', () => {
  it('[U10] is not written again with what it was', async () => {
    const { engine, store, append, pass } = await open()
    await append(number(1)).done
    await pass(0)
    await append(number(2)).done
    store.hold()
    const removed = engine.remove('ops')
    await pass(1_000)
    store.letGo()
    expect(await removed).toBe(true)
    await pass(1_000)
    expect(store.of('ops')).toEqual([])
  })

  it('[U10] is the same for a change that came meanwhile', async () => {
    const { engine, store, append, pass } = await open()
    append(note('one'))
    await pass(0)
    store.hold()
    const removed = engine.remove('ops')
    const { done } = append(note('two'), { key: 'ana k' })
    await pass(0)
    store.letGo()
    await removed
    await pass(50)
    expect(acceptedOf(await done)?.cursor.revision).toBe(1)
    const { state } = await engine.open('ops')
    expect(state.talk.annotations.map(({ text }) => text)).toEqual(['two'])
  })
})

describe('an edit', () => {
  it('[V2] is refused to others also while what they would edit is being stored', async () => {
    const { append, pass } = await open()
    const said = append(note('mine'), { claim: { name: 'Ana', person: 'a' } })
    const edit = append({ type: 'retract', id: start * 1_000 }, { claim: { name: 'Bob', person: 'b' } })
    await pass(0)
    await pass(50)
    expect(acceptedOf(await said.done)?.annotation?.id).toBe(start * 1_000)
    expect(await edit.done).toMatchObject({ ok: false, refusal: { code: 'not_author' } })
  })

  it('[A9] of what is not in memory is done for all who ask at once', async () => {
    const { store, append, pass } = await open()
    const first = append(note('first'))
    await pass(0)
    const id = acceptedOf(await first.done)?.annotation?.id ?? 0
    const rest = Array.from({ length: limits.rememberedChanges + 1 }, (_, at) => append(note(`${at}`)).done)
    await pass(50)
    await Promise.all(rest)
    store.hold()
    const one = append(note('yes', { replyTo: id }))
    await pass(50)
    const replies = [one, append(note('no', { replyTo: id }))]
    await pass(0)
    store.letGo()
    await pass(50)
    await pass(50)
    const results = await Promise.all(replies.map(({ done }) => done))
    expect(results.map(({ ok }) => ok)).toEqual([true, true])
  })
})

describe('a key', () => {
  it('[11] is answered with its annotation, also when memory has let that go', async () => {
    const { append, pass } = await open()
    const first = append(note('hi', { kind: 'log' }), { key: 'ana k' })
    await pass(0)
    const { annotation } = acceptedOf(await first.done) ?? {}
    const rest = Array.from({ length: 1_000 }, (_, at) => append(note(`${at}`, { kind: 'log' })).done)
    await pass(50)
    await Promise.all(rest)
    const again = append(note('hi', { kind: 'log' }), { key: 'ana k' })
    await pass(50)
    expect(acceptedOf(await again.done)?.annotation).toEqual(annotation)
  })
})

describe('a name', () => {
  const ana = { name: 'Ana', person: 'a' }

  it('[M1] that was granted while the first change was being stored is stored too', async () => {
    const { engine, store, append, pass } = await open()
    const { state } = await engine.open('ops')
    store.hold()
    append(note('hi'))
    await pass(0)
    const held = engine.hold('ops', ana)
    await pass(0)
    store.letGo()
    await pass(50)
    await held
    expect(state.revision).toBe(1)
    expect(store.of('ops').flatMap(({ holders = [] }) => holders)).toMatchObject([{ canonical: 'ana' }])
  })

  it('[M1] is stored when the disk takes it again', async () => {
    const { engine, store, append, pass } = await open()
    await append(number(1)).done
    await pass(0)
    store.failWith(full)
    const held = engine.hold('ops', ana)
    await pass(50)
    await held
    store.failWith(undefined)
    await pass(2_000)
    expect(store.of('ops').at(-1)?.holders).toMatchObject([{ canonical: 'ana' }])
  })

  it('[M1] is stored with its last use, also when nothing else happens', async () => {
    const { engine, store, append, pass } = await open()
    await append(number(1)).done
    const held = engine.hold('ops', ana)
    await pass(0)
    await held
    await pass(60_000)
    await engine.hold('ops', ana)
    await pass(1_000)
    expect(store.of('ops').at(-1)?.holders).toMatchObject([{ canonical: 'ana', usedAt: start + 60_000 }])
  })
})

describe('the series of the process', () => {
  it('are counted while they are being stored', async () => {
    const { append, pass } = await open()
    const samples = Array.from({ length: limits.maxSeriesPerGroup }, (_, n) => ({ metric: `m${n}`, value: n }))
    const count = limits.maxSeriesInProcess / limits.maxSeriesPerGroup + 1
    const all = Array.from(
      { length: count },
      (_, at) => append({ type: 'batch', samples }, { group: `g${at}`, key: 'k' }).done,
    )
    await pass(0)
    const refused = (await Promise.all(all)).filter(({ ok }) => !ok)
    expect(refused).toMatchObject([{ refusal: { code: 'series_limit' } }])
  })
})

describe('our own error', () => {
  it('in what follows a group stops no change', async () => {
    const { engine, append, pass, reports } = await open()
    const { state, onChange } = await engine.open('ops')
    onChange(() => {
      throw new Error('a bug')
    })
    const all = [append(note('one')), append(note('two')), append(note('other'), { group: 'other' })]
    await pass(0)
    expect(all.map(({ told }) => told.result?.ok)).toEqual([true, true, true])
    expect([state.revision, reports]).toEqual([2, ['tell', 'tell']])
  })

  it('in one change is told to who asked for it, and the others are stored', async () => {
    const { append, pass, reports } = await open()
    const bad = append({ type: 'batch', samples: JSON.parse('null') }, { key: 'k' })
    const good = append(note('hi'))
    await pass(0)
    expect(bad.told.result).toMatchObject({ ok: false, refusal: { code: 'internal' } })
    expect([good.told.result?.ok, reports]).toEqual([true, ['change']])
  })
})

describe('upkeep', () => {
  it('goes on after the disk took nothing', async () => {
    const { store, pass } = await open()
    store.failWith(full)
    await pass(10_000)
    store.failWith(undefined)
    await pass(10_000)
    expect(store.trims).toBe(1)
  })
})
