import { describe, expect, it } from 'vitest'
import { StoreError } from '../../../../server/engine/local/store.ts'
import { storeErrorOf } from '../../../../server/engine/local/store-error.ts'
import { acceptedOf, add, note, number, openHeld as open } from '../../../support/held-engine.ts'

describe('what must not be lost', () => {
  it('[2] [11] is neither shown nor acknowledged before it is stored', async () => {
    const { engine, store, append, pass } = await open()
    const followed = await engine.open('ops')
    const seen: number[] = []
    followed.onChange(() => seen.push(followed.state.revision))
    store.hold()
    const { told, done } = append(note('hi'))
    await pass(0)
    expect([told.result, followed.state.revision, seen]).toEqual([undefined, 0, []])
    store.letGo()
    expect(acceptedOf(await done)?.annotation).toMatchObject({ text: 'hi', revision: 1 })
    expect([followed.state.talk.length, seen]).toEqual([1, [1]])
  })

  it('[2] lets a batch that came meanwhile have the revision after it', async () => {
    const { store, append, pass } = await open()
    store.hold()
    const message = append(note('hi'))
    await pass(0)
    const batch = append(number(1))
    await pass(0)
    expect(batch.told.result).toBeUndefined()
    store.letGo()
    const cursors = [acceptedOf(await message.done)?.cursor, acceptedOf(await batch.done)?.cursor]
    expect(cursors.map((cursor) => cursor?.revision)).toEqual([1, 2])
  })

  it('goes to the disk a hundred at once, in two commits', async () => {
    const { store, append, pass } = await open()
    const all = Array.from({ length: 100 }, (_, n) => append(note(`n${n}`)).done)
    await pass(0)
    await pass(50)
    const ids = (await Promise.all(all)).map((result) => acceptedOf(result)?.annotation?.id ?? 0)
    expect(new Set(ids).size).toBe(100)
    expect(ids).toEqual(ids.toSorted((a, b) => a - b))
    expect(store.writes.length).toBeLessThanOrEqual(2)
  })

  it('waits 50 ms after the commit before it', async () => {
    const { store, append, pass } = await open()
    append(note('one'))
    await pass(0)
    append(note('two'))
    await pass(49)
    expect(store.writes).toHaveLength(1)
    await pass(1)
    expect(store.writes).toHaveLength(2)
  })

  it('[11] is an add, with the value that it makes and the key it came with', async () => {
    const { store, append, pass } = await open()
    const results = [append(add(3), { key: 'shop k1' }), append(add(4))].map(({ done }) => done)
    await pass(0)
    await Promise.all(results)
    expect(store.of('ops')).toMatchObject([
      { head: { revision: 2 }, series: [{ key: 'orders', value: 7, valueAt: 2 }], keys: [{ key: 'shop k1' }] },
    ])
  })

  it('[11] is done once when it comes twice at once with one key', async () => {
    const { append, pass } = await open()
    const first = append(note('hi'), { key: 'ana k1' })
    const second = append(note('hi'), { key: 'ana k1' })
    await pass(0)
    await pass(50)
    expect(acceptedOf(await second.done)?.annotation).toEqual(acceptedOf(await first.done)?.annotation)
  })

  it('[11] is answered by its key also when memory has forgotten it', async () => {
    const { append, engine, pass } = await open()
    await engine.open('ops')
    const first = append(note('hi'), { key: 'ana k1' })
    await pass(0)
    const { annotation } = acceptedOf(await first.done) ?? {}
    await pass(90_000_000)
    const again = append(note('hi'), { key: 'ana k1' })
    await pass(100)
    expect(acceptedOf(await again.done)?.annotation).toEqual(annotation)
    expect((await engine.groups())[0]?.annotations).toBe(1)
  })
})

describe('a disk that takes nothing', () => {
  it('refuses what must be stored, for now, and nothing of it happened', async () => {
    const { engine, store, append, pass, reports } = await open()
    const followed = await engine.open('ops')
    store.failWith(new StoreError('full', 'The disk is full.'))
    const { done } = append(note('hi'), { claim: { name: 'Ana', person: 'a' }, key: 'k1' })
    await pass(0)
    expect(await done).toMatchObject({ ok: false, refusal: { code: 'storage' } })
    expect([followed.state.revision, followed.state.talk.length]).toEqual([0, 0])
    expect(engine.health()).toEqual({ word: 'failing', reason: 'The disk is full.' })
    expect(reports).toEqual(['write'])
    store.failWith(undefined)
    const again = append(note('hi'), { key: 'k1' })
    await pass(1_000)
    expect(acceptedOf(await again.done)?.annotation).toMatchObject({ text: 'hi', revision: 1 })
    expect(engine.health()).toEqual({ word: 'ok' })
  })

  it('is told in our words, never in those of SQLite', async () => {
    const { engine, store, append, pass } = await open()
    for (const [code, reason] of [
      ['SQLITE_FULL', 'The disk is full.'],
      ['SQLITE_READONLY_DBMOVED', 'The file cannot be written.'],
      ['SQLITE_BUSY', 'Another process has this data open.'],
      ['SQLITE_CORRUPT', 'The file cannot be used.'],
    ]) {
      store.failWith(storeErrorOf(Object.assign(new Error('/srv/rooms/chartroom.db is malformed'), { code })))
      append(note('hi'))
      await pass(2_000)
      expect(engine.health()).toEqual({ word: 'failing', reason })
    }
  })

  it('is tried again each second, also when nobody writes', async () => {
    const { engine, store, append, pass } = await open()
    store.failWith(new StoreError('full', 'The disk is full.'))
    append(note('hi'))
    await pass(2_000)
    expect(engine.health().word).toBe('failing')
    store.failWith(undefined)
    await pass(1_000)
    expect(engine.health()).toEqual({ word: 'ok' })
    const { length } = store.writes
    await pass(5_000)
    expect(store.writes.length).toBe(length)
  })

  it('takes what the others wrote when it is one group that it cannot hold', async () => {
    const { engine, store, append, pass } = await open()
    store.breakGroup('bad')
    const bad = append(note('hi'), { group: 'bad' })
    const good = append(note('hi'), { group: 'good' })
    await pass(0)
    expect(acceptedOf(await good.done)?.annotation).toMatchObject({ text: 'hi' })
    expect(await bad.done).toMatchObject({ ok: false, refusal: { code: 'storage' } })
    expect(engine.health().word).toBe('failing')
  })

  it('goes on with plain numbers, and gets them all when it takes them again', async () => {
    const { engine, store, append, pass } = await open()
    store.failWith(new StoreError('full', 'The disk is full.'))
    expect((await append(number(1)).done).ok).toBe(true)
    await pass(1_000)
    expect(engine.health().word).toBe('failing')
    await append(number(2)).done
    store.failWith(undefined)
    await pass(1_000)
    const samples = store.of('ops').flatMap(({ samples }) => [...(samples?.values ?? [])])
    expect(samples).toEqual([1, 2])
    expect(store.of('ops').at(-1)?.series).toMatchObject([{ key: 'cpu', value: 2 }])
  })
})

describe('plain numbers', () => {
  it('are written behind, once a second at most', async () => {
    const { store, append, pass } = await open()
    await append(number(1)).done
    await pass(0)
    await append(number(2)).done
    await pass(999)
    await append(number(3)).done
    await pass(1)
    expect(store.writes).toHaveLength(2)
    expect(store.of('ops').map(({ head }) => head.revision)).toEqual([1, 3])
  })

  it('are written before that when they are more than memory should hold, and once a second when the disk fails', async () => {
    const { store, counts, append, pass } = await open()
    const many = {
      type: 'batch',
      samples: Array.from({ length: 10_000 }, () => ({ metric: 'cpu', value: 1 })),
    } as const
    const appendMany = async () => {
      for (let batch = 0; batch < 15; batch++) await append(many).done
    }
    await append(number(1)).done
    await pass(0)
    await appendMany()
    await pass(50)
    expect(store.of('ops').map(({ samples }) => samples?.times.length)).toEqual([1, 150_000])
    store.failWith(new StoreError('full', 'The disk is full.'))
    await append(number(2)).done
    await pass(1_000)
    await appendMany()
    await pass(999)
    expect(counts.get('write_failed')).toBe(1)
    await pass(1)
    expect(counts.get('write_failed')).toBe(2)
  })

  it('never overwrite an add that is being stored with what was before it', async () => {
    const { store, append, pass } = await open()
    await append({ type: 'batch', samples: [{ metric: 'orders', value: 5 }] }).done
    const added = append(add(3))
    await pass(1_000)
    await added.done
    await pass(1_000)
    expect(store.of('ops').at(-1)?.series).toMatchObject([{ key: 'orders', value: 8 }])
  })

  it('go to the disk in the order of their revisions, also around an add', async () => {
    const { store, append, pass } = await open()
    await append(number(1, 'orders')).done
    await pass(0)
    await append(number(2, 'orders')).done
    const added = append(add(3))
    await pass(50)
    await added.done
    await pass(1_000)
    const samples = store.of('ops').map(({ samples }) => [...(samples?.values ?? [])])
    expect(samples.flat()).toEqual([1, 2, 5])
  })

  it('are all on the disk after a close, which is clean then', async () => {
    const { engine, store, append } = await open()
    await append(number(1)).done
    await append(number(2)).done
    await engine.close()
    expect(store.of('ops').at(-1)?.series).toMatchObject([{ value: 2 }])
    expect(store.closedClean).toBe(true)
    expect(await append(number(3)).done).toMatchObject({ ok: false, refusal: { code: 'closing' } })
  })

  it('make no clean close when the disk does not take them', async () => {
    const { engine, store, append } = await open()
    await append(number(1)).done
    store.failWith(new StoreError('full', 'The disk is full.'))
    await engine.close()
    expect(store.closedClean).toBe(false)
  })
})

describe('a name', () => {
  it('is stored before somebody is told that they hold it', async () => {
    const { engine, store, append, pass } = await open()
    await append(number(1)).done
    await pass(0)
    store.hold()
    let granted: unknown
    const held = engine.hold('ops', { name: 'Ana', person: 'a' }).then((name) => {
      granted = name
    })
    await pass(50)
    expect(granted).toBeUndefined()
    store.letGo()
    await held
    expect(granted).toEqual({ name: 'Ana', isHeld: true })
    expect(store.of('ops').at(-1)?.holders).toMatchObject([{ canonical: 'ana', person: 'a' }])
  })

  it('goes to one of two strangers who write at once', async () => {
    const { append, pass } = await open()
    const all = ['a', 'b'].map((person) => append(note('hi'), { claim: { name: 'Ana', person } }).done)
    await pass(0)
    const authors = (await Promise.all(all)).map((result) => acceptedOf(result)?.annotation?.author)
    expect(authors).toEqual(['Ana', 'Ana 2'])
  })
})
