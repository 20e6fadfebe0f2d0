// The real server is killed at random moments while it is written to and followed: nothing that it acknowledged is lost.

import { afterEach, describe, expect, it } from 'vitest'
import { chanceOf } from '../support/chance.ts'
import { fastPlatform } from '../support/fast-platform.ts'
import { Follower } from '../support/follower.ts'
import { LastingServer } from '../support/lasting-server.ts'
import { Ledger } from '../support/ledger.ts'
import { expectNothingLost } from '../support/verdict.ts'
import { Writers } from '../support/writers.ts'

const group = 'ops'
const clients = 50
const kills = 20
/** After so many kills comes an orderly end. */
const killsBetweenEnds = 5
/** What is acknowledged in one life of the server, at most. */
const mostInOneLife = 300
const paces = [100, 250, 1_000]

let server: LastingServer
const followers: Follower[] = []

afterEach(async () => {
  for (const follower of followers.splice(0)) follower.close()
  await server.close()
})

describe('a server that is killed twenty times', () => {
  it('[11] keeps every acknowledged annotation and addition, once, and every client comes to what it has', async () => {
    const chance = chanceOf('process')
    const platform = fastPlatform(10)
    const ledger = new Ledger()
    server = await LastingServer.start()
    const { url } = server
    for (let n = 0; n < clients; n++) {
      followers.push(new Follower({ url, group, platform, paceMs: paces[n % paces.length] ?? 100, windowMs: 60_000 }))
    }
    const writers = new Writers({ url, group, platform, chance, ledger, up: () => server.up() })
    for (let killed = 1; killed <= kills; killed++) {
      await writers.after(chance.between(0, mostInOneLife))
      await server.restart('SIGKILL')
      if (killed % killsBetweenEnds !== 0) continue
      await writers.after(chance.between(0, mostInOneLife))
      expect(await server.restart('SIGTERM')).toBe(0)
    }
    await writers.finish()
    expect(ledger.annotations.size).toBeGreaterThan(100)
    await server.restart('SIGKILL')
    await expectNothingLost(url, group, ledger, followers)
  })
})
