// Ends every run with one plain line that a machine can read: how many tests passed, failed and were skipped.
import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/** `12 passed, 0 failed`; a file that could not be loaded and an error outside of any test are failures too. */
function summaryLine(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): string {
  const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 }
  for (const module of modules) {
    if (module.errors().length > 0) count.failed += 1
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed' || state === 'skipped') count[state] += 1
      else count.failed += 1
    }
  }
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
  return `${count.passed} passed, ${count.failed} failed${skipped}`
}

export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    process.stdout.write(`${summaryLine(modules, unhandledErrors)}\n`)
  }
}
