// CPU time and memory of a process, as the operating system counts them. Linux only (proc(5)).

import { readdirSync, readFileSync } from 'node:fs'

// USER_HZ: 100 on every processor that Node runs on (proc(5), sysconf(_SC_CLK_TCK)).
const ticksPerSecond = 100

/**
 * CPU time that a process has used, user and system, of all its threads, ms. A small crowd costs less than a tick of
 * `stat` (10 ms) in a run, so the scheduler's own count is taken where the kernel keeps it. It forgets threads that
 * ended: servers here keep theirs.
 */
export function cpuMsOf(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    return threads.reduce((sum, thread) => sum + scheduledMs(read(`/proc/${pid}/task/${thread}/schedstat`)), 0)
  } catch {
    return tickedMs(read(`/proc/${pid}/stat`))
  }
}

/** Memory of a process that is in RAM, bytes. */
export function residentBytesOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1]) * 1_024
}

/** Of a thread's `schedstat`: the first number, ns on the CPU. */
export function scheduledMs(schedstat: string): number {
  return Number(schedstat.split(' ')[0]) / 1e6
}

/** Of a process' `stat`: fields 14 and 15, ticks. The name before them, in parentheses, may hold anything. */
export function tickedMs(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond
}

function read(file: string): string {
  return readFileSync(file, 'utf8')
}
