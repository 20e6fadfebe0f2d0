// What a server brings along: the packages of Chartroom's server and of Socket.IO's, as they are installed here.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bytesOf, foldersOf, type Lock, neededBy } from '../measure/install.ts'
import type { Row } from '../measure/table.ts'
import type { Report, Scenario } from '../scenario.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
// What npm fetches is in such folders; the rest is ours.
const fetched = 'node_modules/'

/** The size of an installation. */
export const install: Scenario = {
  name: 'install',
  title: 'What an installation for production brings along (packages for another libc of this platform too)',
  isUsual: true,
  run: async () => measureInstall(),
}

/** Weighs both, and the largest of what Chartroom brings. */
export function measureInstall(): Report {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock // npm wrote it
  const chartroom = foldersOf(lock, '', neededBy(lock.packages[''] ?? {}))
  const socketIo = foldersOf(lock, '', ['socket.io'])
  const own = ['dist/server', 'dist/client', 'shared/dist'].reduce(
    (sum, folder) => sum + bytesOf(join(root, folder)),
    0,
  )
  return {
    columns,
    rows: [rowOf('chartroom', chartroom, own), rowOf('socket.io', socketIo, undefined)],
    findings: [],
    left: `The largest of Chartroom's: ${largest(chartroom)}.`,
  }
}

const columns = [
  { key: 'server', title: 'server' },
  { key: 'packages', title: 'packages' },
  { key: 'megabytes', title: 'MB', digits: 2 },
  { key: 'ownMegabytes', title: 'own, built, MB', digits: 2 },
] as const

function rowOf(server: string, folders: ReadonlySet<string>, ownBytes: number | undefined): Row {
  const packages = weighed(folders)
  return {
    server,
    packages: packages.length,
    megabytes: packages.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6,
    ownMegabytes: ownBytes === undefined ? undefined : ownBytes / 1e6,
  }
}

function largest(folders: ReadonlySet<string>): string {
  const sorted = weighed(folders).toSorted((a, b) => b.bytes - a.bytes)
  return sorted
    .slice(0, 5)
    .map(({ name, bytes }) => `${name} ${(bytes / 1e6).toFixed(1)} MB`)
    .join(', ')
}

// What is in the lock and not on this machine is for another.
function weighed(folders: ReadonlySet<string>): readonly { readonly name: string; readonly bytes: number }[] {
  return [...folders]
    .filter((folder) => folder.startsWith(fetched))
    .map((folder) => ({ name: folder.slice(fetched.length), bytes: bytesOf(join(root, folder)) }))
    .filter(({ bytes }) => bytes > 0)
}
