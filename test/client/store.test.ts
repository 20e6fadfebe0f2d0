import type { Change } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { Kept } from '../../client/kept.ts'
import { GroupStore } from '../../client/store.ts'
import { arrangeTo } from '../support/arranging.ts'
import { FakeGroup, memoryStorage } from '../support/fake-group.ts'

function open(group = new FakeGroup(), storage = memoryStorage()) {
  const store = new GroupStore(group, () => 0, new Kept(() => storage))
  const heard: string[] = []
  for (const metric of ['cpu', 'orders']) store.onMetric(metric, () => heard.push(metric))
  store.onCharts(() => heard.push('charts'))
  store.onTalk(() => heard.push('talk'))
  store.onLogs(() => heard.push('logs'))
  store.onPeople(() => heard.push('people'))
  return { group, store, heard: () => heard.splice(0).sort() }
}

function sample(metric: string, value: number | null, item?: string): Change {
  return { type: 'batch', samples: [{ metric, value, ...(item === undefined ? {} : { labels: { item } }) }] }
}

describe('one group for the page', () => {
  it('tells only those whose metric changed', () => {
    const { group, heard } = open()
    group.happen(sample('cpu', 1), sample('orders', 1, 'Shirts'))
    group.push()
    heard()
    group.happen(sample('orders', 2, 'Shirts'))
    group.push()
    expect(heard()).toEqual(['orders'])
  })

  it('tells everybody when the whole group came', () => {
    const { group, heard } = open()
    group.happen(sample('cpu', 1))
    group.push()
    expect(heard()).toEqual(['charts', 'cpu', 'logs', 'orders', 'talk'])
  })

  it('tells the metric of a series that went, which the update names by its number only', () => {
    const { group, heard } = open()
    group.happen(sample('orders', 1, 'Shirts'), sample('orders', 2, 'Socks'))
    group.push()
    heard()
    group.happen({ type: 'batch', samples: [{ metric: 'orders', labels: { item: 'Shirts' }, remove: true }] })
    group.push()
    expect(heard()).toEqual(['charts', 'orders'])
  })

  it('tells the talk of a message, and the charts of a board', () => {
    const { group, heard } = open()
    group.happen(sample('cpu', 1))
    group.push()
    heard()
    group.say('Ana', 'why?')
    group.push()
    expect(heard()).toEqual(['talk'])
    group.happen(arrangeTo({ charts: [] }))
    group.push()
    expect(heard()).toEqual(['charts'])
  })

  it('tells the logs of a line, and the talk only where an alert in it is repeated', () => {
    const { group, heard } = open()
    const alert = { type: 'annotate', author: 'checks', draft: { text: 'too high', kind: 'alert' } } as const
    group.happen(alert)
    group.push()
    heard()
    group.happen({ type: 'annotate', author: 'ci', draft: { text: 'a line', kind: 'log' } })
    group.push()
    expect(heard()).toEqual(['logs'])
    group.happen(alert)
    group.push()
    expect(heard()).toEqual(['logs', 'talk'])
  })

  it('holds the newest thousand lines of the logs, however long the page is open', () => {
    const { group } = open()
    for (let round = 0; round < 12; round++) {
      for (let at = 0; at < 90; at++) {
        group.happen({ type: 'annotate', author: 'ci', draft: { text: `${round} ${at}`, kind: 'log' } })
      }
      group.push()
    }
    const { logs } = group.state
    expect([logs.length, logs.annotations[0]?.text, logs.earlier]).toEqual([1_000, '0 80', logs.annotations[0]?.id])
  })

  it('lets old messages go when it is asked to, and they can be read again', () => {
    const { group, store } = open()
    for (let round = 0; round < 42; round++) {
      for (let at = 0; at < 50; at++) group.say('Ana', `${round} ${at}`)
      group.push()
    }
    store.trimTalk()
    const { talk } = group.state
    expect([talk.length, talk.earlier]).toEqual([2_000, talk.annotations[0]?.id])
  })

  it('tells who is here', () => {
    const { group, heard } = open()
    group.meet('Ana', 'Wei')
    expect(heard()).toEqual(['people'])
  })

  it('hands out the same charts until they change', () => {
    const { group, store } = open()
    group.happen(sample('cpu', 1))
    group.push()
    const before = store.charts()
    group.happen(sample('cpu', 2))
    group.push()
    expect(store.charts()).toBe(before)
    group.happen(sample('orders', 1, 'Shirts'))
    group.push()
    expect(store.charts().map(({ id }) => id)).toEqual(['cpu', 'orders'])
  })

  it('shows a chart as I want it, after a reload too, until I take it back', () => {
    const storage = memoryStorage()
    const { group, store, heard } = open(new FakeGroup(), storage)
    group.happen(sample('cpu', 1))
    group.push()
    heard()
    store.setKind('cpu', 'line')
    expect(heard()).toEqual(['charts'])
    expect(open(group, storage).store.charts()[0]?.kind).toBe('line')
    store.setKind('cpu', undefined)
    expect(store.charts()[0]?.kind).toBe('number')
  })

  it.each(['{', '[]', 'null', '{"cpu":"cake"}', '{"__proto__":1}'])(
    'passes over kinds that it cannot read: %s',
    (text) => {
      const storage = memoryStorage()
      storage.setItem('chartroom.kinds.ops', text)
      const { group, store } = open(new FakeGroup(), storage)
      group.happen(sample('cpu', 1))
      group.push()
      expect(store.charts()[0]?.kind).toBe('number')
    },
  )

  it('keeps the pace that its reader chooses, and tells that another is wanted', () => {
    const storage = memoryStorage()
    const { group, store } = open(new FakeGroup(), storage)
    let told = 0
    store.onPace(() => told++)
    expect(store.paceMs).toBe(1_000)
    store.setPace(250)
    expect([store.paceMs, told, open(group, storage).store.paceMs]).toEqual([250, 1, 250])
    // What is asked for is no quicker than the page can draw: that is not the store's to know.
    expect(group.changes).toEqual([])
  })

  it('knows when a server that began anew lost what was said', () => {
    const { group, store } = open()
    group.say('Ana', 'hello')
    group.push()
    expect(store.lostTime).toBeUndefined()
    group.restart()
    group.push()
    expect(store.lostTime).toBe(0)
  })

  it('tells who shows the log of a page that was put before it', async () => {
    const { group, store, heard } = open()
    group.push()
    heard()
    await store.pageBack()
    expect(heard()).toEqual([])
    group.older = 5
    await store.pageBack()
    expect(heard()).toEqual(['talk'])
  })

  it('keeps what was read, never less of it, after a reload too', () => {
    const storage = memoryStorage()
    const { group, store } = open(new FakeGroup(), storage)
    expect(store.readId).toBeUndefined()
    store.markRead(0)
    expect(store.readId).toBe(0)
    store.markRead(7)
    store.markRead(3)
    expect(open(group, storage).store.readId).toBe(7)
    storage.setItem('chartroom.read.ops', 'x')
    expect(open(group, storage).store.readId).toBeUndefined()
  })

  it('goes on telling the others when one leaves while it is called', () => {
    const { group, store } = open()
    const heard: string[] = []
    const undo = store.onMetric('cpu', () => {
      undo()
      heard.push('first')
    })
    store.onMetric('cpu', () => heard.push('second'))
    group.happen(sample('cpu', 1))
    group.push()
    group.happen(sample('cpu', 2))
    group.push()
    expect(heard).toEqual(['first', 'second', 'second'])
  })

  it('lets the replica go and hears nothing more', () => {
    const { group, store, heard } = open()
    store.close()
    group.happen(sample('cpu', 1))
    group.push()
    expect(heard()).toEqual([])
    expect(group.isClosed).toBe(true)
  })
})
