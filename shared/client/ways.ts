// Owns which ways in there are to a server, best first. Which of them is taken is ladder.ts's.

import type { LadderOptions } from './ladder.ts'
import type { Platform } from './platform.ts'
import { openWebSocket, probeWebSocket } from './websocket.ts'

/** The ways in to the server at these addresses; those over HTTP are loaded when they are needed. */
export function ways(platform: Platform, socketUrl: string, httpUrl: string): LadderOptions {
  return {
    platform,
    top: { way: 'websocket', open: (listener) => openWebSocket(platform, socketUrl, listener) },
    bringLower: platform.read && (async () => (await import('./http-ways.ts')).httpWays(platform, httpUrl)),
    probeTop: (onOpens) => probeWebSocket(platform, socketUrl, onOpens),
  }
}
