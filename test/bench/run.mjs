// `npm run bench`: Vite reads the TypeScript of this folder, as in tests. What is measured are processes of their own.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const main = fileURLToPath(new URL('bench.ts', import.meta.url))
/** @type {{ module: typeof import('./bench.ts') }} */
const { module } = await runnerImport(main, { configFile: false })
process.exitCode = await module.bench(process.argv.slice(2))
