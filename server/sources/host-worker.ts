// Owns the life of the worker that looks at this machine: asks it, and starts another when it ends or hangs.

import { Worker } from 'node:worker_threads'
import type { Log } from '../log.ts'
import { decodeReading, type HostReading } from './host-reading.ts'

/** What is needed of a worker, by structure. */
export interface WorkerLike {
  postMessage(message: unknown): void
  terminate(): Promise<unknown>
  unref(): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'error', listener: (error: unknown) => void): unknown
  on(event: 'exit', listener: () => void): unknown
}

/** The worker behind it may come and go; whoever asks meanwhile gets nothing. */
export interface HostWorker {
  /** The present reading; undefined when there is no worker, or it ended before it answered. Ask one at a time. */
  ask(): Promise<HostReading | undefined>
  close(): Promise<void>
}

type State =
  | { readonly word: 'running'; readonly worker: WorkerLike }
  | { readonly word: 'waiting'; readonly timer: NodeJS.Timeout }
  | { readonly word: 'closed' }

const firstRetryMs = 1_000
const maxRetryMs = 60_000
// The slowest look, with processes on a busy machine, takes a second or two.
const patienceMs = 10_000

/** Starts the worker at once; one that ends is followed by another after 1 s, doubling to 60 s until one answers. */
export function createHostWorker(log: Log, openWorker: () => WorkerLike = openProbe): HostWorker {
  let retryMs = firstRetryMs
  let answer: (reading?: HostReading) => void = () => {}
  let state = open()

  function open(): State {
    try {
      return running(openWorker())
    } catch (error) {
      return waiting(error)
    }
  }

  function running(worker: WorkerLike): State {
    let cause: unknown
    worker.on('message', handleMessage)
    worker.on('error', (error) => {
      cause = error
    })
    worker.on('exit', () => {
      answer()
      if (state.word !== 'closed') state = waiting(cause)
    })
    worker.unref()
    return { word: 'running', worker }
  }

  function waiting(error: unknown): State {
    log.warn('host_probe_ended', { retryMs, error })
    const timer = setTimeout(() => {
      state = open()
    }, retryMs).unref()
    retryMs = Math.min(maxRetryMs, retryMs * 2)
    return { word: 'waiting', timer }
  }

  function handleMessage(message: unknown): void {
    const reading = decodeReading(message)
    if (reading === undefined) log.error('host_probe_nonsense')
    else retryMs = firstRetryMs
    answer(reading)
  }

  return {
    ask() {
      if (state.word !== 'running') return Promise.resolve(undefined)
      const { worker } = state
      const patience = setTimeout(() => void worker.terminate(), patienceMs).unref()
      return new Promise<HostReading | undefined>((resolve) => {
        answer = resolve
        worker.postMessage('look')
      }).finally(() => clearTimeout(patience))
    },
    async close() {
      const last = state
      state = { word: 'closed' }
      if (last.word === 'waiting') clearTimeout(last.timer)
      if (last.word === 'running') await last.worker.terminate()
    },
  }
}

function openProbe(): Worker {
  return new Worker(new URL('./host-probe.js', import.meta.url))
}
