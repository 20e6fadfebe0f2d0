// What `npm run bench` does: the scenarios that are asked for, as tables for people and as JSON for programs.

import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { tableText } from './measure/table.ts'
import type { Effort, Finding, Report, Scenario } from './scenario.ts'
import { scenarios } from './scenarios/scenarios.ts'

/** What was asked for, or the line that says why it is not understood. */
export type Asked =
  | {
      readonly type: 'run'
      readonly scenarios: readonly Scenario[]
      readonly effort: Effort
      readonly file: string | undefined
    }
  | { readonly type: 'wrong'; readonly text: string }

const usage = `npm run bench -- [${scenarios.map(({ name }) => name).join('|')} ...] [--quick] [--json <file>]`

/** Reads the words of the command line. */
export function askedOf(words: readonly string[]): Asked {
  const rest = [...words]
  const take = (at: number, count: number) => (at < 0 ? [] : rest.splice(at, count))
  const [, file] = take(rest.indexOf('--json'), 2)
  const effort = take(rest.indexOf('--quick'), 1).length > 0 ? 'quick' : 'whole'
  const unknown = rest.find((word) => !scenarios.some(({ name }) => name === word))
  if (unknown !== undefined || words.includes('--json') !== (file !== undefined)) {
    return { type: 'wrong', text: `${unknown ?? '--json'}: is not understood\n${usage}` }
  }
  const named = scenarios.filter(({ name, isUsual }) => (rest.length === 0 ? isUsual : rest.includes(name)))
  return { type: 'run', scenarios: named, effort, file }
}

/** Measures, prints, and writes the file where one was named; resolves with the exit code. */
export async function bench(words: readonly string[]): Promise<number> {
  const asked = askedOf(words)
  if (asked.type === 'wrong') {
    process.stderr.write(`${asked.text}\n`)
    return 2
  }
  if (process.platform !== 'linux') {
    process.stderr.write('The bench needs Linux: it reads CPU time and memory of processes from /proc.\n')
    return 1
  }
  warnOfFiles()
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, platform: process.platform }
  const reports: Record<string, Report & { readonly title: string; readonly load: readonly number[] }> = {}
  for (const { name, title, run } of asked.scenarios) {
    process.stdout.write(`\n${title}\n`)
    const report = await run(asked.effort, (line) => void process.stderr.write(`  ${line}\n`))
    reports[name] = { title, ...report, load: loadavg() }
    process.stdout.write(`${textOf(report)}\n`)
  }
  process.stdout.write(`\n${machineText()}\n`)
  if (asked.file !== undefined) {
    const time = new Date().toISOString()
    writeFileSync(asked.file, `${JSON.stringify({ time, effort: asked.effort, machine, reports }, null, 2)}\n`)
  }
  return 0
}

/** A report for people. */
export function textOf({ columns, rows, findings, left }: Report): string {
  const table = rows.length === 0 ? [] : [tableText(columns, rows)]
  return [...table, ...(left === undefined ? [] : [left]), ...findings.map(findingText)].join('\n')
}

function findingText({ text, measured, atMost }: Finding): string {
  const verdict = measured <= atMost ? 'met' : 'not met'
  return `${text}: ${measured.toFixed(2)}, to reach at most ${atMost}: ${verdict}`
}

// Others on the machine make everything slower, and not evenly: ratios of one run stand, the rest does not.
function machineText(): string {
  const [minute = 0, , quarter = 0] = loadavg()
  return `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}; load average ${minute.toFixed(1)}, ${quarter.toFixed(1)} over 15 min. Compare ratios of one run, not numbers of two.`
}

// Node and the crowd raise their own limit as far as they may.
function warnOfFiles(): void {
  const wanted = 4_200
  const limits = readFileSync('/proc/self/limits', 'utf8')
  const hard = Number(/^Max open files\s+\S+\s+(\d+)/m.exec(limits)?.[1])
  if (hard < wanted)
    process.stderr.write(`4,000 viewers need ${wanted} open files, and ${hard} are allowed: ulimit -Hn\n`)
}
