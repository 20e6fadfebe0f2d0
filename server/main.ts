// Owns the composition root: it reads the configuration, puts the parts together, and ends them in order.

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, Server } from 'node:http'
import { hostname, networkInterfaces } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createAdaptorServer } from '@hono/node-server'
import { createApp } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { type Counters, createCounters } from './counters.ts'
import { type DataFolder, dataFolderAt, makeDataFolder } from './data-folder.ts'
import { drain } from './drain.ts'
import type { Append, Engine } from './engine/engine.ts'
import { createLocalEngine, type LocalEngine } from './engine/local/local.ts'
import { StoreError } from './engine/local/store-error.ts'
import { createMemoryEngine } from './engine/memory.ts'
import { Groups } from './groups/groups.ts'
import { createMinute, type Minute } from './groups/minute.ts'
import type { Clock } from './groups/rounds.ts'
import { createHostNameGuard } from './guards/host-name.ts'
import { LinkLimit } from './guards/link-limit.ts'
import { createOriginGuard } from './guards/origin.ts'
import type { DrainedLink } from './links/drained-link.ts'
import { createUpgradeDoor } from './links/upgrade.ts'
import { createLog, type Log } from './log.ts'
import { createOperator } from './operator/operator.ts'
import { whyNoFolder } from './sources/board-file.ts'
import { createBoardsSource } from './sources/boards.ts'
import { createHostSource } from './sources/host.ts'
import { createLoopDelay } from './sources/loop-delay.ts'
import { boardsProblemText, dataProblemText, openAddresses, portTakenText, startText } from './terminal.ts'

const version = '0.1.0'
// A socket that sends nothing for this long is cut: without it, one that never finishes its request stays for ever
// (REALTIME.md 6.3). An open WebSocket is not: ws turns the timeout off.
const silentSocketMs = 30_000
// Common proxies keep a connection for 60 s, and who is slow to notice that it ends sends one more request into it: a
// proxy answers 502 then. Node's own default is 5 s.
const keptConnectionMs = 65_000
// Many give a process 10 s to end, and kill it then: what is written by now is safe, and only the mark is missing.
const maxEndMs = 9_500

const clock: Clock = {
  now: () => performance.now(),
  setTimer(run, ms) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  yieldTo: (run) => void setImmediate(run),
}

// Whoever read our output may go. Its lines are lost then; a report of that would be lost too, and report itself.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {})

const read = readConfig(process.argv.slice(2), process.env)
switch (read.type) {
  case 'help':
    process.stdout.write(read.text)
    break
  case 'version':
    process.stdout.write(`${version}\n`)
    break
  case 'wrong':
    process.stderr.write(`${read.faults.join('\n')}\n`)
    process.exitCode = 2
    break
  case 'run':
    void run(read.config)
    break
  default:
    read satisfies never
}

async function run(config: Config): Promise<void> {
  const log = createLog((line) => void process.stderr.write(`${line}\n`), Date.now, config.logLevel)
  requireBoards(config)
  const counters = createCounters()
  const minute = createMinute(Date.now)
  const folder = config.data === ':memory:' ? undefined : dataFolderAt(config.data)
  const local = folder === undefined ? undefined : await openLocalEngine(folder, config, log, counters)
  const engine = countingAnnotations(local ?? createMemoryEngine({ now: Date.now, random: Math.random }), minute)
  const groups = new Groups(engine, clock)
  let isDraining = false
  const host = {
    engine,
    groups,
    clock,
    log,
    counters,
    now: Date.now,
    random: Math.random,
    parked: new Set<DrainedLink>(),
    links: new LinkLimit(),
    personOf: (secret: string) => createHash('sha256').update(secret).digest('base64url').slice(0, 22),
    isDraining: () => isDraining,
    addresses: () => openAddresses({ host: config.host, port: portOf(server, config) }, networkInterfaces()),
    isHostAllowed: createHostNameGuard({ allowed: config.allowedHosts, hostname: hostname(), addresses: ownAddresses }),
    isOriginAllowed: createOriginGuard(config.origins),
    pageFolder: join(dirname(fileURLToPath(import.meta.url)), '..', 'client'),
    version,
  }
  const server = createHttpServer(createApp(host).fetch)
  const door = createUpgradeDoor(server, host)
  const closeHost = config.hostSource ? startHostSource(engine, groups, minute, log) : async () => {}
  const closeBoards = config.boards === undefined ? async () => {} : await startBoards(config.boards, engine, log)
  const isOperated = folder !== undefined && local !== undefined
  const operator = isOperated ? await createOperator(folder.operator, local, log) : undefined

  async function closeRest(): Promise<void> {
    await closeHost()
    await closeBoards()
    groups.close()
    await operator?.close()
    await engine.close()
    log.info('stopped', { counts: counters.all() })
  }

  async function end(signal: string): Promise<void> {
    // Whoever asks twice does not want to wait.
    if (isDraining) process.exit(1)
    isDraining = true
    log.info('stopping', { signal })
    clock.setTimer(() => endFailed(new Error('the end took too long')), maxEndMs)
    await drain({ server, door, parked: host.parked, clock, random: host.random, closeRest })
    process.exit(0)
  }

  function endFailed(error: unknown): void {
    log.error('end_failed', { error })
    process.exit(1)
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(signal).catch(endFailed))
  // What reaches this is our bug; the people in the groups are not to pay for it.
  process.on('uncaughtException', (error) => {
    counters.add('bug', 1, 'uncaught')
    log.error('uncaught', { error })
  })
  try {
    await listen(server, config)
  } catch (error) {
    process.stderr.write(`${cannotListenText(config, error)}\n`)
    await closeRest()
    process.exit(1)
  }
  tellStart({ ...config, port: portOf(server, config), data: folder?.path ?? config.data }, log)
}

/** Where the folder of the boards cannot be read, says why and ends. */
function requireBoards({ boards }: Config): void {
  const why = boards === undefined ? undefined : whyNoFolder(resolve(boards))
  if (boards === undefined || why === undefined) return
  process.stderr.write(`${boardsProblemText(resolve(boards), why)}\n`)
  process.exit(1)
}

/** Opens the engine on a folder; where it cannot be opened, says why and ends. */
async function openLocalEngine(folder: DataFolder, config: Config, log: Log, counters: Counters): Promise<LocalEngine> {
  try {
    makeDataFolder(folder)
    return await createLocalEngine(
      { file: folder.file, newEpoch: config.newEpoch, keep: config.keep },
      {
        now: Date.now,
        elapsed: clock.now,
        random: Math.random,
        setTimer: clock.setTimer,
        count: (name, by) => counters.add(name, by),
        report: (stage, error) => log.error('store_failed', { stage, error }),
      },
    )
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    process.stderr.write(`${dataProblemText(error.problem, folder.path, error.message)}\n`)
    return process.exit(1)
  }
}

function createHttpServer(fetch: (request: Request) => Response | Promise<Response>): Server {
  const server = createAdaptorServer({
    fetch,
    createServer,
    serverOptions: {
      requestTimeout: silentSocketMs,
      connectionsCheckingInterval: silentSocketMs / 6,
      keepAliveTimeout: keptConnectionMs,
    },
  })
  // createAdaptorServer's type allows HTTP/2 too; plain createServer makes plain HTTP.
  if (!(server instanceof Server)) throw new Error('the HTTP adaptor made no HTTP/1.1 server')
  server.setTimeout(silentSocketMs)
  return server
}

async function listen(server: Server, { port, host }: Config): Promise<void> {
  server.listen(port, host)
  await once(server, 'listening')
}

function cannotListenText({ port }: Config, error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const isTaken = 'code' in error && error.code === 'EADDRINUSE'
  return isTaken ? portTakenText(port) : `Chartroom cannot listen: ${error.message}`
}

function tellStart(config: Config, log: Log): void {
  const { host, port } = config
  log.info('listening', { host, port, version })
  const hasColor = process.stdout.isTTY
  process.stdout.write(`${startText({ config, interfaces: networkInterfaces(), version, hasColor })}\n`)
}

// Port 0 asks for a free one: which it is, the server knows once it listens.
function portOf(server: Server, config: Config): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : config.port
}

function startHostSource(engine: Engine, groups: Groups, minute: Minute, log: Log): () => Promise<void> {
  const loopDelay = createLoopDelay()
  const source = createHostSource({
    append: (samples) => engine.append({ group: 'host', change: { type: 'batch', samples } }),
    facts: () => ({
      people: groups.allPeople,
      messagesPerMinute: minute.count(),
      loopDelayMs: loopDelay.readMs(),
    }),
    log,
    now: Date.now,
  })
  source.start()
  return async () => {
    await source.close()
    loopDelay.close()
  }
}

// Looks before anybody comes, so that the first to look sees the boards as they are meant.
async function startBoards(folder: string, engine: Engine, log: Log): Promise<() => Promise<void>> {
  const source = createBoardsSource({ folder: resolve(folder), engine, log, setTimer: clock.setTimer })
  await source.look()
  source.start()
  return () => source.close()
}

function countingAnnotations(engine: Engine, minute: Minute): Engine {
  const append = engine.append.bind(engine)
  return Object.assign(engine, {
    append: async (asked: Append) => {
      const accepted = await append(asked)
      // What is said in private is no number for everybody.
      const { change } = asked
      if (accepted.ok && change.type === 'annotate' && change.draft.recipients === undefined) minute.add()
      return accepted
    },
  })
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address))
}
