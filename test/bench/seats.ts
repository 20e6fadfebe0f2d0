// Owns servers that are looked at together, each with the viewers of one way in, and what each took in a window.

import { setTimeout as sleep } from 'node:timers/promises'
import { requestOf } from './load/poster.ts'
import { type Production, produce } from './load/producers.ts'
import { samplesOf } from './load/samples.ts'
import { openViewers, type Traffic, type Viewers } from './load/viewers.ts'
import type { Way } from './load/ways.ts'
import { cpuMsOf } from './measure/cpu.ts'
import { startChartroom } from './subjects/chartroom.ts'
import type { ServerProcess } from './subjects/server-process.ts'
import type { Subject } from './subjects/subject.ts'

/** A server, and who looks at it by one way; without a way, nobody does. */
export interface Seat {
  readonly subject: Subject
  readonly way: Way | undefined
}

/** What a seat took in a window. */
export interface Taken extends Traffic {
  readonly seat: Seat
  readonly cpuMs: number
}

/** Seats that are taken. */
export interface Seats {
  /** Posts to all of them, or to none, for so long; what each took meanwhile. */
  measure(windowMs: number, isBusy: boolean): Promise<readonly Taken[]>
}

/** The group of the numbers that a server reads of its own machine; nothing is posted to it. */
export const hostGroup = 'host'

// What a dashboard of a team gets: 20 series, five times a second.
const series = 20
const postEveryMs = 200
// Who came is known to all, what was posted last has arrived, and what is written is written.
const settleMs = 1_500

interface TakenSeat extends Seat {
  readonly server: ServerProcess
  viewers: Viewers | undefined
}

/** Starts a server for each seat, lets so many viewers in to each way, and ends all of it when it was used. */
export async function withSeats<R>(
  asked: readonly Seat[],
  { group, viewers, warmMs }: { readonly group: string; readonly viewers: number; readonly warmMs: number },
  use: (seats: Seats) => Promise<R>,
): Promise<R> {
  const seats: TakenSeat[] = []
  try {
    for (const seat of asked) seats.push(await take(seat, group))
    await Promise.all(seats.map((seat) => letIn(seat, group, viewers)))
    await warm(seats, group, warmMs)
    return await use({ measure: (windowMs, isBusy) => measure(seats, isBusy ? productionsOf(group) : [], windowMs) })
  } finally {
    for (const { viewers } of seats) viewers?.close()
    for (const { server } of seats) await server.stop()
  }
}

async function take(seat: Seat, group: string): Promise<TakenSeat> {
  const server = group === hostGroup ? await startChartroom({ hasHost: true }) : await seat.subject.start()
  await produce(server.port, productionsOf(group), postEveryMs)
  return { ...seat, server, viewers: undefined }
}

async function letIn(seat: TakenSeat, group: string, count: number): Promise<void> {
  const { way, server } = seat
  if (way !== undefined) seat.viewers = await openViewers(way, `http://127.0.0.1:${server.port}`, group, count)
}

// Everybody is shown something before it begins.
async function warm(seats: readonly TakenSeat[], group: string, forMs: number): Promise<void> {
  await Promise.all(seats.map(({ server }) => produce(server.port, productionsOf(group), forMs)))
  await Promise.all(seats.map(({ viewers }) => viewers?.allShown()))
  await sleep(settleMs)
}

function productionsOf(group: string): Production[] {
  if (group === hostGroup) return []
  return [{ requests: [requestOf(group, JSON.stringify(samplesOf(series)))], everyMs: postEveryMs }]
}

async function measure(
  seats: readonly TakenSeat[],
  productions: readonly Production[],
  windowMs: number,
): Promise<Taken[]> {
  const before = seats.map(countsOf)
  await Promise.all([sleep(windowMs), ...seats.map(({ server }) => produce(server.port, productions, windowMs))])
  return seats.map((seat, at) => ({ seat, ...difference(countsOf(seat), before[at]) }))
}

type Counts = Omit<Taken, 'seat'>

function countsOf({ server, viewers }: TakenSeat): Counts {
  return { cpuMs: cpuMsOf(server.pid), ...(viewers?.traffic ?? none) }
}

const none: Traffic = { received: 0, sent: 0, requests: 0, updates: 0 }

function difference(after: Counts, before: Counts = after): Counts {
  return {
    cpuMs: after.cpuMs - before.cpuMs,
    received: after.received - before.received,
    sent: after.sent - before.sent,
    requests: after.requests - before.requests,
    updates: after.updates - before.updates,
  }
}
