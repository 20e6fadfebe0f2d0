// What is installed for a package: which others come with it, as npm's lock says, and how many bytes they are. It installs
// nothing.

import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What of a lock of npm is read (lockfileVersion 3): packages by their folder. */
export interface Lock {
  readonly packages: Readonly<Record<string, Locked>>
}

/** What of one package is read. */
export interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
  /** The folder that stands for this one: a workspace. */
  readonly resolved?: string
  readonly link?: boolean
}

/** The folders of all packages that come with those that a folder names, its own not among them. */
export function foldersOf(lock: Lock, from: string, names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  const add = (within: string, wanted: readonly string[]) => {
    for (const name of wanted) {
      const folder = resolved(lock, within, name)
      // Optional, and not for this machine.
      if (folder === undefined || found.has(folder)) continue
      found.add(folder)
      add(folder, neededBy(lock.packages[folder] ?? {}))
    }
  }
  add(from, names)
  return found
}

/** Those that npm installs for a package. */
export function neededBy({ dependencies, optionalDependencies, ...peers }: Locked): readonly string[] {
  const isOptional = (name: string) => peers.peerDependenciesMeta?.[name]?.optional === true
  const wantedPeers = Object.keys(peers.peerDependencies ?? {}).filter((name) => !isOptional(name))
  return [...Object.keys(dependencies ?? {}), ...Object.keys(optionalDependencies ?? {}), ...wantedPeers]
}

// As Node looks for it: in the folder's own node_modules, then in that of each around it.
function resolved({ packages }: Lock, from: string, name: string): string | undefined {
  for (let within = from; ; within = within.slice(0, Math.max(0, within.lastIndexOf('/')))) {
    const folder = join(within, 'node_modules', name)
    const found = packages[folder]
    if (found !== undefined) return found.link === true ? found.resolved : folder
    if (within === '') return undefined
  }
}

/** Bytes of all files of a folder, without the packages in it; 0 where there is none. */
export function bytesOf(folder: string): number {
  if (!existsSync(folder)) return 0
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .reduce((sum, entry) => sum + sizeOf(join(folder, entry.name), entry.isDirectory()), 0)
}

function sizeOf(path: string, isFolder: boolean): number {
  return isFolder ? bytesOf(path) : lstatSync(path).size
}
