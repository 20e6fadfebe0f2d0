// Owns how a long answer goes out: piece by piece, as fast as it is read. What is in the pieces is each route's.

import { setImmediate as turn } from 'node:timers/promises'
import type { RouteHost } from './host.ts'

const utf8 = new TextEncoder()

/**
 * A body of pieces of text, the first made before the answer begins, each other when the one before was taken; nothing
 * is made for a reader that has gone. What fails on the way is logged and breaks the answer off, so that no part of it
 * passes for the whole.
 */
export async function streamed(
  pieces: AsyncGenerator<string>,
  { counters, log }: Pick<RouteHost, 'counters' | 'log'>,
): Promise<ReadableStream<Uint8Array>> {
  let next = await pieces.next()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          if (next.done) {
            controller.close()
            return
          }
          controller.enqueue(utf8.encode(next.value))
          await turn()
          next = await pieces.next()
        } catch (error) {
          counters.add('bug', 1, 'http')
          log.error('answer_broke_off', { error })
          controller.error(error)
        }
      },
      async cancel() {
        await pieces.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}
