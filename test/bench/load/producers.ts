// Producers at a steady rate: what is due is posted, each group over a connection of its own, whatever the server does.

import { Poster } from './poster.ts'

/** A post that is made again and again: a connection of its own carries it. */
export interface Production {
  /** Posted in turn. */
  readonly requests: readonly Buffer[]
  readonly everyMs: number
}

/** What was posted in a run. */
export interface Produced {
  readonly posts: number
  /** What was due while the post before it was not answered yet: the server was not fast enough. */
  readonly late: number
}

/** Produces for so long; `onPost` is told before each. All of them begin together. */
export async function produce(
  port: number,
  productions: readonly Production[],
  forMs: number,
  onPost: () => void = () => {},
): Promise<Produced> {
  const startMs = performance.now()
  const runs = productions.map((production) => produceOne(port, production, { startMs, forMs, onPost }))
  const produced = await Promise.all(runs)
  return {
    posts: produced.reduce((sum, { posts }) => sum + posts, 0),
    late: produced.reduce((sum, { late }) => sum + late, 0),
  }
}

interface Run {
  readonly startMs: number
  readonly forMs: number
  readonly onPost: () => void
}

async function produceOne(port: number, { requests, everyMs }: Production, run: Run): Promise<Produced> {
  let poster = await Poster.open(port)
  let late = 0
  let posts = 0
  for (let turn = 0; turn * everyMs < run.forMs; turn++) {
    await until(run.startMs + turn * everyMs)
    // More than a whole turn behind: what was due meanwhile is left out.
    if (performance.now() > run.startMs + (turn + 1) * everyMs) {
      late++
      continue
    }
    // After a stall of a machine that has too much to do.
    if (poster.isClosed) poster = await Poster.open(port)
    run.onPost()
    await poster.post(requests[posts++ % requests.length] ?? Buffer.alloc(0))
  }
  await until(run.startMs + run.forMs)
  poster.close()
  return { posts, late }
}

async function until(ms: number): Promise<void> {
  const leftMs = ms - performance.now()
  if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs))
}
