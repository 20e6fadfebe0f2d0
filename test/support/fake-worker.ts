// Owns workers that do what a test says.

import { EventEmitter } from 'node:events'
import type { WorkerLike } from '../../server/sources/host-worker.ts'

/** Asked by the source, answered by the test. */
export class FakeWorker extends EventEmitter implements WorkerLike {
  asked = 0
  isEnded = false
  isReferenced = true

  postMessage(): void {
    this.asked++
  }

  unref(): void {
    this.isReferenced = false
  }

  terminate(): Promise<void> {
    this.end()
    return Promise.resolve()
  }

  /** As a real worker ends: an error if it had one, then the exit, once. */
  end(error?: Error): void {
    if (this.isEnded) return
    this.isEnded = true
    if (error !== undefined) this.emit('error', error)
    this.emit('exit')
  }
}

/** All workers that were opened; `last` is the present one. */
export function createFakeWorkers() {
  const opened: FakeWorker[] = []
  return {
    opened,
    open(): FakeWorker {
      const worker = new FakeWorker()
      opened.push(worker)
      return worker
    },
    get last(): FakeWorker {
      const worker = opened.at(-1)
      if (worker === undefined) throw new Error('no worker was opened')
      return worker
    },
  }
}
