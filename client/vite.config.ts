// How the page is built and served while developing; its sources and the shared package's go in as they are.
import { readFile, writeFile } from 'node:fs/promises'
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
    const look = await readFile(fileURLToPath(new URL('public/look.js', import.meta.url)))
    for (const [ending, pack] of packed) await writeFile(join(dir, `look.js.${ending}`), pack(look))
  },
}

// What the page starts with, and what is both in the lobby and on a chart: numbers, how they went, and who is there.
const start =
  /client\/(?:main|part|page-key|charts\/(?:glyph|passed)|conversation\/prose|people\/avatar|views\/(?:connection-state|headline|mark))\.ts$|shared\/option\/(?:quantity|shown)\.ts$|style\/sparkline|lit-html/

// Few chunks, each with what it needs: many small ones pack worse.
const chunks = [
  { name: 'echarts', test: /node_modules\/(?:echarts|zrender|tslib)\//, minShareCount: 3 },
  { name: 'start', test: start },
  { name: 'charts', test: /client\/charts\/chart-card\.ts$/ },
]

// What ECharts and its canvas import and nothing of ours reaches: options and events as its versions 2 to 4 had them, its
// spinner, its dark look, its words for toolboxes, tooltips, logarithmic axes, ticks of two axes in step, tables that are
// transformed, lines that move or are thinned out, paths written as SVG writes them, and all that follows a pointer. Shared
// by all kinds, they would be 16 KB of the first chart. test/e2e/kinds.test.ts draws all kinds with what is left, and
// test/e2e/size.test.ts each alone.
const unreached: Readonly<Record<string, string>> = {
  'echarts/lib/chart/line/lineAnimationDiff': 'export default () => []',
  'echarts/lib/component/tooltip/seriesFormatTooltip': 'export const defaultSeriesFormatTooltip = () => undefined',
  'echarts/lib/coord/axisAlignTicks': 'export const scaleCalcAlign = () => {}',
  'echarts/lib/data/helper/transform':
    'export const applyDataTransform = () => []; export const registerExternalTransform = () => {}',
  // An axis of time asks for the names of months, although it writes none.
  'echarts/lib/i18n/langEN': 'export default { time: { month: [], monthAbbr: [], dayOfWeek: [], dayOfWeekAbbr: [] } }',
  'echarts/lib/i18n/langZH': 'export default {}',
  'echarts/lib/legacy/dataSelectAction':
    'export const handleLegacySelectEvents = () => {}; export const createLegacyDataSelectAction = () => {}',
  'echarts/lib/loading/default': 'export default () => {}',
  'echarts/lib/preprocessor/backwardCompat': 'export default () => {}',
  // The server thins out what is older than its window's points.
  'echarts/lib/processor/dataSample': 'export default (seriesType) => ({ seriesType, reset() {} })',
  'echarts/lib/scale/Log': 'export default class {}',
  'echarts/lib/theme/dark': 'export default {}',
  'echarts/lib/util/ECEventProcessor': 'export class ECEventProcessor {}',
  // What points at a chart is ours: no canvas listens to a pointer, and ECharts listens to what never comes.
  'zrender/lib/Handler':
    "import Eventful from './core/Eventful.js'; export default class extends Eventful { resize() {} dispose() {} }",
  'zrender/lib/dom/HandlerProxy': 'export default class {}',
  'zrender/lib/tool/path':
    'const none = () => {}; export { none as createFromString, none as extendFromString, none as mergePath }',
}

const leavingOut: Plugin = {
  name: 'leaving-out',
  load(id) {
    const [, path = ''] = /node_modules\/((?:echarts|zrender)\/lib\/.+)\.js$/.exec(id) ?? []
    return unreached[path]
  },
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [leavingOut, packing],
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
    rolldownOptions: { output: { codeSplitting: { groups: chunks } } },
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
