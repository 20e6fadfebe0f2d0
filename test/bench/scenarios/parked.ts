// What 1,000 long polls that wait mean for somebody else: how long another request takes to be answered meanwhile, also
// while the group that they wait for changes each second.

import { setTimeout as sleep } from 'node:timers/promises'
import { openPolls, type Polls } from '../load/polls.ts'
import { Poster, requestOf } from '../load/poster.ts'
import { produce } from '../load/producers.ts'
import { samplesOf } from '../load/samples.ts'
import { cpuMsOf } from '../measure/cpu.ts'
import { type Histogram, merged, quantile } from '../measure/quantile.ts'
import type { Row } from '../measure/table.ts'
import type { Effort, Finding, Report, Scenario } from '../scenario.ts'
import { chartroom } from '../subjects/chartroom.ts'
import type { ServerProcess } from '../subjects/server-process.ts'

/** How many wait, and for how long it is looked at. */
export interface Plan {
  readonly polls: number
  readonly windowMs: number
  readonly warmMs: number
}

const plans: Readonly<Record<Effort, Plan>> = {
  whole: { polls: 1_000, windowMs: 15_000, warmMs: 5_000 },
  quick: { polls: 1_000, windowMs: 2_000, warmMs: 500 },
}

const group = 'bench'
const series = 20
const changeEveryMs = 1_000
// Not in step with what changes each second: it meets every moment of it.
const askEveryMs = 23
const wantedMs = 50

/** Parked long polls. */
export const parked: Scenario = {
  name: 'parked',
  title: 'Long polls that wait, and a POST of one number to another group meanwhile: until it is answered, ms',
  isUsual: true,
  run: (effort) => measureParked(plans[effort]),
}

/** Asks without any poll, beside polls that wait, and beside polls that are answered each second. */
export async function measureParked(plan: Plan): Promise<Report> {
  const server = await chartroom.start()
  await fill(server)
  await ask(server, plan.warmMs)
  const rows = [rowOf(0, 'no', await look(server, plan.windowMs, undefined, 'no'))]
  const polls = await openPolls(server.port, plan.polls, group)
  rows.push(rowOf(plan.polls, 'no', await look(server, plan.windowMs, polls, 'no')))
  await change(server, plan.warmMs)
  rows.push(rowOf(plan.polls, 'each 1 s', await look(server, plan.windowMs, polls, 'each 1 s')))
  await polls.close()
  await server.stop()
  return { columns, rows, findings: rows.flatMap(findingsOf) }
}

const columns = [
  { key: 'polls', title: 'polls' },
  { key: 'changes', title: 'changes' },
  { key: 'asked', title: 'asked' },
  { key: 'p50Ms', title: 'p50 ms', digits: 1 },
  { key: 'p99Ms', title: 'p99 ms', digits: 1 },
  { key: 'maxMs', title: 'max ms', digits: 1 },
  { key: 'spentP99Ms', title: 'of it CPU, p99 ms', digits: 1 },
  { key: 'cpuMs', title: 'CPU ms/s', digits: 1 },
  { key: 'answers', title: 'polls answered/s' },
] as const

type Changes = 'no' | 'each 1 s'

/** How long each request took until it was answered, and what the server did in that time, ms. */
interface Asked {
  readonly latency: Histogram
  readonly spent: Histogram
}

interface Look extends Asked {
  readonly cpuMs: number
  readonly answers: number
  readonly wallMs: number
}

async function look(
  server: ServerProcess,
  windowMs: number,
  polls: Polls | undefined,
  changes: Changes,
): Promise<Look> {
  await polls?.takeAnswers()
  const cpuMs = cpuMsOf(server.pid)
  const changing = changes === 'no' ? undefined : change(server, windowMs)
  const asked = await ask(server, windowMs)
  await changing
  return {
    ...asked,
    cpuMs: cpuMsOf(server.pid) - cpuMs,
    answers: (await polls?.takeAnswers()) ?? 0,
    wallMs: windowMs,
  }
}

/** Posts to another group, one thing at a time. */
async function ask({ port, pid }: ServerProcess, forMs: number): Promise<Asked> {
  const request = requestOf('other', JSON.stringify(samplesOf(1)))
  const poster = await Poster.open(port)
  const asked: { readonly latencyMs: number; readonly spentMs: number }[] = []
  for (const endMs = performance.now() + forMs; performance.now() < endMs; await sleep(askEveryMs)) {
    const before = { ms: performance.now(), cpuMs: cpuMsOf(pid) }
    await poster.post(request)
    asked.push({ latencyMs: performance.now() - before.ms, spentMs: cpuMsOf(pid) - before.cpuMs })
  }
  poster.close()
  return {
    latency: merged([asked.map(({ latencyMs }) => [latencyMs, 1])]),
    spent: merged([asked.map(({ spentMs }) => [spentMs, 1])]),
  }
}

async function change({ port }: ServerProcess, forMs: number): Promise<void> {
  const request = requestOf(group, JSON.stringify(samplesOf(series)))
  await produce(port, [{ requests: [request], everyMs: changeEveryMs }], forMs)
}

async function fill(server: ServerProcess): Promise<void> {
  await change(server, changeEveryMs)
}

function rowOf(polls: number, changes: Changes, { latency, spent, cpuMs, answers, wallMs }: Look): Row {
  return {
    polls,
    changes,
    asked: latency.reduce((sum, [, times]) => sum + times, 0),
    p50Ms: quantile(latency, 0.5),
    p99Ms: quantile(latency, 0.99),
    maxMs: quantile(latency, 1),
    spentP99Ms: quantile(spent, 0.99),
    cpuMs: (cpuMs * 1_000) / wallMs,
    answers: (answers * 1_000) / wallMs,
  }
}

function findingsOf({ polls, changes, p99Ms }: Row): Finding[] {
  if (polls === 0) return []
  const meanwhile = changes === 'no' ? 'nothing changes' : 'all are answered each second'
  const text = `${polls} polls, ${meanwhile}: p99 of another request, ms`
  return [{ text, measured: Number(p99Ms), atMost: wantedMs }]
}
