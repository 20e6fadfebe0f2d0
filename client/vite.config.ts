// How the page is built and served while developing; its sources and the shared package's go in as they are.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { defaultClientConditions, defineConfig, type Plugin } from 'vite'

const serverUrl = process.env.CHARTROOM_DEV_SERVER ?? 'http://localhost:3000'

const packed = [
  ['br', brotliCompressSync],
  ['gz', (bytes: Buffer) => gzipSync(bytes, { level: 9 })],
] as const

// Packed here, once and as small as can be, so that the server packs nothing while somebody waits.
const packing: Plugin = {
  name: 'packing',
  async writeBundle({ dir = '' }, bundle) {
    for (const file of Object.values(bundle).filter(({ fileName }) => fileName.startsWith('assets/'))) {
      const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source)
      for (const [ending, pack] of packed) await writeFile(join(dir, `${file.fileName}.${ending}`), pack(bytes))
    }
  },
}

// One chunk each for what several parts need: many small ones would pack worse.
const sharedChunks = [
  { name: 'echarts', test: /node_modules\/(?:echarts|zrender|tslib)\//, minShareCount: 3 },
  { name: 'page', minShareCount: 3 },
]

export default defineConfig({
  root: import.meta.dirname,
  plugins: [packing],
  resolve: { conditions: ['chartroom:source', ...defaultClientConditions] },
  build: {
    outDir: fileURLToPath(new URL('../dist/client', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    // The first that know light-dark(): without them the palette would be written out twice.
    cssTarget: ['chrome123', 'edge123', 'firefox126', 'safari17.5'],
    // The page's policy allows no data: scripts or styles, and small files compress better on their own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: { output: { codeSplitting: { groups: sharedChunks } } },
  },
  server: {
    port: 5173,
    proxy: {
      // Not the short form: it would rewrite Host, and the server would take the page for a foreign one.
      '/api': { target: serverUrl },
      '/healthz': { target: serverUrl },
      '/ws': { target: serverUrl, ws: true },
    },
  },
})
