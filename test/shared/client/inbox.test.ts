import { createConnection, type FollowOptions } from '@chartroom/shared/client'
import { describe, expect, it } from 'vitest'
import { FakePlatform } from '../../support/fake-platform.ts'
import { MemoryServer } from '../../support/memory-server.ts'

/** Somebody who follows the group `ops`. */
function join(name: string, secret?: string, options: FollowOptions = {}) {
  const platform = new FakePlatform()
  const server = new MemoryServer(platform)
  const connection = createConnection({
    url: 'ws://localhost:3000/ws',
    platform,
    name,
    ...(secret === undefined ? {} : { secret }),
  })
  const replica = connection.follow('ops', options)
  let heard = 0
  replica.onInbox(() => heard++)
  server.flush()
  const tell = (inbox: string, text: string) => {
    server.commit(inbox, { type: 'annotate', author: 'bob', draft: { text, recipients: [name] } })
    server.push()
    server.flush()
  }
  return { platform, server, connection, replica, tell, heard: () => heard }
}

describe("a replica's inbox", () => {
  it('[M6] is followed once the group has granted a name that a secret holds', () => {
    const { replica, tell, heard } = join('Ann', 's3')
    expect([replica.inbox?.group, replica.inbox?.name, heard()]).toEqual(['ops/@ann', 'Ann', 1])
    tell('ops/@ann', 'hush')
    expect(replica.inbox?.state.talk.annotations).toMatchObject([{ author: 'bob', text: 'hush' }])
    expect(replica.state.talk.annotations).toEqual([])
  })

  it('[M6] is none without a secret, and for who only looks', () => {
    for (const { server, replica } of [join('Ann'), join('Ann', 's3', { present: false })]) {
      expect(replica.inbox).toBeUndefined()
      expect(server.heardOf('subscribe').map(({ group }) => group)).toEqual(['ops'])
    }
  })

  it('[M6] [S2] is resumed by its own cursor', () => {
    const { platform, server, replica, tell, heard } = join('Ann', 's3')
    tell('ops/@ann', 'hush')
    server.cut()
    platform.advance(20_000)
    server.flush()
    expect(server.heardOf('subscribe').at(-1)).toMatchObject({ group: 'ops/@ann', cursor: 'k3f9:1' })
    tell('ops/@ann', 'psst')
    expect(replica.inbox?.state.talk.annotations.map(({ text }) => text)).toEqual(['hush', 'psst'])
    expect(heard()).toBe(1)
  })

  it('[M2] is another one under another name', () => {
    const { server, connection, replica, heard } = join('Ann', 's3')
    connection.rename('Bea')
    server.flush()
    expect([replica.inbox?.group, heard()]).toEqual(['ops/@bea', 2])
  })

  it('[A7] [M8] writes to its group, and edits at its own place', async () => {
    const { server, replica } = join('Ann', 's3')
    void replica.inbox?.annotate({ text: 'hush', recipients: ['bob'] })
    void replica.inbox?.react(5, '+1', true, { key: 'another' })
    server.flush()
    expect(server.heardOf('annotate')).toMatchObject([{ group: 'ops', recipients: ['bob'] }])
    expect(server.heardOf('react')).toMatchObject([{ group: 'ops/@ann' }])
  })

  it('is let go with its group', () => {
    const { server, replica } = join('Ann', 's3')
    replica.close()
    server.flush()
    expect(server.heardOf('unsubscribe').map(({ group }) => group)).toEqual(['ops/@ann', 'ops'])
  })

  it('[M6] asks over HTTP with the secret, and its group without', async () => {
    const platform = new FakePlatform()
    const asked: [string, string | undefined][] = []
    const server = new MemoryServer(platform)
    const fetching = Object.assign(platform, {
      fetch: async (url: string, init: { readonly headers: Readonly<Record<string, string>> }) => {
        asked.push([url, init.headers['chartroom-secret']])
        return { ok: false, status: 500, json: async () => ({}) }
      },
    })
    const connection = createConnection({ url: 'http://h', platform: fetching, name: 'Ann', secret: 's3' })
    const replica = connection.follow('ops')
    server.flush()
    await replica.search('hush')
    await replica.inbox?.search('hush')
    expect(asked).toEqual([
      ['http://h/api/groups/ops/search?q=hush&limit=50', undefined],
      ['http://h/api/groups/ops%2F%40ann/search?q=hush&limit=50', 's3'],
    ])
  })
})
