// Runs a bench of this folder by its name, `npm run bench -- slow-readers`: Vite reads its TypeScript, as in tests.
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const folder = fileURLToPath(new URL('.', import.meta.url))
const benches = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''))
const [name = benches[0] ?? ''] = process.argv.slice(2)

if (benches.includes(name)) {
  await runnerImport(`${folder}${name}.bench.ts`, { configFile: false })
} else {
  console.error(`${name}: is no bench; there are ${benches.join(', ')}`)
  process.exitCode = 2
}
