// Owns what lies in the folder that --data names, and whether it can be used; what is in the files is the engine's.

import { createHash } from 'node:crypto'
import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { platform } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { StoreError } from './engine/local/store-error.ts'

/** The folder of the groups, by whole paths. */
export interface DataFolder {
  readonly path: string
  readonly file: string
  /** Where whoever runs the server speaks with it: a unix socket, on Windows a named pipe. */
  readonly operator: string
}

const refusing = new Set(['EACCES', 'EPERM', 'EROFS'])

/** The folder at a path, whether it is there or not. */
export function dataFolderAt(data: string, system: string = platform()): DataFolder {
  const path = resolve(data)
  const pipe = `\\\\.\\pipe\\chartroom-${createHash('sha256').update(path).digest('hex').slice(0, 16)}`
  return {
    path,
    file: join(path, 'chartroom.db'),
    operator: system === 'win32' ? pipe : join(path, 'operator.sock'),
  }
}

/** Makes the folder where it is not there. Throws a StoreError when it cannot be made or written. */
export function makeDataFolder({ path }: DataFolder): void {
  try {
    makeFolder(path)
    accessSync(path, constants.W_OK)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (refusing.has(code)) throw new StoreError('read_only', 'The folder cannot be written.', { cause: error })
    if (code === 'ENOSPC') throw new StoreError('full', 'The disk is full.', { cause: error })
    throw new StoreError('no_folder', whyNoFolder(code), { cause: error })
  }
}

function whyNoFolder(code: string): string {
  if (code === 'EEXIST') return 'It is a file.'
  return code === 'ENOTDIR' ? 'It lies below a file.' : `It cannot be made (${code}).`
}

// Step by step: below /proc, where nothing can be made, mkdir's own recursion never ends (seen with Node 20.20).
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return
  const parent = dirname(path)
  if (parent !== path) makeFolder(parent)
  mkdirSync(path, { mode: 0o700 })
}
