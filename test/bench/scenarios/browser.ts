// What the page makes of it: 20 charts of all kinds ten times a second in a real browser, as quick as this machine and
// slowed down four times; the time from a post to the picture; and what is left in memory of thousands of updates.

import type { Browser } from 'playwright-core'
import { launchBrowser } from '../../support/chromium.ts'
import { findBrowser } from '../../support/find-browser.mjs'
import { mixedBoard, mixedPast, mixedSamples } from '../../support/mixed-charts.ts'
import { Poster, requestOf } from '../load/poster.ts'
import { type Production, produce } from '../load/producers.ts'
import { median } from '../measure/quantile.ts'
import { p95, smoothnessOf } from '../measure/smoothness.ts'
import type { Row } from '../measure/table.ts'
import { BenchPage } from '../page/bench-page.ts'
import type { Effort, Finding, Report, Scenario } from '../scenario.ts'
import { startChartroom } from '../subjects/chartroom.ts'

/** For how long the page is watched, how often something is posted, and after how many updates its memory is read. */
export interface Plan {
  readonly charts: number
  readonly warmMs: number
  readonly windowMs: number
  /** Until a page that is slowed down has found its pace. */
  readonly settleMs: number
  /** The first when all rings are full: they hold 15 minutes of what comes ten times a second. */
  readonly fed: readonly [number, number]
  /** How long it may take until a page that is as quick as before has its pace back. */
  readonly returnMs: number
  readonly posts: number
}

const group = 'bench'
const paceMs = 100
const slowedTimes = 4
/** The first number chart. */
const number = 'chart 0'
// More are taken in than are shown, or it would take an hour: as many as fit between two pictures.
const fedPerFrame = 40
const restMs = 300

const plans: Readonly<Record<Effort, Plan>> = {
  whole: {
    charts: 20,
    warmMs: 5_000,
    windowMs: 10_000,
    settleMs: 12_000,
    returnMs: 60_000,
    posts: 30,
    fed: [10_000, 20_000],
  },
  quick: { charts: 20, warmMs: 2_000, windowMs: 3_000, settleMs: 8_000, returnMs: 0, posts: 6, fed: [10_000, 12_000] },
}

/** The page in a browser. */
export const browser: Scenario = {
  name: 'browser',
  title: 'The page in Chromium, 20 charts of all kinds at 10 updates a second: frames, draws, delays in ms; heap, MB',
  isUsual: true,
  run: (effort, say) => measureBrowser(plans[effort], say),
}

const noBrowser = 'needs Chromium: `node server/setup.mjs --test` says how to get it'

const columns = [
  { key: 'what', title: '' },
  { key: 'fps', title: 'frames/s', digits: 1 },
  { key: 'frameP95Ms', title: 'frame p95', digits: 1 },
  { key: 'updates', title: 'updates/s', digits: 1 },
  { key: 'drawsLeast', title: 'draws/s least', digits: 1 },
  { key: 'drawsMost', title: 'most', digits: 1 },
  { key: 'pageCpu', title: 'page CPU %' },
  { key: 'picturesCpu', title: 'pictures' },
  { key: 'paceMs', title: 'pace asked' },
  { key: 'longTasks', title: 'tasks > 50' },
  { key: 'longestMs', title: 'longest' },
  { key: 'longestCpuMs', title: 'on a CPU' },
  { key: 'heardP95Ms', title: 'key heard p95', digits: 1 },
  { key: 'shownP50Ms', title: 'shown p50', digits: 1 },
  { key: 'shownP95Ms', title: 'p95', digits: 1 },
  { key: 'returnS', title: 's until back' },
  { key: 'heapMb', title: 'heap', digits: 2 },
] as const

/** Watches the page through all of it. */
export async function measureBrowser(plan: Plan, say: (line: string) => void): Promise<Report> {
  if (findBrowser() === undefined) return { columns, rows: [], findings: [], left: noBrowser }
  const chromium = await launchBrowser()
  const server = await startChartroom()
  try {
    const empty = await measureEmpty(chromium, plan)
    const production = { requests: moments(plan.charts), everyMs: paceMs }
    await fill(server.port, plan.charts)
    const url = `http://127.0.0.1:${server.port}`
    await arrange(url, plan.charts)
    const page = await BenchPage.open(chromium, `${url}/g/${group}`, { [`chartroom.pace.${group}`]: String(paceMs) })
    const run = { page, plan, produce: (forMs: number) => produce(server.port, [production], forMs) }
    await page.drawn(plan.charts)
    const { rows, findings } = await measurePage(run, say)
    return { columns, rows: [empty, ...rows], findings }
  } finally {
    await chromium.close()
    await server.stop()
  }
}

async function measurePage(run: Run, say: (line: string) => void): Promise<Pick<Report, 'rows' | 'findings'>> {
  const { page, plan, produce } = run
  const { longTasks, longestMs } = smoothnessOf(await page.take())
  const opened = { what: 'until all are drawn', longTasks, longestMs }
  const posted = await measurePosts(run)
  say(`${plan.charts} charts`)
  await produce(plan.warmMs)
  const full = await measureCharts(run, `${plan.charts} charts`)
  say(`${slowedTimes} times slower`)
  await page.slowDown(slowedTimes)
  await produce(plan.settleMs)
  const slowed = await measureCharts(run, `the processor ${slowedTimes} times slower`)
  await page.slowDown(1)
  say('as quick as before')
  const returnS = await secondsUntilBack(run)
  say('memory')
  const fed = await measureHeap(run)
  const findings = [...findingsOf(full, slowed, posted), ...heapFindings(fed)]
  return { rows: [opened, full, { ...slowed, returnS }, posted, ...fed], findings }
}

interface Run {
  readonly page: BenchPage
  readonly plan: Plan
  readonly produce: (forMs: number) => Promise<unknown>
}

// Lines that are as long as they get.
async function fill(port: number, charts: number): Promise<void> {
  const poster = await Poster.open(port)
  for (const batch of mixedPast(charts, Date.now())) await poster.post(requestOf(group, JSON.stringify(batch)))
  poster.close()
}

async function arrange(url: string, charts: number): Promise<void> {
  const body = JSON.stringify(mixedBoard(charts))
  const headers = { 'Content-Type': 'application/json' }
  const { status } = await fetch(`${url}/api/groups/${group}/board`, { method: 'PUT', headers, body })
  if (status !== 200) throw new Error(`A board was answered with ${status}.`)
}

function moments(charts: number): Production['requests'] {
  return Array.from({ length: 100 }, (_, moment) => requestOf(group, JSON.stringify(mixedSamples(charts, moment))))
}

// The control: what this machine gives a page that does nothing.
async function measureEmpty(chromium: Browser, { windowMs }: Plan): Promise<Row> {
  const page = await BenchPage.open(chromium, 'about:blank')
  try {
    await page.take()
    await page.pressKeys(windowMs / 2)
    return { what: 'an empty page', ...smoothnessOf(await page.take()) }
  } finally {
    await page.close()
  }
}

async function measureCharts({ page, plan, produce }: Run, what: string) {
  await page.take()
  const before = await page.draws()
  const cpuBefore = await page.cpuMs()
  const endTasks = await page.watchTasks()
  const startMs = performance.now()
  await Promise.all([produce(plan.windowMs), page.pressKeys(plan.windowMs)])
  const noted = await page.take()
  const tasks = await endTasks()
  const after = await page.draws()
  const cpu = await page.cpuMs()
  const seconds = (performance.now() - startMs) / 1_000
  const draws = after.map((drawn, at) => (drawn - (before[at] ?? 0)) / seconds)
  return {
    what,
    ...smoothnessOf(noted),
    longestCpuMs: Math.max(0, ...tasks),
    updates: noted.updates / seconds,
    drawsLeast: Math.min(...draws),
    drawsMost: Math.max(...draws),
    pageCpu: (cpu.page - cpuBefore.page) / (10 * seconds),
    picturesCpu: (cpu.pictures - cpuBefore.pictures) / (10 * seconds),
    paceMs: noted.paces.at(-1),
  }
}

// In seconds of updates: the page comes back to its reader's pace by itself.
async function secondsUntilBack({ page, plan, produce }: Run): Promise<number> {
  const mostSeconds = plan.returnMs / 1_000
  for (let seconds = 0; seconds <= mostSeconds; seconds++) {
    if ((await page.take()).paces.at(-1) === paceMs) return seconds
    await produce(1_000)
  }
  return Number.NaN
}

async function measurePosts({ page, plan }: Run) {
  const times = await page.postsToPixels(number, { count: plan.posts, restMs })
  return { what: 'from a post to its picture', shownP50Ms: median(times), shownP95Ms: p95(times) }
}

async function measureHeap({ page, plan }: Run) {
  const rows: { readonly what: string; readonly heapMb: number }[] = []
  let fed = 0
  for (const updates of plan.fed) {
    await page.feed(updates - fed, fedPerFrame)
    fed = updates
    rows.push({ what: `after ${updates} updates`, heapMb: (await page.heapBytes()) / 1e6 })
  }
  return rows
}

type Watched = Awaited<ReturnType<typeof measureCharts>>

function findingsOf(full: Watched, slowed: Watched, posted: { readonly shownP50Ms: number }): Finding[] {
  return [
    { text: 'ms a frame, 20 charts (55 frames a second)', measured: 1_000 / full.fps, atMost: 18.2 },
    { text: 'longest task with 20 charts, ms on a CPU', measured: full.longestCpuMs, atMost: 100 },
    { text: 'from a key to the page, slowed, ms (p95)', measured: slowed.heardP95Ms, atMost: 200 },
    { text: 'from a key to the next picture, slowed, ms (p95)', measured: slowed.shownP95Ms, atMost: 200 },
    { text: 'updates a second that a slowed page asks for', measured: 1_000 / (slowed.paceMs ?? paceMs), atMost: 5 },
    { text: 'from a post to its picture, ms (median)', measured: posted.shownP50Ms, atMost: 100 },
  ]
}

function heapFindings([before, after]: readonly { readonly what: string; readonly heapMb: number }[]): Finding[] {
  if (before === undefined || after === undefined) return []
  return [
    { text: `heap ${after.what}, times that ${before.what}`, measured: after.heapMb / before.heapMb, atMost: 1.05 },
  ]
}
