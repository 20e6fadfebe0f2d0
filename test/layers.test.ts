// Holds the sources to the picture in support/layers.ts, and shows that the rule can fail.
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { layerFaults } from './support/layer-rule.ts'
import { parseModule, readModules } from './support/module-record.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The faults of invented files: path to source text. */
function faultsOf(files: Record<string, string>): string[] {
  return layerFaults(Object.entries(files).map(([file, text]) => parseModule(file, text)))
}

describe('the house', () => {
  it('keeps the rule', () => {
    const modules = ['shared', 'server', 'client'].flatMap((side) => readModules(root, side))
    expect(modules).not.toEqual([])
    expect(layerFaults(modules)).toEqual([])
  })
})

describe('the rule', () => {
  it('lets a file import lower numbers, its own folder and the doors of shared', () => {
    const faults = faultsOf({
      'shared/option/bar.ts': "import '../state.ts'; import '../series.ts'; import './palette.ts'",
      'shared/state.ts': "import './update.ts'; import './ring.ts'",
      'server/links/session.ts': "import '../groups/group.ts'; import './heartbeat.ts'; import '@chartroom/shared'",
      'server/app.ts': "import './routes/pages.ts'; import { Hono } from 'hono'",
      'client/main.ts': "import './views/lobby.ts'; import './style/page.css'; import '@chartroom/shared/client'",
    })
    expect(faults).toEqual([])
  })

  it('names both files and their numbers when a file imports a higher one', () => {
    expect(faultsOf({ 'server/intake/json.ts': "import '../engine/engine.ts'" })).toEqual([
      'server/intake/json.ts (2) imports server/engine/engine.ts (3): only lower numbers, or its own folder',
    ])
    expect(faultsOf({ 'shared/limits.ts': "import './index.ts'" })).toEqual([
      'shared/limits.ts (0) imports shared/index.ts (6): only lower numbers, or its own folder',
    ])
  })

  it('refuses another folder of the same number', () => {
    expect(faultsOf({ 'server/guards/origin.ts': "import '../sources/source.ts'" })).toEqual([
      'server/guards/origin.ts (5) imports server/sources/source.ts (5): only lower numbers, or its own folder',
    ])
    expect(faultsOf({ 'client/store.ts': "import './words/words.ts'" })).toHaveLength(1)
  })

  it.each([
    "import type { Engine } from '../engine/engine.ts'",
    "import { type Engine } from '../engine/engine.ts'",
    "export { Engine } from '../engine/engine.ts'",
    "export type { Engine } from '../engine/engine.ts'",
    "export * from '../engine/engine.ts'",
    "const engine = await import('../engine/engine.ts')",
    "type Engine = import('../engine/engine.ts').Engine",
  ])('counts every kind of import: %s', (text) => {
    expect(faultsOf({ 'server/intake/json.ts': text })).toHaveLength(1)
  })

  it('keeps server and client apart', () => {
    expect(faultsOf({ 'client/store.ts': "import '../server/log.ts'" })).toEqual([
      'client/store.ts imports server/log.ts: client/ and server/ never import each other',
    ])
    expect(faultsOf({ 'server/log.ts': "import type { T } from '../client/main.ts'" })).toEqual([
      'server/log.ts imports client/main.ts: server/ and client/ never import each other',
    ])
  })

  it('imports shared by its doors only, and nothing from within it', () => {
    expect(faultsOf({ 'server/log.ts': "import '../shared/limits.ts'" })).toEqual([
      'server/log.ts imports shared/limits.ts: shared is imported by its doors, @chartroom/shared, @chartroom/shared/option, @chartroom/shared/client',
    ])
    expect(faultsOf({ 'server/log.ts': "import '@chartroom/shared/limits.ts'" })).toEqual([
      'server/log.ts imports @chartroom/shared/limits.ts: @chartroom/shared has no home, give it one in test/support/layers.ts',
    ])
    expect(faultsOf({ 'shared/limits.ts': "import '@chartroom/shared'" })).toHaveLength(1)
    expect(faultsOf({ 'shared/limits.ts': "import '../server/log.ts'" })).toEqual([
      'shared/limits.ts imports server/log.ts: shared/ and server/ never import each other',
    ])
  })

  it('keeps option and client of shared above its files, below its door, and apart', () => {
    expect(faultsOf({ 'shared/option/bar.ts': "import '../index.ts'" })).toEqual([
      'shared/option/bar.ts (2) imports shared/index.ts (6): of shared/ only up to 5',
    ])
    expect(faultsOf({ 'shared/option/bar.ts': "import '../client/connect.ts'" })).toEqual([
      'shared/option/bar.ts imports shared/client/connect.ts: shared/option/ and shared/client/ never import each other',
    ])
    expect(faultsOf({ 'shared/kind.ts': "import './option/bar.ts'" })).toHaveLength(1)
  })

  it('keeps each foreign library in its home', () => {
    expect(faultsOf({ 'server/app.ts': "import { WebSocketServer } from 'ws'" })).toEqual([
      'server/app.ts imports ws: its home is server/links/websocket.ts, server/links/upgrade.ts',
    ])
    expect(faultsOf({ 'shared/codec.ts': "import 'node:util'" })).toEqual([
      'shared/codec.ts imports node:util: its home is server/',
    ])
    expect(faultsOf({ 'client/main.ts': "import 'left-pad/x.js'" })).toEqual([
      'client/main.ts imports left-pad/x.js: left-pad has no home, give it one in test/support/layers.ts',
    ])
  })

  it('lets the types of a library further than the library', () => {
    const path = 'shared/option/bar.ts'
    expect(faultsOf({ [path]: "import type { EChartsOption } from 'echarts'" })).toEqual([])
    expect(faultsOf({ [path]: "import { type EChartsOption } from 'echarts'" })).toEqual([
      `${path} imports echarts: its home is client/charts/echarts/ (types: shared/option/)`,
    ])
  })

  it('lets few touch process', () => {
    expect(faultsOf({ 'server/main.ts': 'process.exit(1)' })).toEqual([])
    expect(faultsOf({ 'server/log.ts': 'process.exit(1)' })).toEqual([
      'server/log.ts touches process: only server/main.ts, server/workers.ts, server/commands/, server/sources/host-probe.ts may',
    ])
  })

  it.each([
    'const { env } = process',
    'const x = { process }',
    'globalThis.process.exit()',
    "import { env } from 'node:process'",
    'use(process)',
  ])('sees the use of process in %s', (text) => {
    expect(faultsOf({ 'server/log.ts': text })).toHaveLength(1)
  })

  it.each(['batch.process()', 'const x = { process: 1 }', 'class A { process() {} }', 'interface A { process: 1 }'])(
    'takes no other word for process: %s',
    (text) => {
      expect(faultsOf({ 'server/log.ts': text })).toEqual([])
    },
  )

  it('names every file of a cycle in a folder, once', () => {
    const faults = faultsOf({
      'server/links/a.ts': "import './b.ts'",
      'server/links/b.ts': "import type { C } from './c.ts'",
      'server/links/c.ts': "export * from './a.ts'",
      'server/links/d.ts': "import './c.ts'",
    })
    expect(faults).toEqual(['cycle: server/links/a.ts -> server/links/b.ts -> server/links/c.ts -> server/links/a.ts'])
  })

  it('asks for a room for a file that has none', () => {
    expect(faultsOf({ 'server/utils/things.ts': '' })).toEqual([
      'server/utils/things.ts has no room: give it one in test/support/layers.ts',
    ])
  })

  it('refuses what it cannot read', () => {
    expect(() => parseModule('server/log.ts', 'import from')).toThrow('server/log.ts: ')
  })
})
