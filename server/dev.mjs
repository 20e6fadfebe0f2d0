// For developing: both sides reload on save. The page is served by Vite, which hands /api, /ws and /healthz on to the
// server; the server starts anew when its build changes. Arguments go to the server. Ctrl-C ends all.
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const cwd = fileURLToPath(new URL('..', import.meta.url))
const serverArgs = process.argv.slice(2)
const { values } = parseArgs({ args: serverArgs, options: { port: { type: 'string' } }, strict: false })
const port = values.port ?? process.env.CHARTROOM_PORT ?? '3000'

const setUp = spawnSync(process.execPath, ['server/setup.mjs'], { cwd, stdio: 'inherit' })
if (setUp.status !== 0) process.exit(setUp.status ?? 1)

const env = { ...process.env, CHARTROOM_DEV_SERVER: `http://localhost:${port}` }
const children = [
  ['node_modules/typescript/bin/tsc', '-b', 'server', '--watch', '--preserveWatchOutput'],
  ['--watch', '--watch-preserve-output', 'dist/server/main.js', ...serverArgs],
  ['node_modules/vite/bin/vite.js', 'client', '--clearScreen', 'false'],
].map((args) => spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] }))

/** One ended, or we are told to: then none goes on. */
function endAll() {
  for (const child of children) child.kill('SIGTERM')
}

for (const child of children) child.on('exit', endAll)
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, endAll)
