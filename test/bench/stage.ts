// A subject with its viewers, ready to be measured, and the windows in which it is.

import { setTimeout as sleep } from 'node:timers/promises'
import { type Crowd, openCrowd, type Seen, seeFrames } from './load/crowd.ts'
import { type Produced, type Production, produce } from './load/producers.ts'
import { cpuMsOf } from './measure/cpu.ts'
import type { ServerProcess } from './subjects/server-process.ts'
import type { Subject } from './subjects/subject.ts'

// What was posted last has arrived after this, of every server that is not beyond its strength.
const settleMs = 400

/** What one window showed. */
export interface Window {
  readonly seen: Seen
  readonly produced: Produced
  /** Of the server, and of the load. */
  readonly cpuMs: number
  readonly loadMs: number
  readonly wallMs: number
  /** Where it was watched. */
  readonly loopP99Ms: number | undefined
}

/** Who watches what. */
export interface Audience {
  readonly viewers: number
  readonly groups: readonly string[]
  readonly paceMs: number
}

/** A server with viewers. */
export interface Stage {
  readonly subject: Subject
  readonly server: ServerProcess
  readonly crowd: Crowd
  readonly audience: Audience
}

/** Starts a subject and lets its viewers in. */
export async function openStage(compiler: string, subject: Subject, audience: Audience): Promise<Stage> {
  const server = await subject.start()
  const viewer = subject.viewer(audience.groups, audience.paceMs)
  const crowd = await openCrowd(compiler, server.port, audience.viewers, viewer)
  return { subject, server, crowd, audience }
}

/** Opens a stage for each, one after another, and closes them whatever happens. */
export async function withStages<R>(
  compiler: string,
  subjects: readonly Subject[],
  audience: Audience,
  use: (stages: readonly Stage[]) => Promise<R>,
): Promise<R> {
  const stages: Stage[] = []
  try {
    for (const subject of subjects) stages.push(await openStage(compiler, subject, audience))
    return await use(stages)
  } finally {
    for (const { crowd, server } of stages) {
      await crowd.close()
      await server.stop()
    }
  }
}

/** Lets it run until Node has compiled what is hot; then one post must reach everybody, or it throws. */
export async function warm({ server, crowd, audience }: Stage, productions: readonly Production[], forMs: number) {
  await produce(server.port, productions, forMs)
  await sleep(settleMs + audience.paceMs)
  await crowd.read()
  const [first] = productions
  if (first === undefined) return
  await produce(server.port, [first], first.everyMs)
  await seeFrames(crowd, audience.viewers)
}

/** Produces for so long, and measures until what was posted last has arrived. */
export async function measureWindow(
  { server, crowd }: Stage,
  productions: readonly Production[],
  { windowMs, isWatched }: { readonly windowMs: number; readonly isWatched: boolean },
): Promise<Window> {
  if (isWatched) server.watch()
  await crowd.read()
  const [cpuMs, loadMs] = [cpuMsOf(server.pid), cpuMsOf(crowd.pid)]
  const produced = await produce(server.port, productions, windowMs, () => crowd.mark())
  const loop = isWatched ? (await server.vitals()).loop : undefined
  await sleep(settleMs)
  return {
    seen: await crowd.read(),
    produced,
    cpuMs: cpuMsOf(server.pid) - cpuMs,
    loadMs: cpuMsOf(crowd.pid) - loadMs,
    wallMs: windowMs,
    loopP99Ms: loop?.p99,
  }
}
