// What a crowd costs while producers send much more than it can look at: total CPU, and how old the oldest number is.

import { findCompiler, noCompiler } from '../compiler.ts'
import { requestOf } from '../load/poster.ts'
import type { Production } from '../load/producers.ts'
import { samplesOf } from '../load/samples.ts'
import { interleaved } from '../measure/interleaved.ts'
import { median, merged, quantile, spread } from '../measure/quantile.ts'
import type { Row } from '../measure/table.ts'
import type { Effort, Finding, Report, Scenario } from '../scenario.ts'
import { measureWindow, type Stage, type Window, warm, withStages } from '../stage.ts'
import { chartroom } from '../subjects/chartroom.ts'
import { socketIo } from '../subjects/controls.ts'

/** How much, and for how long. */
export interface Plan {
  readonly viewers: number
  readonly samplesPerSecond: readonly number[]
  readonly turns: number
  readonly windowMs: number
  readonly warmMs: number
}

const paceMs = 1_000
const series = 200
const maxBatch = 100
// Nobody's number may be older than the pace and this.
const maxLateMs = 100
const group = 'bench'
// From here on it is a storm, in which passing each batch on is to cost ten times as much.
const stormRate = 20_000

const plans: Readonly<Record<Effort, Plan>> = {
  whole: { viewers: 1_000, samplesPerSecond: [10, 1_000, 20_000], turns: 3, windowMs: 6_000, warmMs: 3_000 },
  quick: { viewers: 1_000, samplesPerSecond: [20_000], turns: 2, windowMs: 3_000, warmMs: 1_500 },
}

/** A crowd at a pace of 1 s, and producers that know none. */
export const storm: Scenario = {
  name: 'storm',
  title:
    'A crowd at a pace of 1 s under a storm of samples (batches of 100 over 200 series): server CPU, ms each second',
  isUsual: true,
  run: (effort, say) => measureStorm(plans[effort], say),
}

/** Measures all rates of a plan. */
export async function measureStorm(plan: Plan, say: (line: string) => void): Promise<Report> {
  const compiler = await findCompiler()
  if (compiler === undefined) return { columns, rows: [], findings: [], left: noCompiler }
  const rows: Row[] = []
  for (const rate of plan.samplesPerSecond) {
    say(`${rate} samples a second`)
    const alone = await measureRate(compiler, rate, { ...plan, viewers: 1 }, [chartroom])
    const crowded = await measureRate(compiler, rate, plan, [socketIo, chartroom])
    rows.push(...withRatios([...alone, ...crowded]))
  }
  return { columns, rows, findings: rows.flatMap(findingsOf) }
}

const columns = [
  { key: 'samples', title: 'samples/s' },
  { key: 'viewers', title: 'viewers' },
  { key: 'subject', title: 'subject' },
  { key: 'cpuMs', title: 'CPU ms/s', digits: 1 },
  { key: 'spread', title: 'spread', digits: 2 },
  { key: 'socketIoRatio', title: 'x socket.io', digits: 3 },
  { key: 'late', title: 'posts late', digits: 2 },
  { key: 'deliveries', title: 'deliveries/s' },
  { key: 'kilobytes', title: 'KB/s a viewer', digits: 1 },
  { key: 'ageP50Ms', title: 'age p50 ms' },
  { key: 'ageP99Ms', title: 'p99 ms' },
  { key: 'ageMaxMs', title: 'max ms' },
] as const

async function measureRate(compiler: string, rate: number, plan: Plan, subjects: readonly Stage['subject'][]) {
  const productions = [productionOf(rate)]
  const audience = { viewers: plan.viewers, groups: [group], paceMs }
  return withStages(compiler, subjects, audience, async (stages) => {
    for (const stage of stages) await warm(stage, productions, plan.warmMs)
    const results = await interleaved(stages, plan.turns, (stage) =>
      measureWindow(stage, productions, { windowMs: plan.windowMs, isWatched: false }),
    )
    return [...results].map(([{ subject }, windows]) => rowOf(rate, plan.viewers, subject.name, windows))
  })
}

// A batch each second, or as many as it takes; one after another they go over all series.
function productionOf(rate: number): Production {
  const batch = Math.min(maxBatch, rate)
  const starts = Array.from({ length: series / batch }, (_, at) => at * batch)
  const requests = starts.map((start) => requestOf(group, JSON.stringify(samplesOf(batch, start))))
  return { requests, everyMs: (batch * 1_000) / rate }
}

function rowOf(rate: number, viewers: number, subject: string, windows: readonly Window[]): Row {
  // A server that is not fast enough was posted less: what all of it would have cost counts.
  const costs = windows.map(({ cpuMs, wallMs, produced }) => (cpuMs * 1_000) / (wallMs * (1 - lateOf(produced))))
  const age = merged(windows.map(({ seen }) => seen.age))
  const over = (pick: (window: Window) => number) => median(windows.map(pick))
  return {
    samples: rate,
    viewers,
    subject,
    cpuMs: median(costs),
    spread: spread(costs),
    late: over(({ produced }) => lateOf(produced)),
    deliveries: over(({ seen, wallMs }) => (seen.frames * 1_000) / wallMs),
    kilobytes: over(({ seen, wallMs }) => seen.bytes / wallMs / viewers),
    ageP50Ms: quantile(age, 0.5),
    ageP99Ms: quantile(age, 0.99),
    ageMaxMs: quantile(age, 1),
  }
}

function lateOf({ posts, late }: Window['produced']): number {
  return late / (posts + late)
}

function withRatios(rows: readonly Row[]): Row[] {
  const control = Number(rows.find(({ subject }) => subject === socketIo.name)?.cpuMs)
  return rows.map((row) => ({
    ...row,
    socketIoRatio: Number(row.viewers) > 1 ? Number(row.cpuMs) / control : undefined,
  }))
}

function findingsOf({ samples, viewers, subject, socketIoRatio, ageMaxMs }: Row): Finding[] {
  if (subject !== chartroom.name || viewers === 1) return []
  const at = `${samples} samples a second`
  const cpu = {
    text: `${at}: CPU, times Socket.IO that passes each batch on`,
    measured: Number(socketIoRatio),
    atMost: 0.1,
  }
  return [
    ...(Number(samples) >= stormRate ? [cpu] : []),
    { text: `${at}: age of the oldest number, ms`, measured: Number(ageMaxMs), atMost: paceMs + maxLateMs },
  ]
}
