// Where a Python is that has the package websockets, the stranger's client of the tests: Debian's python3-websockets.
import { spawnSync } from 'node:child_process'

// The first on PATH may be another than Debian's.
const pythons = ['python3', '/usr/bin/python3']

/** @returns {string | undefined} the program, or undefined when there is none that has the package */
export function findWebsockets() {
  return pythons.find((python) => spawnSync(python, ['-c', 'import websockets']).status === 0)
}
