// Owns how Linux writes down its network and disk counters (proc(5)); it opens no file and makes no rates.

import type { Flow } from './rates.ts'

// The kernel counts sectors of 512 bytes, whatever the disk's own are.
const sectorBytes = 512
const loopback = 'lo'
const defaultDestination = '00000000'

/**
 * Bytes received and sent, from /proc/net/dev, by interface: those with a default route in /proc/net/route, because
 * what goes through a bridge is counted on each of its ends; without any such route, all but the loopback.
 */
export function networkCounters(devText: string, routeText: string): ReadonlyMap<string, Flow> {
  const routed = new Set(
    rows(routeText).flatMap(([name, destination]) => (destination === defaultDestination ? [name] : [])),
  )
  const all = new Map<string, Flow>()
  for (const line of devText.split('\n')) {
    const [name, counters] = line.split(':').map((part) => part.trim())
    if (name === undefined || counters === undefined || name === loopback) continue
    const [received, , , , , , , , sent] = counters.split(/\s+/)
    all.set(name, { in: Number(received), out: Number(sent) })
  }
  const outward = new Map([...all].filter(([name]) => routed.has(name)))
  return outward.size > 0 ? outward : all
}

/** Bytes read and written, from /proc/diskstats, by disk: `isDisk` tells a disk from its parts and what lies on it. */
export function diskCounters(text: string, isDisk: (name: string) => boolean): ReadonlyMap<string, Flow> {
  const disks = new Map<string, Flow>()
  for (const [, , name, , , read, , , , written] of rows(text)) {
    if (name === undefined || !isDisk(name)) continue
    disks.set(name, { in: Number(read) * sectorBytes, out: Number(written) * sectorBytes })
  }
  return disks
}

function rows(text: string): string[][] {
  return text.split('\n').map((line) => line.trim().split(/\s+/))
}
