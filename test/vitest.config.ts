// Which tests exist and how each kind runs: units and wires together, for those compute and these wait; then pages, which
// have both cores of a small machine busy; then the faults.
import { fileURLToPath } from 'node:url'
import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import { patienceMs } from './support/patience.ts'

/** Tests run the shared package from its sources. */
const conditions = ['chartroom:source', ...defaultServerConditions]
const root = fileURLToPath(new URL('..', import.meta.url))
const shared = { root, resolve: { conditions }, ssr: { resolve: { conditions } } }
/** What waits has patience, and what is long has room: no test may fail because a machine is some times slower. */
const slow = {
  expect: { poll: { timeout: patienceMs, interval: 50 } },
  testTimeout: 4 * patienceMs,
  hookTimeout: 2 * patienceMs,
}

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
          ...slow,
          isolate: false,
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        ...shared,
        test: {
          name: 'wire',
          include: ['test/wire/**/*.test.ts'],
          ...slow,
          isolate: false,
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        ...shared,
        test: {
          name: 'browser',
          include: ['test/e2e/**/*.test.ts'],
          ...slow,
          isolate: false,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...shared,
        test: {
          name: 'fault',
          include: ['test/fault/**/*.test.ts'],
          ...slow,
          testTimeout: 15 * patienceMs,
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
