// What it costs when everybody comes at once: 2,000 of our own clients join, are cut, and come back.

import { setTimeout as sleep } from 'node:timers/promises'
import { type Arrival, openClients } from '../load/clients.ts'
import { Poster, requestOf } from '../load/poster.ts'
import { samplesOf } from '../load/samples.ts'
import { cpuMsOf } from '../measure/cpu.ts'
import { median } from '../measure/quantile.ts'
import type { Row } from '../measure/table.ts'
import type { Effort, Finding, Report, Scenario } from '../scenario.ts'
import { chartroom } from '../subjects/chartroom.ts'
import type { ServerProcess } from '../subjects/server-process.ts'

/** How many clients, and how often. */
export interface Plan {
  readonly clients: number
  readonly turns: number
}

const group = 'bench'
const series = 50
const annotations = 100
// After a storm: who is here is told, what is written is written.
const restMs = 1_500

const plans: Readonly<Record<Effort, Plan>> = {
  whole: { clients: 2_000, turns: 3 },
  quick: { clients: 500, turns: 1 },
}

/** Joins and resumes. */
export const returns: Scenario = {
  name: 'returns',
  title: 'Everybody at once (our own clients; 50 series, 100 messages): server CPU, ms; bytes for each client',
  isUsual: true,
  run: (effort) => measureReturns(plans[effort]),
}

/** Measures joins, then resumes of the same clients. */
export async function measureReturns({ clients: count, turns }: Plan): Promise<Report> {
  const storms: { readonly storm: string; readonly measured: Measured }[] = []
  for (let turn = 0; turn < turns; turn++) {
    const server = await chartroom.start()
    await fill(server)
    const url = `http://127.0.0.1:${server.port}`
    let clients: ReturnType<typeof openClients> | undefined
    const joined = await measure(server, async () => {
      clients = openClients(url, group, count)
      return clients.arrived()
    })
    storms.push({ storm: 'join', measured: joined })
    await sleep(restMs)
    const resumed = await measure(server, async () => {
      clients?.cut()
      // Something changes while they are away, so that each of them has something to be told.
      await post(server, 1)
      return clients?.arrived() ?? nothing
    })
    storms.push({ storm: 'resume', measured: resumed })
    clients?.close()
    await server.stop()
  }
  const rows = ['join', 'resume'].map((name) => {
    const measured = storms.filter(({ storm }) => storm === name).map((each) => each.measured)
    return rowOf(name, count, measured)
  })
  return { columns, rows, findings: rows.flatMap(findingsOf) }
}

const nothing: Arrival = { allMs: Number.NaN, bytes: Number.NaN, snapshots: Number.NaN }

const columns = [
  { key: 'clients', title: 'clients' },
  { key: 'storm', title: 'storm' },
  { key: 'allMs', title: 'all there after ms' },
  { key: 'cpuMs', title: 'CPU ms' },
  { key: 'cpuUs', title: 'us a client' },
  { key: 'perSecond', title: 'a second of CPU' },
  { key: 'bytes', title: 'bytes a client' },
  { key: 'snapshots', title: 'snapshots' },
] as const

interface Measured extends Arrival {
  readonly cpuMs: number
}

async function measure(server: ServerProcess, storm: () => Promise<Arrival>): Promise<Measured> {
  const cpuMs = cpuMsOf(server.pid)
  const arrival = await storm()
  return { ...arrival, cpuMs: cpuMsOf(server.pid) - cpuMs }
}

async function fill(server: ServerProcess): Promise<void> {
  await post(server, series)
  for (let number = 0; number < annotations; number++) {
    const text = `What was said as number ${number}, about as long as what people write to each other.`
    const response = await fetch(`http://127.0.0.1:${server.port}/api/groups/${group}/annotations`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ author: 'bench', text }),
    })
    if (!response.ok) throw new Error(`A message was answered with ${response.status}.`)
  }
}

async function post({ port }: ServerProcess, samples: number): Promise<void> {
  const poster = await Poster.open(port)
  await poster.post(requestOf(group, JSON.stringify(samplesOf(samples))))
  poster.close()
}

function rowOf(storm: string, clients: number, measured: readonly Measured[]): Row {
  const over = (pick: (one: Measured) => number) => median(measured.map(pick))
  const cpuMs = over((one) => one.cpuMs)
  return {
    clients,
    storm,
    allMs: over(({ allMs }) => allMs),
    cpuMs,
    cpuUs: (cpuMs * 1_000) / clients,
    perSecond: (clients * 1_000) / cpuMs,
    bytes: over(({ bytes }) => bytes) / clients,
    snapshots: over(({ snapshots }) => snapshots),
  }
}

function findingsOf({ clients, storm, allMs, snapshots }: Row): Finding[] {
  if (storm !== 'resume') return []
  return [
    { text: `${clients} clients cut at once: all back after ms`, measured: Number(allMs), atMost: 3_000 },
    { text: `${clients} clients cut at once: snapshots sent`, measured: Number(snapshots), atMost: 0 },
  ]
}
