// Builds the pages of e2e/frameworks as a stranger's build would, and serves them at an address of their own.

import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build, defaultClientConditions } from 'vite'
import { z } from 'zod'

const folder = fileURLToPath(new URL('../e2e/frameworks/', import.meta.url))
const addressOf = z.object({ port: z.number() })

/** The frameworks that have a page. */
export const frameworks = ['vue', 'react'] as const
export type Framework = (typeof frameworks)[number]

/** The pages, until they are closed. */
export interface FrameworkPages {
  /** Their origin; the page of a framework is at `/vue`. */
  readonly url: string
  close(): Promise<void>
}

/** Builds and serves the pages of all frameworks. */
export async function serveFrameworkPages(): Promise<FrameworkPages> {
  const server = serve(await buildScripts())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = addressOf.parse(server.address())
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}

/** Scripts by file name, as a framework is while one writes with it: with its warnings, and React's StrictMode. */
async function buildScripts(): Promise<ReadonlyMap<string, string>> {
  const built = await build({
    root: folder,
    configFile: false,
    logLevel: 'warn',
    resolve: { conditions: ['chartroom:source', ...defaultClientConditions] },
    define: {
      'process.env.NODE_ENV': '"development"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    build: {
      write: false,
      minify: false,
      rolldownOptions: {
        input: { vue: `${folder}vue-page.ts`, react: `${folder}react-page.tsx` },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  })
  if (!Array.isArray(built) && !('output' in built)) throw new Error('The build watches, instead of ending.')
  const chunks = [built].flat().flatMap(({ output }) => output.flatMap((file) => (file.type === 'chunk' ? file : [])))
  return new Map(chunks.map(({ fileName, code }) => [fileName, code]))
}

function serve(scripts: ReadonlyMap<string, string>): Server {
  return createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://pages')
    const name = pathname.slice(1)
    const script = scripts.get(name)
    response.setHeader('Content-Type', script === undefined ? 'text/html' : 'text/javascript')
    response.end(script ?? pageOf(name))
  })
}

function pageOf(framework: string): string {
  const icon = '<link rel="icon" href="data:,">'
  return `<!doctype html><title>${framework}</title>${icon}<script type="module" src="/${framework}.js"></script>`
}
