// What it costs to take a batch: server CPU for each post, against a route that parses the body and answers.

import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { Poster, requestOf } from '../load/poster.ts'
import { samplesOf } from '../load/samples.ts'
import { cpuMsOf } from '../measure/cpu.ts'
import { interleaved } from '../measure/interleaved.ts'
import { median, spread } from '../measure/quantile.ts'
import type { Row } from '../measure/table.ts'
import type { Effort, Finding, Report, Scenario } from '../scenario.ts'
import { chartroom } from '../subjects/chartroom.ts'
import { hono } from '../subjects/controls.ts'
import type { ServerProcess } from '../subjects/server-process.ts'
import type { Subject } from '../subjects/subject.ts'

const formats = ['json', 'ndjson', 'gzip'] as const
type Format = (typeof formats)[number]

/** Which bodies, how often, and for how long. */
export interface Plan {
  readonly cases: readonly { readonly samples: number; readonly format: Format }[]
  readonly turns: number
  readonly windowMs: number
  readonly warmMs: number
}

// So many producers post at once, each when its last post was answered.
const producers = 4
// What was posted is on the disk after this: it is part of the cost.
const writtenMs = 1_500

const plans: Readonly<Record<Effort, Plan>> = {
  whole: {
    cases: formats.flatMap((format) => [1, 100, 1_000].map((samples) => ({ samples, format }))),
    turns: 3,
    windowMs: 2_000,
    warmMs: 2_000,
  },
  quick: { cases: [{ samples: 100, format: 'json' }], turns: 2, windowMs: 1_000, warmMs: 1_000 },
}

/** The ingest of batches. */
export const ingest: Scenario = {
  name: 'ingest',
  title: 'Ingest: server CPU for each post of so many samples, us, until they are on the disk',
  isUsual: true,
  run: (effort, say) => measureIngest(plans[effort], say),
}

/** Measures all bodies of a plan. */
export async function measureIngest(plan: Plan, say: (line: string) => void): Promise<Report> {
  const rows: Row[] = []
  for (const each of plan.cases) {
    say(`${each.samples} samples, ${each.format}`)
    rows.push(...(await measureCase(each, plan)))
  }
  return { columns, rows, findings: rows.flatMap(findingsOf) }
}

const columns = [
  { key: 'samples', title: 'samples' },
  { key: 'format', title: 'format' },
  { key: 'subject', title: 'subject' },
  { key: 'cpuUs', title: 'us' },
  { key: 'spread', title: 'spread', digits: 2 },
  { key: 'honoRatio', title: 'x hono', digits: 2 },
  { key: 'posts', title: 'posts/s' },
  { key: 'samplesTaken', title: 'samples/s' },
] as const

interface Case {
  readonly samples: number
  readonly format: Format
}

interface Window {
  readonly posts: number
  readonly cpuMs: number
  readonly wallMs: number
}

async function measureCase(each: Case, { turns, windowMs, warmMs }: Plan): Promise<Row[]> {
  const request = requestFor(each)
  const servers = new Map<Subject, ServerProcess>()
  try {
    for (const subject of [hono, chartroom]) servers.set(subject, await subject.start())
    for (const server of servers.values()) await post(server, request, warmMs)
    const results = await interleaved([...servers], turns, ([, server]) => measureWindow(server, request, windowMs))
    return rowsOf(each, new Map([...results].map(([[subject], windows]) => [subject, windows])))
  } finally {
    for (const server of servers.values()) await server.stop()
  }
}

function requestFor({ samples, format }: Case): Buffer {
  const all = samplesOf(samples)
  switch (format) {
    case 'json':
      return requestOf('bench', JSON.stringify(all))
    case 'ndjson':
      return requestOf('bench', all.map((one) => JSON.stringify(one)).join('\n'), { type: 'application/x-ndjson' })
    case 'gzip':
      return requestOf('bench', gzipSync(JSON.stringify(all)), { type: 'application/json', encoding: 'gzip' })
    default:
      return format satisfies never
  }
}

async function measureWindow(server: ServerProcess, request: Buffer, windowMs: number): Promise<Window> {
  const cpuMs = cpuMsOf(server.pid)
  const posts = await post(server, request, windowMs)
  await sleep(writtenMs)
  return { posts, cpuMs: cpuMsOf(server.pid) - cpuMs, wallMs: windowMs }
}

/** Posts as fast as it is answered; resolves with how often. */
async function post({ port }: ServerProcess, request: Buffer, forMs: number): Promise<number> {
  const endMs = performance.now() + forMs
  const counts = await Promise.all(
    Array.from({ length: producers }, async () => {
      const poster = await Poster.open(port)
      let posts = 0
      for (; performance.now() < endMs; posts++) await poster.post(request)
      poster.close()
      return posts
    }),
  )
  return counts.reduce((sum, posts) => sum + posts, 0)
}

function rowsOf(each: Case, results: ReadonlyMap<Subject, readonly Window[]>): Row[] {
  const costsOf = (subject: Subject) =>
    (results.get(subject) ?? []).map(({ cpuMs, posts }) => (cpuMs * 1_000) / Math.max(1, posts))
  return [...results].map(([subject, windows]) => {
    const posts = median(windows.map((window) => (window.posts * 1_000) / window.wallMs))
    return {
      ...each,
      subject: subject.name,
      cpuUs: median(costsOf(subject)),
      spread: spread(costsOf(subject)),
      honoRatio: median(costsOf(subject)) / median(costsOf(hono)),
      posts,
      samplesTaken: posts * each.samples,
    }
  })
}

function findingsOf({ samples, format, subject, honoRatio }: Row): Finding[] {
  if (subject !== chartroom.name || Number(samples) < 100) return []
  return [{ text: `${samples} samples, ${format}: CPU, times the control`, measured: Number(honoRatio), atMost: 1.6 }]
}
