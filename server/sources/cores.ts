// Owns how busy each core was between two looks at its tick counters; it reads no counter itself.

/** The tick counters of a core, ms since the machine started, as `os.cpus()` tells them. */
export interface CoreTimes {
  readonly user: number
  readonly nice: number
  readonly sys: number
  readonly idle: number
  readonly irq: number
}

/** Remembers the counters of the last look: each call answers with every core's busy share since then, %. */
export function createCores(): (times: readonly CoreTimes[]) => readonly number[] | undefined {
  let before: readonly CoreTimes[] = []
  return (times) => {
    const percents = times.flatMap((now, core) => busyPercent(before[core], now) ?? [])
    before = times
    // A core without a past (just plugged in, or two looks within one tick) would shift the names of the others.
    return percents.length > 0 && percents.length === times.length ? percents : undefined
  }
}

function busyPercent(before: CoreTimes | undefined, now: CoreTimes): number | undefined {
  if (before === undefined) return undefined
  const idle = now.idle - before.idle
  const all = total(now) - total(before)
  // Linux lets the idle counter of a sleeping core step back a little.
  return all > 0 ? Math.min(100, Math.max(0, (1 - idle / all) * 100)) : undefined
}

function total({ user, nice, sys, idle, irq }: CoreTimes): number {
  return user + nice + sys + idle + irq
}
