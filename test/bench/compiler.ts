// Owns the C programs of the bench: whether this machine can compile them, and where they are then.

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What is said where there is no compiler. */
export const noCompiler = 'needs a C compiler, and Linux: apt-get install gcc libc6-dev'

/** The command of a C compiler; undefined where none is found, or the programs could not run. */
export async function findCompiler(): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined
  for (const command of ['cc', 'gcc', 'clang']) {
    const found = await run(command, ['--version']).catch(() => undefined)
    if (found !== undefined) return command
  }
  return undefined
}

const programs = new Map<string, Promise<string>>()
let folder: string | undefined

/** Compiles a program, once in a run; resolves with where it is until this process ends. */
export function compiled(compiler: string, source: string): Promise<string> {
  const known = programs.get(source) ?? compile(compiler, source)
  programs.set(source, known)
  return known
}

async function compile(compiler: string, source: string): Promise<string> {
  folder ??= madeFolder()
  const program = join(folder, basename(source, '.c'))
  await run(compiler, ['-O2', '-Wall', '-Wextra', '-Werror', '-o', program, source])
  return program
}

function madeFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'chartroom-bench-c-'))
  process.on('exit', () => rmSync(made, { recursive: true, force: true }))
  return made
}
