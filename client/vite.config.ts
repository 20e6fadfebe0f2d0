// How the page is built and served while developing; its sources and the shared package's go in as they are.
import { fileURLToPath } from 'node:url'
import { defaultClientConditions, defineConfig } from 'vite'

const serverUrl = process.env.CHARTROOM_DEV_SERVER ?? 'http://localhost:3000'

export default defineConfig({
  root: import.meta.dirname,
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
