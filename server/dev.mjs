// For developing: both sides reload on save. The page is served by Vite, which hands /api, /ws and /healthz on to the
// server; the server is built when its sources change, and starts anew then. Arguments go to the server. Ctrl-C ends all.
import { spawn, spawnSync } from 'node:child_process'
import { watch } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const cwd = fileURLToPath(new URL('..', import.meta.url))
/** There each child leads a process group of its own. */
const isPosix = process.platform !== 'win32'
const serverArgs = process.argv.slice(2)
const { values } = parseArgs({ args: serverArgs, options: { port: { type: 'string' } }, strict: false })
const port = values.port ?? process.env.CHARTROOM_PORT ?? '3000'

const setUp = spawnSync(process.execPath, ['server/setup.mjs'], { cwd, stdio: 'inherit' })
if (setUp.status !== 0) process.exit(setUp.status ?? 1)

const env = { ...process.env, CHARTROOM_DEV_SERVER: `http://localhost:${port}` }
const children = [
  ['--watch', '--watch-preserve-output', 'dist/server/main.js', ...serverArgs],
  ['node_modules/vite/bin/vite.js', 'client', '--clearScreen', 'false'],
].map((args) => spawn(process.execPath, args, { cwd, env, detached: isPosix, stdio: ['ignore', 'inherit', 'inherit'] }))

// What an editor writes in several steps is built once.
const settleMs = 100
/** @type {NodeJS.Timeout | undefined} */
let settling

function build() {
  spawn(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'server'], { cwd, stdio: 'inherit' })
}

// TypeScript's own watcher misses files that an editor replaces.
const watchers = ['server', 'shared'].map((side) =>
  watch(`${cwd}${side}`, { recursive: true }, (_, file) => {
    if (file === null || !file.endsWith('.ts') || file.startsWith('dist')) return
    clearTimeout(settling)
    settling = setTimeout(build, settleMs)
  }),
)

let isEnding = false

/** One ended, or we are told to: then none goes on, nor what it started (the compiler is a child of its script). */
function endAll() {
  if (isEnding) return
  isEnding = true
  for (const watcher of watchers) watcher.close()
  for (const child of children) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) continue
    if (isPosix) process.kill(-child.pid, 'SIGTERM')
    else child.kill()
  }
}

for (const child of children) child.on('exit', endAll)
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, endAll)
