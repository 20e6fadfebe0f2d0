// Owns the source of group `host`: each second it asks the probe and hands on a batch; it knows no group, no engine.

import type { Batch, Result } from '@chartroom/shared'
import type { Log } from '../log.ts'
import { gapsBetween, type HostFacts, hostBatch } from './host-batch.ts'
import type { HostFailure, HostPart } from './host-reading.ts'
import { createHostWorker, type HostWorker, type WorkerLike } from './host-worker.ts'
import type { Source } from './source.ts'

/** What the host source is handed. */
export interface HostSourceOptions {
  /** The door of every producer. */
  append(batch: Batch): Promise<Result<unknown>>
  facts(): HostFacts
  readonly log: Log
  /** Unix ms; the batches go out where it is a whole multiple of `everyMs`. */
  now(): number
  /** @default 1_000 */
  readonly everyMs?: number
  /** @default a worker thread on host-probe.js */
  readonly openWorker?: () => WorkerLike
}

/** Reads this machine. While a look takes longer than `everyMs`, the batches due meanwhile are skipped. */
export function createHostSource(options: HostSourceOptions): Source {
  const { append, facts, log, now, everyMs = 1_000, openWorker } = options
  const tell = createTeller(log)
  let worker: HostWorker | undefined
  let timer: NodeJS.Timeout | undefined
  let pushing: Promise<void> | undefined
  let last: Batch = []

  function tick(from: HostWorker): void {
    pushing ??= push(from).finally(() => {
      pushing = undefined
    })
    schedule(from)
  }

  function schedule(from: HostWorker): void {
    timer = setTimeout(() => tick(from), untilNextMs(now(), everyMs)).unref()
  }

  async function push(from: HostWorker): Promise<void> {
    try {
      const reading = await from.ask()
      if (worker !== from) return
      tell.failures(reading?.failures ?? [])
      const batch = hostBatch(reading, facts())
      last = [...batch, ...gapsBetween(last, batch)]
      tell.result(await append(last))
    } catch (error) {
      log.error('host_source_failed', { error })
    }
  }

  return {
    start() {
      worker = createHostWorker(log, openWorker)
      schedule(worker)
    },
    async close() {
      const closing = worker?.close()
      worker = undefined
      clearTimeout(timer)
      await closing
      await pushing
    },
  }
}

// The next border that is not about to pass: a timer that fires a little early, or late, never makes two of one.
// No state, so a clock that is set anew costs one batch at most.
function untilNextMs(nowMs: number, everyMs: number): number {
  const restMs = everyMs - (nowMs % everyMs)
  return restMs < everyMs / 2 ? restMs + everyMs : restMs
}

// Each second anew it would fill the log: a part is told once, a refusal when it is another than before.
function createTeller(log: Log) {
  const told = new Set<HostPart>()
  let refused: string | undefined
  return {
    failures(failures: readonly HostFailure[]): void {
      for (const { part, reason } of failures.filter((failure) => !told.has(failure.part))) {
        told.add(part)
        log.warn('host_part_missing', { part, reason })
      }
    },
    result(result: Result<unknown>): void {
      const code = result.ok ? undefined : result.refusal.code
      if (!result.ok && code !== refused) log.warn('host_batch_refused', { ...result.refusal })
      refused = code
    },
  }
}
