// Owns one file of a board: which files of a folder are boards, and what one says or what is wrong with it.

import { createHash } from 'node:crypto'
import { accessSync, constants, statSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { accept, canonicalGroupName, limits, type Result, refuse } from '@chartroom/shared'
import type { BoardBody } from '../intake/board-body.ts'
import { readBoard } from '../intake/intake.ts'

/** A file that may hold a board, and what tells on the disk that it changed. */
export interface BoardFile {
  readonly name: string
  readonly marks: string
}

/** What a file says: the board of a group; `provisioned` is the same for two files that say the same. */
export interface ProvisionedBoard extends BoardBody {
  readonly group: string
  readonly provisioned: string
}

const suffix = '.json'

/** The files `<group>.json` of a folder, by name. Throws when the folder cannot be read. */
export async function boardFilesIn(folder: string): Promise<BoardFile[]> {
  const all = await readdir(folder)
  const names = all.filter((name) => name.endsWith(suffix) && !name.startsWith('.')).sort()
  const files = await Promise.all(names.map((name) => fileAt(folder, name)))
  return files.filter((file) => file !== undefined)
}

// One that goes meanwhile, and a folder, is none. A link is what it leads to.
async function fileAt(folder: string, name: string): Promise<BoardFile | undefined> {
  const found = await stat(join(folder, name)).catch(() => undefined)
  return found?.isFile() ? { name, marks: `${found.ino} ${found.size} ${found.ctimeMs}` } : undefined
}

/** The group that a file is of, by its name. */
export function groupOfFile(name: string): Result<string> {
  return canonicalGroupName(name.slice(0, -suffix.length))
}

/** Reads a file of a folder; the refusal says what is wrong with its name, or with what it says, and where. */
export async function readBoardFile(folder: string, name: string): Promise<Result<ProvisionedBoard>> {
  const named = groupOfFile(name)
  if (!named.ok) return named
  const path = join(folder, name)
  // Told before it is read: it may be larger than memory.
  if ((await stat(path)).size > limits.maxFrameBytes) {
    return refuse('body_too_large', `It is larger than ${limits.maxFrameBytes} bytes.`)
  }
  const read = readBoard('application/json', await readFile(path))
  if (!read.ok) return read
  const provisioned = createHash('sha256').update(JSON.stringify(read.value.board)).digest('base64url').slice(0, 12)
  return accept({ group: named.value, provisioned, ...read.value })
}

/** Why a folder cannot be read, as a sentence goes on; undefined when it can. */
export function whyNoFolder(folder: string): string | undefined {
  try {
    if (!statSync(folder).isDirectory()) return 'it is no folder'
    accessSync(folder, constants.R_OK | constants.X_OK)
    return undefined
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return code === 'ENOENT' ? 'there is no such folder' : `this user may not read it (${String(code)})`
  }
}
