// Which tests exist and how each kind runs: units and wires together, for those compute and these wait; then pages, which
// have both cores of a small machine busy; then the faults.
import { fileURLToPath } from 'node:url'
import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

/** Tests run the shared package from its sources. */
const conditions = ['chartroom:source', ...defaultServerConditions]
const root = fileURLToPath(new URL('..', import.meta.url))
/** How long a test of a wire or a page waits for what it means; the default second is less than a slow machine's pace. */
const patience = { poll: { timeout: 10_000, interval: 50 } }
const shared = { root, resolve: { conditions }, ssr: { resolve: { conditions } } }

// Files of one worker share the modules that they import: nothing of ours keeps a state between them, and loading all of it
// for each file took more time than the tests of most.
export default defineConfig({
  root,
  test: {
    globalSetup: './test/support/temp-folder.ts',
    reporters: ['default', './test/support/summary-reporter.ts'],
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/wire/**', 'test/e2e/**', 'test/fault/**'],
          testTimeout: 60_000,
          isolate: false,
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        ...shared,
        test: {
          name: 'wire',
          expect: patience,
          include: ['test/wire/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          isolate: false,
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        ...shared,
        test: {
          name: 'browser',
          expect: patience,
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          isolate: false,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...shared,
        test: {
          name: 'fault',
          expect: patience,
          include: ['test/fault/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 60_000,
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
