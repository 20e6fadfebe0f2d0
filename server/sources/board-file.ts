// Owns one file of a board: which files of a folder are boards, and what one says or what is wrong with it.

import { createHash } from 'node:crypto'
import { accessSync, constants, statSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  accept,
  type BoardDraft,
  canonicalGroupName,
  limits,
  pointerStep,
  type Result,
  refuse,
} from '@chartroom/shared'
import { readBoard } from '../intake/intake.ts'

/** A file that may hold a board, and what tells on the disk that it changed. */
export interface BoardFile {
  readonly name: string
  readonly marks: string
}

/** What a file says: the board of a group; `provisioned` is the same for two files that say the same. */
export interface ProvisionedBoard {
  readonly group: string
  readonly board: BoardDraft
  readonly provisioned: string
  /** The places of what no board has: not wrong, and most often a slip of the pen. */
  readonly unknown: readonly string[]
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
  const bytes = await readFile(path)
  const board = readBoard('application/json', bytes)
  if (!board.ok) return board
  const provisioned = createHash('sha256').update(JSON.stringify(board.value)).digest('base64url').slice(0, 12)
  const unknown = unknownFields(JSON.parse(new TextDecoder().decode(bytes)), board.value)
  return accept({ group: named.value, board: board.value, provisioned, unknown })
}

// What a board that was read has besides, and what tells an editor how to check the file.
const ignored = new Set(['revision', 'author', '$schema'])

function unknownFields(said: unknown, taken: unknown, place = ''): string[] {
  if (typeof said !== 'object' || said === null || typeof taken !== 'object' || taken === null) return []
  return Object.entries(said).flatMap(([name, value]) => {
    const pointer = place + pointerStep(name)
    if (Object.hasOwn(taken, name)) return unknownFields(value, Reflect.get(taken, name), pointer)
    return ignored.has(name) ? [] : [pointer]
  })
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
