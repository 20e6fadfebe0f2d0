// Owns looking at this machine; it runs in a worker, answers every message with a reading, and knows no group.
//
// On Linux it starts no process, so there the library is asked for memory only: to start one from a server of 1 GB
// takes 35 ms (measured: fork copies the page table) and the other threads wait for their memory, and for CPU, network
// and disk the library starts more than a dozen each time. Where starting one is cheap, it is asked for all it can.

import { existsSync, readFileSync } from 'node:fs'
import { cpus, freemem, loadavg, totalmem } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { fsStats, mem, networkStats, powerShellStart } from 'systeminformation'
import { createCores } from './cores.ts'
import type { HostFailure, HostPart, HostReading, Memory } from './host-reading.ts'
import { diskCounters, networkCounters } from './kernel-files.ts'
import { createRates, type Flow } from './rates.ts'

type Counters = ReadonlyMap<string, Flow>

const isLinux = process.platform === 'linux'
const isWindows = process.platform === 'win32'

const coresSince = createCores()
const networkSince = createRates()
const diskSince = createRates()
const knownDisks = new Map<string, boolean>()

// One PowerShell for all questions, instead of one for each.
if (isWindows) powerShellStart()

const port = parentPort
// The first look only sets the counters, so that the first answer has something to compare with.
const ready = look()
port?.on('message', () => {
  void ready.then(look).then((reading) => port.postMessage(reading))
})

async function look(): Promise<HostReading> {
  const failures: HostFailure[] = []
  async function take<T>(part: HostPart, read: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await read()
    } catch (error) {
      failures.push({ part, reason: String(error) })
      return undefined
    }
  }
  const [cores, memory, loads, network, disk] = await Promise.all([
    take('cores', () => coresSince(cpus().map((cpu) => cpu.times))),
    take('memory', readMemory),
    take('loads', () => (isWindows ? undefined : loadavg())),
    take('network', async () => networkSince(present(await readNetwork(), 'network interface'), performance.now())),
    take('disk', async () => diskSince(present(await readDisks(), 'disk'), performance.now())),
  ])
  return { cores, memory, loads, network, disk, failures }
}

async function readMemory(): Promise<Memory> {
  if (isWindows) return { total: totalmem(), programs: totalmem() - freemem(), free: freemem() }
  const { total, active, free } = await mem()
  return { total, programs: active, free }
}

async function readNetwork(): Promise<Counters> {
  if (isLinux) return networkCounters(fileText('/proc/net/dev'), fileText('/proc/net/route'))
  return new Map(
    (await networkStats()).map(({ iface, rx_bytes, tx_bytes }) => [iface, { in: rx_bytes, out: tx_bytes }]),
  )
}

async function readDisks(): Promise<Counters> {
  if (isLinux) return diskCounters(fileText('/proc/diskstats'), isDisk)
  const stats = await fsStats()
  return new Map(stats === null ? [] : [['all', { in: stats.rx, out: stats.wx }]])
}

// A disk has a device behind it; a partition, a loop or a mapped volume has not, and would count the same bytes again.
function isDisk(name: string): boolean {
  const known = knownDisks.get(name) ?? existsSync(`/sys/block/${name}/device`)
  knownDisks.set(name, known)
  return known
}

// The library answers with zeros where it could read nothing; a device that never moved a byte has nothing to show.
function present(counters: Counters, what: string): Counters {
  if ([...counters.values()].some((flow) => flow.in + flow.out > 0)) return counters
  throw new Error(`this machine tells of no ${what} in use`)
}

function fileText(path: string): string {
  return readFileSync(path, 'utf8')
}
