// The scripts of the built page as they travel: how many bytes each is when packed, and which come with it.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../dist/client/assets/', import.meta.url))

/** Bytes as gzip by name without its hash, of the scripts that come with the parts of these names. */
export function chunksOf(...parts: string[]): ReadonlyMap<string, number> {
  const all = readdirSync(folder).filter((file) => file.endsWith('.js'))
  const coming = parts.map((part) => all.find((file) => nameOf(file) === part) ?? missing(part))
  // A set takes in what is added while it is walked.
  const files = new Set(coming)
  for (const file of files) for (const imported of importsOf(file)) files.add(imported)
  return new Map([...files].map((file) => [nameOf(file), statSync(`${folder}${file}.gz`).size]))
}

/** Their sum. */
export function bytesOf(chunks: ReadonlyMap<string, number>): number {
  return [...chunks.values()].reduce((sum, bytes) => sum + bytes, 0)
}

/** The largest first, a line each. */
export function listOf(chunks: ReadonlyMap<string, number>): string {
  const sorted = [...chunks].sort(([, a], [, b]) => b - a)
  return sorted.map(([name, bytes]) => `${String(bytes).padStart(8)} ${name}`).join('\n')
}

/** `lobby` of `lobby-NJ0RA1Rd.js`. */
function nameOf(file: string): string {
  return file.replace(/-[\w-]{8}\.js$/, '')
}

function importsOf(file: string): string[] {
  const imports = readFileSync(folder + file, 'utf8').matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)
  return [...imports].flatMap(([, name]) => name ?? [])
}

function missing(part: string): never {
  throw new Error(`The build has no part ${part}: run node server/setup.mjs.`)
}
