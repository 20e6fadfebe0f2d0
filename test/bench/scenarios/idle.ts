// What a viewer costs who is only there: memory for each, and server CPU to come in.

import { setTimeout as sleep } from 'node:timers/promises'
import { findCompiler, noCompiler } from '../compiler.ts'
import { openCrowd } from '../load/crowd.ts'
import { cpuMsOf, residentBytesOf } from '../measure/cpu.ts'
import { interleaved } from '../measure/interleaved.ts'
import { median, spread } from '../measure/quantile.ts'
import type { Row } from '../measure/table.ts'
import type { Effort, Finding, Report, Scenario } from '../scenario.ts'
import { chartroom } from '../subjects/chartroom.ts'
import { socketIo, ws } from '../subjects/controls.ts'
import type { ServerProcess } from '../subjects/server-process.ts'
import type { Subject } from '../subjects/subject.ts'

/** How many are there before, how many come then, and in how many processes that is looked at. */
export interface Plan {
  readonly before: number
  readonly viewers: number
  readonly turns: number
}

const paceMs = 1_000
// After a crowd has come: who is here is told, and what that took is free again.
const restMs = 2_000

const plans: Readonly<Record<Effort, Plan>> = {
  whole: { before: 1_000, viewers: 3_000, turns: 3 },
  quick: { before: 500, viewers: 1_500, turns: 1 },
}

/** Idle viewers. */
export const idle: Scenario = {
  name: 'idle',
  title: 'Viewers who are only there: memory of the server for each, KB; server CPU for each to come in, us',
  isUsual: true,
  run: (effort) => measureIdle(plans[effort]),
}

/** Measures each subject, in a new process each turn. */
export async function measureIdle(plan: Plan): Promise<Report> {
  const compiler = await findCompiler()
  if (compiler === undefined) return { columns, rows: [], findings: [], left: noCompiler }
  const results = await interleaved([ws, socketIo, chartroom], plan.turns, (subject) =>
    measureSubject(compiler, subject, plan),
  )
  const rows = [...results].map(([subject, looks]) => rowOf(subject.name, plan.viewers, looks))
  return { columns, rows, findings: rows.flatMap(findingsOf) }
}

const columns = [
  { key: 'viewers', title: 'viewers' },
  { key: 'subject', title: 'subject' },
  { key: 'residentKb', title: 'KB', digits: 1 },
  { key: 'spread', title: 'spread', digits: 2 },
  { key: 'heapKb', title: 'of it heap', digits: 1 },
  { key: 'joinUs', title: 'us to come in' },
] as const

/** Of one viewer. */
interface Look {
  readonly residentKb: number
  readonly heapKb: number
  readonly joinUs: number
}

// The first thousand pay for what a process needs anyway.
async function measureSubject(compiler: string, subject: Subject, { before, viewers }: Plan): Promise<Look> {
  const server = await subject.start()
  const viewer = subject.viewer(['bench'], paceMs)
  const first = await openCrowd(compiler, server.port, before, viewer)
  const empty = await memoryOf(server)
  const cpuMs = cpuMsOf(server.pid)
  const second = await openCrowd(compiler, server.port, viewers, viewer)
  const joinMs = cpuMsOf(server.pid) - cpuMs
  const full = await memoryOf(server)
  await first.close()
  await second.close()
  await server.stop()
  return {
    residentKb: (full.resident - empty.resident) / viewers / 1_024,
    heapKb: (full.heap - empty.heap) / viewers / 1_024,
    joinUs: (joinMs * 1_000) / viewers,
  }
}

async function memoryOf(server: ServerProcess): Promise<{ readonly resident: number; readonly heap: number }> {
  await sleep(restMs)
  await server.collect()
  return { resident: residentBytesOf(server.pid), heap: (await server.vitals()).heapUsed }
}

function rowOf(subject: string, viewers: number, looks: readonly Look[]): Row {
  return {
    viewers,
    subject,
    residentKb: median(looks.map(({ residentKb }) => residentKb)),
    spread: spread(looks.map(({ residentKb }) => residentKb)),
    heapKb: median(looks.map(({ heapKb }) => heapKb)),
    joinUs: median(looks.map(({ joinUs }) => joinUs)),
  }
}

function findingsOf({ subject, residentKb }: Row): Finding[] {
  if (subject !== chartroom.name) return []
  return [{ text: 'memory of an idle viewer, KB', measured: Number(residentKb), atMost: 12 }]
}
