import { statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { dataFolderAt, makeDataFolder } from '../../server/data-folder.ts'
import { StoreError, type StoreProblem } from '../../server/engine/local/store-error.ts'
import { testFolder } from '../support/group-file.ts'

test('names the files of a folder by whole paths', () => {
  expect(dataFolderAt('rooms', 'linux')).toEqual({
    path: resolve('rooms'),
    file: join(resolve('rooms'), 'chartroom.db'),
    operator: join(resolve('rooms'), 'operator.sock'),
  })
})

test('where there are no unix sockets, each folder has a pipe of its own', () => {
  const { operator } = dataFolderAt('rooms', 'win32')
  expect(operator).toMatch(/^\\\\\.\\pipe\\chartroom-[0-9a-f]{16}$/)
  expect(dataFolderAt('./rooms', 'win32').operator).toBe(operator)
  expect(dataFolderAt('halls', 'win32').operator).not.toBe(operator)
})

test('makes the folder for its owner alone, and takes one that is there', async () => {
  const folder = dataFolderAt(join(await testFolder(), 'a', 'b'))
  makeDataFolder(folder)
  expect(statSync(folder.path).mode & 0o777).toBe(0o700)
  makeDataFolder(folder)
})

test('says that a file is no folder', async () => {
  const path = join(await testFolder(), 'rooms')
  writeFileSync(path, '')
  expect(problemOf(path)).toEqual(['no_folder', 'It is a file.'])
  expect(problemOf(join(path, 'x'))).toEqual(['no_folder', 'It lies below a file.'])
})

test('says so where no folder can be made', () => {
  expect(problemOf('/proc/chartroom/rooms')).toEqual(['no_folder', 'It cannot be made (ENOENT).'])
})

function problemOf(path: string): [StoreProblem, string] | undefined {
  try {
    makeDataFolder(dataFolderAt(path))
    return undefined
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return [error.problem, error.message]
  }
}
