// A port for a server that goes away and comes back: nobody else takes it meanwhile.

import { createServer } from 'node:net'

// Below the ports that the system gives to those who connect, and a part of them for each process of tests.
const firstPort = 20_000
const portsEach = 1_000
const parts = 10
const ownFirst = firstPort + (Number(process.env.VITEST_POOL_ID ?? 0) % parts) * portsEach

/** A port that nobody has, and that the system gives to nobody. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = ownFirst + Math.floor(Math.random() * portsEach)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const tried = createServer()
    tried.once('error', () => resolve(false))
    tried.listen(port, '127.0.0.1', () => tried.close(() => resolve(true)))
  })
}
