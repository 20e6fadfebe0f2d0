import type { ConnectionState, Way } from '@chartroom/shared/client'
import { afterEach, describe, expect, it } from 'vitest'
import { connectionDetails } from '../../../client/views/connection-details.ts'
import { speak } from '../../../client/words/words.ts'

/** Heading and sentence. */
function read(state: ConnectionState, word: string, way?: Way): readonly unknown[] {
  return connectionDetails(state, word, way).values
}

const live = { word: 'live', lagMs: 100 } as const

afterEach(() => speak('en'))

describe('the details of the connection', () => {
  it.each([
    ['websocket', 'Live over WebSocket'],
    ['event-stream', 'Live over server-sent events'],
    ['long-poll', 'Live by long poll'],
    ['poll', 'Live by poll'],
    ['tab', 'Live through another tab of this browser'],
  ] as const)('say of %s: %s', (way, heading) => {
    expect(read(live, 'Live', way)[0]).toBe(heading)
  })

  it('say what a lower way means, and that the best one is tried again', async () => {
    expect(read({ word: 'behind', lagMs: 4_000 }, 'Behind', 'long-poll')).toEqual([
      'Behind by long poll',
      expect.stringMatching(/lets no WebSocket through.* a little later\..*tried again every five minutes\.$/),
    ])
    await speak('zh')
    expect(read(live, '实时', 'poll')).toEqual(['实时，通过轮询', expect.stringContaining('再试一次 WebSocket')])
  })

  it('say of no way that it is one when it is over', () => {
    expect(read({ word: 'waiting', untilMs: 5 }, 'Reconnecting', 'websocket')).toEqual([
      'Reconnecting',
      'What happens meanwhile is shown as soon as the connection is there.',
    ])
  })
})
