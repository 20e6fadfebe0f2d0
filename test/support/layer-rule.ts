// The rule of the house, as a pure function over what modules import: who broke it, in words that name both files.
import { posix } from 'node:path'
import { homes, processHomes, type Side, sides } from './layers.ts'
import type { ImportRecord, ModuleRecord } from './module-record.ts'

/** Where a file lives: its side, its room and the room's number. */
interface Place {
  readonly side: Side
  readonly room: string
  readonly number: number
}

/** All that breaks the rule, one line each; none when the house is in order. */
export function layerFaults(modules: readonly ModuleRecord[]): string[] {
  return [...modules.flatMap(moduleFaults), ...cycleFaults(modules)]
}

function moduleFaults(module: ModuleRecord): string[] {
  const { file, touchesProcess } = module
  const place = placeOf(file)
  if (!place) return [`${file} has no room: give it one in test/support/layers.ts`]
  const faults = module.imports.flatMap((imported) => importFault(file, place, imported) ?? [])
  if (touchesProcess && !isIn(processHomes, file)) {
    faults.push(`${file} touches process: only ${processHomes.join(', ')} may`)
  }
  return faults
}

function importFault(file: string, place: Place, imported: ImportRecord): string | undefined {
  const target = resolve(file, imported.specifier)
  if (target === undefined) return libraryFault(file, place, imported)
  const targetPlace = placeOf(target)
  // A style sheet has no room; a file without one is told so itself.
  if (!targetPlace) return undefined
  if (targetPlace.side !== place.side) return crossingFault(file, place, target, targetPlace)
  const isAllowed = targetPlace.number < place.number || isNeighbour(place, targetPlace)
  if (isAllowed) return undefined
  return `${file} (${place.number}) imports ${target} (${targetPlace.number}): only lower numbers, or its own folder`
}

/** In the same folder room, or files side by side with the same number. */
function isNeighbour(a: Place, b: Place): boolean {
  const areFiles = !a.room.endsWith('/') && !b.room.endsWith('/')
  return a.room === b.room || (areFiles && a.number === b.number)
}

function crossingFault(file: string, { side, number }: Place, target: string, targetPlace: Place): string | undefined {
  const { beneath, doors } = side
  if (beneath?.path === targetPlace.side.path) {
    if (targetPlace.number <= beneath.upTo) return undefined
    return `${file} (${number}) imports ${target} (${targetPlace.number}): of ${beneath.path} only up to ${beneath.upTo}`
  }
  if (target.startsWith('shared/') && doors.length > 0) {
    return `${file} imports ${target}: shared is imported by its doors, ${doors.join(', ')}`
  }
  return `${file} imports ${target}: ${side.path} and ${targetPlace.side.path} never import each other`
}

function libraryFault(file: string, { side }: Place, { specifier, isType }: ImportRecord): string | undefined {
  if (side.doors.includes(specifier)) return undefined
  const name = libraryOf(specifier)
  const home = homes[name]
  if (!home) return `${file} imports ${specifier}: ${name} has no home, give it one in test/support/layers.ts`
  if (isIn(home.values, file) || (isType && isIn(home.types ?? [], file))) return undefined
  const types = home.types ? ` (types: ${home.types.join(', ')})` : ''
  return `${file} imports ${specifier}: its home is ${home.values.join(', ')}${types}`
}

/** `lit/directives/repeat.js` -> `lit`, `@hono/node-server/x` -> `@hono/node-server`, `node:fs` -> `node:*`. */
function libraryOf(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:*'
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** The path from the root of what a relative import names. */
function resolve(file: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : undefined
}

function placeOf(file: string): Place | undefined {
  const side = sides.filter(({ path }) => file.startsWith(path)).sort((a, b) => b.path.length - a.path.length)[0]
  if (!side) return undefined
  const name = file.slice(side.path.length)
  const number = side.rooms.findIndex((rooms) => isIn(rooms, name))
  const room = side.rooms[number]?.find((candidate) => isIn([candidate], name))
  return room === undefined ? undefined : { side, room, number }
}

/** Whether the path is one of these files, or below one of these folders (which end in `/`). */
function isIn(paths: readonly string[], path: string): boolean {
  return paths.some((candidate) => candidate === path || (candidate.endsWith('/') && path.startsWith(candidate)))
}

/** Each way round that closes, once, whichever file the search enters it by. */
function cycleFaults(modules: readonly ModuleRecord[]): string[] {
  const targets = new Map(modules.map(({ file, imports }) => [file, resolveAll(file, imports)]))
  const done = new Set<string>()
  const faults: string[] = []
  const visit = (file: string, path: readonly string[]) => {
    const start = path.indexOf(file)
    if (start >= 0) faults.push(`cycle: ${[...path.slice(start), file].join(' -> ')}`)
    if (start >= 0 || done.has(file)) return
    for (const target of targets.get(file) ?? []) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of targets.keys()) visit(file, [])
  return faults
}

function resolveAll(file: string, imports: readonly ImportRecord[]): Set<string> {
  return new Set(imports.flatMap(({ specifier }) => resolve(file, specifier) ?? []))
}
