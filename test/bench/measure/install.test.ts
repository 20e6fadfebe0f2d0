// Which packages come with one, by a lock of npm; and the bytes of a folder.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bytesOf, foldersOf, type Lock } from './install.ts'

const lock: Lock = {
  packages: {
    '': { dependencies: { server: '1', ours: '1' } },
    'node_modules/server': { dependencies: { tool: '1', deep: '1' }, optionalDependencies: { 'for-others': '1' } },
    'node_modules/tool': {},
    'node_modules/deep': { dependencies: { tool: '2', server: '1' } },
    'node_modules/deep/node_modules/tool': { dependencies: { '@a/leaf': '1' } },
    'node_modules/@a/leaf': {
      peerDependencies: { peer: '1', maybe: '1' },
      peerDependenciesMeta: { maybe: { optional: true } },
    },
    'node_modules/peer': {},
    'node_modules/maybe': {},
    'node_modules/ours': { link: true, resolved: 'ours' },
    ours: { dependencies: { tool: '1' } },
  },
}

describe('the packages that come with one', () => {
  it('are all that it needs, each where Node finds it, once', () => {
    expect([...foldersOf(lock, '', ['server'])].toSorted()).toEqual([
      'node_modules/@a/leaf',
      'node_modules/deep',
      'node_modules/deep/node_modules/tool',
      'node_modules/peer',
      'node_modules/server',
      'node_modules/tool',
    ])
  })

  it('of a workspace are those of its own folder', () => {
    expect([...foldersOf(lock, '', ['ours'])]).toEqual(['ours', 'node_modules/tool'])
  })
})

it('weighs the files of a folder without the packages in it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chartroom-install-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [path, bytes] of [
    ['a.js', 3],
    ['lib/b.js', 4],
    ['node_modules/c/c.js', 50],
  ] as const) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), 'x'.repeat(bytes))
  }
  expect(bytesOf(folder)).toBe(7)
  expect(bytesOf(join(folder, 'nothing'))).toBe(0)
})
