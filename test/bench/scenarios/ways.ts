// What a viewer costs by each way in: server CPU, requests and bytes for each minute, in a group where nothing happens, in
// a busy one, and in that of this machine's own numbers. All ways are looked at together: what disturbs the machine
// disturbs all of them.

import { type Way, ways } from '../load/ways.ts'
import type { Row } from '../measure/table.ts'
import type { Effort, Finding, Report, Scenario } from '../scenario.ts'
import { hostGroup, type Seat, type Taken, withSeats } from '../seats.ts'
import { chartroom } from '../subjects/chartroom.ts'

/** What happens in the group. */
type Load = 'quiet' | 'busy' | 'host'

/** How many viewers of each way; for how long each load is looked at, 0: not at all. */
export interface Plan {
  readonly ways: readonly Way[]
  readonly viewers: number
  readonly warmMs: number
  readonly windowMs: Readonly<Record<Load, number>>
}

// In this time all that comes seldom has come as often to everybody: a ping after 5 s, a comment after 15 s, the end of
// a long poll after 25 s.
const fairMs = 75_000

const fewNames = [
  'poll each 1 s',
  'long poll',
  'event stream',
  'WebSocket',
  'WebSocket, packed',
  'Socket.IO, WebSocket',
]
const few = ways.filter(({ name }) => fewNames.includes(name))

const plans: Readonly<Record<Effort, Plan>> = {
  whole: { ways, viewers: 100, warmMs: 5_000, windowMs: { quiet: fairMs, busy: 60_000, host: fairMs } },
  quick: { ways: few, viewers: 100, warmMs: 1_500, windowMs: { quiet: 4_000, busy: 4_000, host: 0 } },
}

const minuteMs = 60_000
const minutesPerHour = 60

/** The ways in. */
export const waysIn: Scenario = {
  name: 'ways',
  title: 'Ways in, each viewer-minute: server CPU, ms; requests; KB with all heads, as a browser sends them',
  isUsual: true,
  run: (effort, say) => measureWays(plans[effort], say),
}

/** Measures the loads of a plan. */
export async function measureWays(plan: Plan, say: (line: string) => void): Promise<Report> {
  const ours = plan.ways.filter(({ subject }) => subject === chartroom)
  const began = { cpu: process.cpuUsage(), ms: performance.now() }
  const rows = [
    ...(await measureGroup('bench', ['quiet', 'busy'], plan, say)),
    ...(plan.windowMs.host > 0 ? await measureGroup(hostGroup, ['host'], { ...plan, ways: ours }, say) : []),
  ]
  const { user, system } = process.cpuUsage(began.cpu)
  const busy = (user + system) / 1e3 / (performance.now() - began.ms)
  return { columns, rows, findings: findingsOf(rows), left: `The load was busy for ${busy.toFixed(2)} of the time.` }
}

const columns = [
  { key: 'load', title: 'group' },
  { key: 'way', title: 'way' },
  { key: 'cpuMs', title: 'CPU ms', digits: 2 },
  { key: 'ratio', title: 'x WebSocket', digits: 1 },
  { key: 'requests', title: 'requests', digits: 1 },
  { key: 'receivedKb', title: 'KB received', digits: 1 },
  { key: 'sentKb', title: 'KB sent', digits: 1 },
  { key: 'updates', title: 'updates', digits: 1 },
  { key: 'megabytes', title: 'MB an hour', digits: 2 },
] as const

async function measureGroup(group: string, loads: readonly Load[], plan: Plan, say: (line: string) => void) {
  const seats = plan.ways.map((way): Seat => ({ subject: way.subject, way }))
  const empty = [...new Set(plan.ways.map(({ subject }) => subject))].map((subject) => ({ subject, way: undefined }))
  return withSeats([...empty, ...seats], { ...plan, group }, async ({ measure }) => {
    const rows: Row[] = []
    for (const load of loads) {
      say(`${load}, ${plan.viewers} viewers of each way`)
      const windowMs = plan.windowMs[load]
      const taken = await measure(windowMs, load === 'busy')
      rows.push(...rowsOf(load, taken, (plan.viewers * windowMs) / minuteMs))
    }
    return rows
  })
}

function rowsOf(load: Load, taken: readonly Taken[], viewerMinutes: number): Row[] {
  const rows = taken.flatMap((one) => {
    const { subject, way } = one.seat
    if (way === undefined) return []
    const empty = taken.find(({ seat }) => seat.subject === subject && seat.way === undefined)
    return [rowOf(load, way, one, empty?.cpuMs ?? Number.NaN, viewerMinutes)]
  })
  const control = Number(rowNamed(rows, load, 'WebSocket')?.cpuMs)
  // Beside next to nothing everything is much.
  return rows.map((row) => ({ ...row, ratio: load === 'quiet' ? undefined : Number(row.cpuMs) / control }))
}

// What the numbers cost that come in is nobody's: a server without viewers tells it.
function rowOf(load: Load, { name }: Way, taken: Taken, emptyMs: number, viewerMinutes: number): Row {
  const { cpuMs, requests, received, sent, updates } = taken
  return {
    load,
    way: name,
    cpuMs: (cpuMs - emptyMs) / viewerMinutes,
    requests: requests / viewerMinutes,
    receivedKb: received / viewerMinutes / 1e3,
    sentKb: sent / viewerMinutes / 1e3,
    updates: updates / viewerMinutes,
    megabytes: ((received + sent) * minutesPerHour) / viewerMinutes / 1e6,
  }
}

function rowNamed(rows: readonly Row[], load: Load, name: string): Row | undefined {
  return rows.find((row) => row.load === load && row.way === name)
}

// A frame that is compressed once for all is to cost a delivery nothing more.
function findingsOf(rows: readonly Row[]): Finding[] {
  const packed = rowNamed(rows, 'busy', 'WebSocket, packed')
  if (packed === undefined) return []
  return [{ text: 'busy: CPU of the packed WebSocket, times the plain', measured: Number(packed.ratio), atMost: 1.1 }]
}
