// What a binary codec would save: the updates of the group `host`, at a pace of 1 s, as JSON and as MessagePack, each plain
// and packed. Bytes, and CPU to write and to read one. PROTOCOL.md T9 says what followed.

import { setTimeout as sleep } from 'node:timers/promises'
import { openRecording } from '../load/recording.ts'
import { type Codec, codecs } from '../measure/codecs.ts'
import { interleaved } from '../measure/interleaved.ts'
import { median, spread } from '../measure/quantile.ts'
import type { Row } from '../measure/table.ts'
import type { Effort, Finding, Report, Scenario } from '../scenario.ts'
import { hostGroup } from '../seats.ts'
import { startChartroom } from '../subjects/chartroom.ts'

/** For how long the real source is listened to, and how often and for how long each codec is measured. */
export interface Plan {
  readonly recordMs: number
  readonly turns: number
  readonly turnMs: number
}

const plans: Readonly<Record<Effort, Plan>> = {
  whole: { recordMs: 300_000, turns: 7, turnMs: 300 },
  quick: { recordMs: 20_000, turns: 3, turnMs: 200 },
}

const hourMs = 3_600_000
// What would make a second codec worth its keeping, in every client too: less than this of what packed JSON takes.
const pays = 0.8

/** JSON against MessagePack. It listens to this machine for minutes. */
export const codecsCompared: Scenario = {
  name: 'codecs',
  title: "A binary codec for the server's own numbers of this machine, an update a second: bytes; CPU for each, us",
  isUsual: false,
  run: (effort) => measureCodecs(plans[effort]),
}

/** Listens, then measures each codec on what came. */
export async function measureCodecs({ recordMs, turns, turnMs }: Plan): Promise<Report> {
  const updates = await record(recordMs)
  const perHour = (updates.length * hourMs) / recordMs
  const results = await interleaved(codecs, turns, async (codec) => timesOf(codec, updates, turnMs))
  const rows = withRatios([...results].map(([codec, times]) => rowOf(codec, updates, perHour, times)))
  const left = `${updates.length} updates, of ${recordMs / 60_000} minutes`
  return { columns, rows, findings: findingsOf(rows), left }
}

const columns = [
  { key: 'codec', title: 'codec' },
  { key: 'bytes', title: 'bytes', digits: 1 },
  { key: 'ratio', title: 'x packed JSON', digits: 2 },
  { key: 'kilobytes', title: 'KB an hour' },
  { key: 'writeUs', title: 'us to write', digits: 1 },
  { key: 'spread', title: 'spread', digits: 2 },
  { key: 'readUs', title: 'us to read', digits: 1 },
] as const

async function record(forMs: number): Promise<readonly unknown[]> {
  const server = await startChartroom({ hasHost: true })
  const recording = await openRecording(server.port, hostGroup)
  await sleep(forMs)
  recording.close()
  await server.stop()
  // The first is the whole group, and comes once.
  return recording.updates.slice(1).map((text) => JSON.parse(text))
}

/** CPU for one update, us. */
interface Times {
  readonly writeUs: number
  readonly readUs: number
}

function timesOf({ write, read }: Codec, updates: readonly unknown[], forMs: number): Times {
  const messages = updates.map(write)
  return {
    writeUs: timeOf(() => updates.forEach(write), forMs) / updates.length,
    readUs: timeOf(() => messages.forEach(read), forMs) / updates.length,
  }
}

// Again and again, for as long; the mean of once, us.
function timeOf(run: () => void, forMs: number): number {
  const before = process.cpuUsage()
  let runs = 0
  for (const endMs = performance.now() + forMs; performance.now() < endMs; runs++) run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / runs
}

function rowOf({ name, write }: Codec, updates: readonly unknown[], perHour: number, times: readonly Times[]): Row {
  const bytes = updates.reduce<number>((sum, update) => sum + write(update).length, 0) / updates.length
  return {
    codec: name,
    bytes,
    kilobytes: (bytes * perHour) / 1e3,
    writeUs: median(times.map(({ writeUs }) => writeUs)),
    spread: spread(times.map(({ writeUs }) => writeUs)),
    readUs: median(times.map(({ readUs }) => readUs)),
  }
}

function withRatios(rows: readonly Row[]): Row[] {
  const control = bytesOf(rows, 'JSON, packed')
  return rows.map((row) => ({ ...row, ratio: Number(row.bytes) / control }))
}

function findingsOf(rows: readonly Row[]): Finding[] {
  const measured = bytesOf(rows, 'MessagePack, packed') / bytesOf(rows, 'JSON, packed')
  return [{ text: 'packed MessagePack: bytes, times packed JSON, for it to pay', measured, atMost: pays }]
}

function bytesOf(rows: readonly Row[], name: Codec['name']): number {
  return Number(rows.find(({ codec }) => codec === name)?.bytes)
}
