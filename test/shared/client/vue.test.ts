import type { RoomOptions } from '@chartroom/shared/client'
import { useGroup } from '@chartroom/shared/vue'
import { expect, it } from 'vitest'
import { computed, createSSRApp, effectScope, h, nextTick, ref, shallowReactive } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { FakePlatform } from '../../support/fake-platform.ts'
import { MemoryServer } from '../../support/memory-server.ts'

/** A composable in a scope of its own, as a store has it, whose options a test changes. */
async function use() {
  const platform = new FakePlatform()
  const server = new MemoryServer(platform)
  server.post('ops', { cpu: 1 })
  server.post('lab', { heat: 30 })
  const url = ref('http://h:3000')
  const options = shallowReactive<{ -readonly [K in keyof RoomOptions]: RoomOptions[K] }>({ group: 'ops', platform })
  const scope = effectScope()
  const view = scope.run(() => useGroup(url, options))
  if (view === undefined) throw new Error('The scope gave nothing.')
  await nextTick()
  server.flush()
  return { platform, server, url, options, scope, view }
}

it('is a reference to what the group is now', async () => {
  const { server, view } = await use()
  const talk = computed(() => view.value.talk.map(({ text }) => text))
  const cpu = computed(() => view.value.series.get('cpu')?.value)
  expect([cpu.value, talk.value]).toEqual([1, []])
  server.post('ops', { cpu: 2 })
  server.say('ops', 'hello')
  server.push()
  server.flush()
  expect([cpu.value, talk.value]).toEqual([2, ['hello']])
})

it('closes with its scope', async () => {
  const { platform, scope } = await use()
  scope.stop()
  await nextTick()
  expect(platform.sockets.map(({ state }) => state)).toEqual(['closed'])
  expect(platform.waiting).toBe(0)
})

it('follows otherwise when it is told another pace or window', async () => {
  const { platform, server, options } = await use()
  options.paceMs = 5_000
  options.windowMs = 60_000
  await nextTick()
  server.flush()
  expect(platform.sockets.length).toBe(1)
  expect(server.heardOf('subscribe').at(-1)).toMatchObject({ paceMs: 5_000, windowMs: 60_000 })
})

it.each<[string, Partial<RoomOptions>]>([
  ['group', { group: 'lab' }],
  ['name', { name: 'Bo' }],
])('is another room with another %s', async (_, other) => {
  const { platform, server, options, view } = await use()
  Object.assign(options, other)
  await nextTick()
  server.flush()
  await nextTick()
  expect(platform.sockets.map(({ state }) => state)).toEqual(['closed', 'open'])
  expect(view.value).toMatchObject({ isFilled: true, room: { group: other.group ?? 'ops' } })
})

it('is another room at another address', async () => {
  const { platform, url } = await use()
  url.value = 'http://h:4000'
  await nextTick()
  expect(platform.sockets.map((socket) => socket.url)).toEqual(['ws://h:3000/ws', 'ws://h:4000/ws'])
})

it('joins nothing when its scope ends before it began', async () => {
  const platform = new FakePlatform()
  const scope = effectScope()
  scope.run(() => useGroup('http://h:3000', { group: 'ops', platform }))
  scope.stop()
  await nextTick()
  expect(platform.sockets).toEqual([])
})

it('joins nothing where a page is rendered on a server', async () => {
  const platform = new FakePlatform()
  const app = createSSRApp({
    setup() {
      // biome-ignore lint/correctness/useHookAtTopLevel: the rule is React's, and this is Vue's setup.
      const group = useGroup('http://h:3000', { group: 'ops', platform })
      return () => h('b', group.value.connection.word)
    },
  })
  expect(await renderToString(app)).toBe('<b>connecting</b>')
  expect(platform.sockets).toEqual([])
})
