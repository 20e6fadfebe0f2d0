// How long the tasks of a page's main thread ran on a processor, as the operating system counts it: a machine that is
// shared makes tasks long that are not.

import type { CDPSession } from 'playwright-core'

/** Begins to look; the function that is returned ends it, and resolves with the CPU time of each task, ms. */
export async function watchTasks(devtools: CDPSession): Promise<() => Promise<number[]>> {
  const events: TraceEvent[] = []
  const take = ({ value }: { value: object[] }) => void events.push(...value)
  devtools.on('Tracing.dataCollected', take)
  await devtools.send('Tracing.start', { transferMode: 'ReportEvents', categories: 'toplevel' })
  return async () => {
    const isOver = new Promise((resolve) => devtools.once('Tracing.tracingComplete', resolve))
    await devtools.send('Tracing.end')
    await isOver
    devtools.off('Tracing.dataCollected', take)
    return tasksOf(events)
  }
}

/** An event of Chromium's trace: a task has `tdur`, its CPU time in us. */
export interface TraceEvent {
  readonly name?: string
  readonly pid?: number
  readonly tid?: number
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** The tasks of the main threads of pages, ms. Pure. */
export function tasksOf(events: readonly TraceEvent[]): number[] {
  const thread = ({ pid, tid }: TraceEvent) => `${pid}:${tid}`
  const isMain = (event: TraceEvent) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain'
  const mains = new Set(events.filter(isMain).map(thread))
  return events.flatMap((event) =>
    event.tdur !== undefined && event.name?.endsWith('RunTask') && mains.has(thread(event)) ? [event.tdur / 1_000] : [],
  )
}
