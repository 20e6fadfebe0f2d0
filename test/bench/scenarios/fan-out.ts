// What it costs to show one update of 1 KB to many: server CPU for each delivery, latency, delay of the event loop.

import { findCompiler, noCompiler } from '../compiler.ts'
import { requestOf } from '../load/poster.ts'
import { samplesOf } from '../load/samples.ts'
import { interleaved } from '../measure/interleaved.ts'
import { median, merged, quantile, spread } from '../measure/quantile.ts'
import type { Row } from '../measure/table.ts'
import type { Effort, Finding, Report, Scenario } from '../scenario.ts'
import { measureWindow, type Stage, type Window, warm, withStages } from '../stage.ts'
import { chartroom } from '../subjects/chartroom.ts'
import { floorOf, socketIo, ws } from '../subjects/controls.ts'

/** One crowd at one load. Viewers follow all groups, of which each changes so often. */
export interface Case {
  readonly viewers: number
  readonly groups: number
  readonly everyMs: number
}

/** Which cases, how often, and for how long. */
export interface Plan {
  readonly cases: readonly Case[]
  readonly turns: number
  readonly windowMs: number
  readonly warmMs: number
}

// As JSON that names its group and time they are the 1 KB of an update, 984 bytes.
const samplesOfUpdate = 14
// Chartroom's fastest: what is posted less often goes out at once.
const paceMs = 100
// Posted less often than this, each update has arrived before the next.
const aloneMs = 500
// Below so many deliveries a second, watching the event loop would cost as much as they do.
const watchedFrom = 10_000
// A server that is this busy has no time left.
const fullBusy = 0.9

// Viewers follow 32 groups at most; beyond a group for each 100 ms it is a matter of deliveries a second.
const saturating = (viewers: number): Case => ({ viewers, groups: viewers < 4_000 ? 32 : 8, everyMs: 100 })
const paced = (viewers: number, everyMs: number): Case => ({ viewers, groups: 1, everyMs })

const plans: Readonly<Record<Effort, Plan>> = {
  whole: {
    cases: [20, 200, 1_000, 4_000].flatMap((viewers) => [
      paced(viewers, 1_000),
      paced(viewers, 100),
      saturating(viewers),
    ]),
    turns: 3,
    windowMs: 4_000,
    warmMs: 3_000,
  },
  quick: { cases: [paced(1_000, 100)], turns: 3, windowMs: 1_500, warmMs: 1_500 },
}

/** The fan-out of one update to many. */
export const fanOut: Scenario = {
  name: 'fan-out',
  title: 'Fan-out of the same 14 numbers (1 KB as JSON): server CPU for each delivery, us; latency from the post, ms',
  isUsual: true,
  run: (effort, say) => measureFanOut(plans[effort], say),
}

/** Measures all cases of a plan. */
export async function measureFanOut(plan: Plan, say: (line: string) => void): Promise<Report> {
  const compiler = await findCompiler()
  if (compiler === undefined) return { columns, rows: [], findings: [], left: noCompiler }
  const rows: Row[] = []
  for (const each of plan.cases) {
    say(`${each.viewers} viewers, ${loadOf(each)}`)
    rows.push(...(await measureCase(compiler, each, plan)))
  }
  return { columns, rows, findings: findingsOf(rows) }
}

const columns = [
  { key: 'viewers', title: 'viewers' },
  { key: 'load', title: 'load' },
  { key: 'subject', title: 'subject' },
  { key: 'cpuUs', title: 'us', digits: 1 },
  { key: 'spread', title: 'spread', digits: 2 },
  { key: 'floorRatio', title: 'x floor', digits: 2 },
  { key: 'socketIoRatio', title: 'x socket.io', digits: 2 },
  { key: 'busy', title: 'busy', digits: 2 },
  { key: 'deliveries', title: 'deliveries/s' },
  { key: 'bytes', title: 'bytes' },
  { key: 'latencyP50Ms', title: 'p50 ms', digits: 1 },
  { key: 'latencyP99Ms', title: 'p99 ms', digits: 1 },
  { key: 'loopP99Ms', title: 'loop p99 ms', digits: 1 },
  { key: 'loadBusy', title: 'load busy', digits: 2 },
] as const

async function measureCase(compiler: string, each: Case, plan: Plan): Promise<Row[]> {
  const { viewers, everyMs } = each
  const samples = samplesOf(samplesOfUpdate)
  const groups = Array.from({ length: each.groups }, (_, at) => `bench${at}`)
  const requests = groups.map((group) => requestOf(group, JSON.stringify(samples)))
  const at = (ms: number) => requests.map((request) => ({ requests: [request], everyMs: ms }))
  const floor = floorOf(compiler, JSON.stringify({ type: 'metrics', group: groups[0], samples }))
  const subjects = [floor, ws, socketIo, chartroom]
  return withStages(compiler, subjects, { viewers, groups, paceMs }, async (stages) => {
    for (const stage of stages) await warm(stage, at(paceMs), plan.warmMs)
    const results = await interleaved(stages, plan.turns, (stage) => {
      const isWatched = stage.subject.isNode && (viewers * groups.length * 1_000) / everyMs >= watchedFrom
      return measureWindow(stage, at(everyMs), { windowMs: plan.windowMs, isWatched })
    })
    return rowsOf(each, results)
  })
}

function rowsOf(each: Case, results: ReadonlyMap<Stage, readonly Window[]>): Row[] {
  const rows = [...results].map(([{ subject }, windows]) => rowOf(each, subject.name, windows))
  const costOf = (name: string) => Number(rows.find(({ subject }) => subject === name)?.cpuUs)
  return rows.map((row) => ({
    ...row,
    floorRatio: Number(row.cpuUs) / costOf('floor'),
    socketIoRatio: Number(row.cpuUs) / costOf('socket.io'),
  }))
}

function rowOf(each: Case, subject: string, windows: readonly Window[]): Row {
  const costs = windows.map(({ cpuMs, seen }) => (cpuMs * 1_000) / seen.frames)
  const over = (pick: (window: Window) => number) => median(windows.map(pick))
  const latency = merged(windows.map(({ seen }) => seen.latency))
  // With more posts than one under way, or one on another's heels, nobody knows which of them a frame answers.
  const isPaired = each.groups === 1 && each.everyMs >= aloneMs
  return {
    viewers: each.viewers,
    load: loadOf(each),
    subject,
    cpuUs: median(costs),
    spread: spread(costs),
    busy: over(({ cpuMs, wallMs }) => cpuMs / wallMs),
    deliveries: over(({ seen, wallMs }) => (seen.frames * 1_000) / wallMs),
    bytes: over(({ seen }) => seen.bytes / seen.frames),
    latencyP50Ms: isPaired ? quantile(latency, 0.5) : undefined,
    latencyP99Ms: isPaired ? quantile(latency, 0.99) : undefined,
    loopP99Ms: windows[0]?.loopP99Ms === undefined ? undefined : over(({ loopP99Ms }) => loopP99Ms ?? Number.NaN),
    loadBusy: over(({ loadMs, wallMs }) => loadMs / wallMs),
  }
}

function loadOf({ groups, everyMs }: Case): string {
  return groups === 1 ? `each ${everyMs} ms` : `${groups} groups, each ${everyMs} ms`
}

function findingsOf(rows: readonly Row[]): Finding[] {
  return rows
    .filter(({ subject, viewers }) => subject === chartroom.name && Number(viewers) >= 1_000)
    .flatMap((row) => goalsOf(row, rows))
    .filter(({ measured }) => !Number.isNaN(measured))
}

// The goals of the fan-out, for crowds.
function goalsOf(row: Row, rows: readonly Row[]): Finding[] {
  const { viewers, load } = row
  const other = rows.find((each) => each.viewers === viewers && each.load === load && each.subject === socketIo.name)
  const at = `${viewers} viewers, ${load}`
  const isFree = Number(row.busy) < fullBusy
  return [
    { text: `${at}: CPU, times the floor`, measured: Number(row.floorRatio), atMost: 1.35 },
    { text: `${at}: CPU, times Socket.IO`, measured: Number(row.socketIoRatio), atMost: 0.62 },
    {
      text: `${at}: p99 from post to receipt, times Socket.IO`,
      measured: Number(row.latencyP99Ms) / Number(other?.latencyP99Ms),
      atMost: 1,
    },
    {
      text: `${at}: delay of the event loop, p99 ms`,
      measured: isFree ? Number(row.loopP99Ms) : Number.NaN,
      atMost: 20,
    },
  ]
}
