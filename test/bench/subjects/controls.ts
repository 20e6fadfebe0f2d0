// What Chartroom is measured against: what people write without it, and the least that a machine can do.

import { fileURLToPath } from 'node:url'
import { compiled } from '../compiler.ts'
import { startOfNode, startServerProcess } from './server-process.ts'
import type { Subject } from './subject.ts'

const fileOf = (name: string) => fileURLToPath(new URL(`../servers/${name}`, import.meta.url))

/** `ws`, with JSON.stringify for each client. */
export const ws: Subject = {
  name: 'ws',
  isNode: true,
  start: () => startServerProcess(startOfNode(fileOf('ws.mjs'))),
  viewer: () => ({ path: '/', setup: [], counted: '{"type":"metrics"', greetings: 0 }),
}

/** A room of Socket.IO for each group, over its WebSocket transport. */
export const socketIo: Subject = {
  name: 'socket.io',
  isNode: true,
  start: () => startServerProcess(startOfNode(fileOf('socket-io.mjs'))),
  viewer: (groups) => ({
    path: `/socket.io/?EIO=4&transport=websocket&groups=${groups.join(',')}`,
    setup: ['40'],
    counted: '42',
    greetings: 0,
    ping: { starts: '2', answer: '3' },
  }),
}

/** A route of Hono that parses a body and answers: it shows nothing to anybody. */
export const hono: Subject = {
  name: 'hono',
  isNode: true,
  start: () => startServerProcess(startOfNode(fileOf('hono.mjs'))),
  viewer: () => {
    throw new Error('The control of the ingest has no viewers.')
  },
}

/** A C program that writes a ready frame of this text to each socket. `compiler` is one of `findCompiler`. */
export function floorOf(compiler: string, text: string): Subject {
  return {
    name: 'floor',
    isNode: false,
    start: async () => startServerProcess({ command: await compiled(compiler, fileOf('floor.c')), args: [text] }),
    viewer: () => ({ path: '/', setup: [], counted: '{', greetings: 0 }),
  }
}
