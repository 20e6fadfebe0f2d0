// A network that cuts, stalls, delays and swallows at random: what was acknowledged is everywhere, once, in one order.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BadNetwork, type Line } from '../support/bad-network.ts'
import { type Chance, chanceOf } from '../support/chance.ts'
import { fastPlatform } from '../support/fast-platform.ts'
import { Follower } from '../support/follower.ts'
import { LastingServer } from '../support/lasting-server.ts'
import { Ledger } from '../support/ledger.ts'
import { expectNothingLost } from '../support/verdict.ts'
import { readGroup } from '../support/whole-group.ts'
import { Writers } from '../support/writers.ts'

const group = 'ops'
const clients = 50
/** How often the weather changes. */
const spells = 60
/** What is acknowledged between two of them, at most. */
const mostInOneSpell = 150
const paces = [100, 250, 1_000]
const platform = fastPlatform(10)

let server: LastingServer
let network: BadNetwork
const followers: Follower[] = []

beforeEach(async () => {
  server = await LastingServer.start()
  network = await BadNetwork.to(server.url)
})

afterEach(async () => {
  for (const follower of followers.splice(0)) follower.close()
  network.close()
  await server.close()
})

function follow(url: string, paceMs = 100): Follower {
  const follower = new Follower({ url, group, platform, paceMs, windowMs: 60_000 })
  followers.push(follower)
  return follower
}

describe('a bad network', () => {
  it('[1] loses nothing that was acknowledged, doubles nothing, and every client comes to what the server has', async () => {
    const chance = chanceOf('network')
    const ledger = new Ledger()
    const { url } = network
    for (let n = 0; n < clients; n++) follow(url, paces[n % paces.length])
    const up = () => Promise.resolve()
    const writers = new Writers({ url, group, platform, chance, ledger, up })
    network.spoilNewLines(() => (chance.inHundred(10) ? 'deaf' : 'clear'))
    for (let spell = 0; spell < spells; spell++) {
      await writers.after(chance.between(0, mostInOneSpell))
      for (const line of network.lines) spoil(line, chance)
    }
    network.heal()
    await writers.finish()
    expect(ledger.annotations.size).toBeGreaterThan(100)
    await expectNothingLost(server.url, group, ledger, followers)
    expect(await server.end('SIGTERM')).toBe(0)
  })
})

describe('a half-open line', () => {
  it('is noticed by the client, which comes back by another and misses nothing', async () => {
    const follower = follow(network.url)
    const words: string[] = []
    follower.room.on('connection', ({ word }) => {
      if (word !== words.at(-1)) words.push(word)
    })
    await expect.poll(() => follower.room.isFilled).toBe(true)
    const before = words.length - 1
    for (const line of network.lines) line.become('deaf')
    await say('are you there?')
    await expect.poll(() => [...follower.shown.values()].map(({ text }) => text)).toEqual(['are you there?'])
    // Not every attempt to come back must succeed, and before that a late answer may make it seem behind.
    await expect
      .poll(() => words.slice(before).join(' '))
      .toMatch(/behind waiting connecting( waiting connecting)* live/)
    expect(follower.faults).toEqual([])
  })
})

describe('a line that stands still', () => {
  it('[6] gets nothing while it is full, then one difference, and nothing is lost', async () => {
    const [stalled, watching] = [follow(network.url), follow(server.url)]
    await expect.poll(() => followers.every(({ room }) => room.isFilled)).toBe(true)
    for (const line of network.lines) line.become('held')
    // The kernel of one machine takes some megabytes in before the server can notice.
    for (let n = 0; n < 60; n++) await Promise.all(Array.from({ length: 20 }, (_, at) => say(`${n} ${at} ${long}`)))
    network.heal()
    await expect.poll(() => stalled.cursor).toBe((await readGroup(server.url, group)).cursor)
    await stalled.readAll()
    expect(stalled.room.state.talk.length).toBe(1_200)
    expect(stalled.faults).toEqual([])
    expect(stalled.updates.all).toBeLessThan(watching.updates.all - 5)
  })
})

// 16 KB in a frame, and no word to be found.
const long = '🞄'.repeat(3_900)

async function say(text: string): Promise<void> {
  const body = new URLSearchParams({ text, author: 'ann' })
  const { status } = await fetch(`${server.url}/api/groups/${group}/annotations`, { method: 'POST', body })
  expect(status).toBe(201)
}

// Most lines stay as they are; what is spoiled and not dead gets well again some time.
function spoil(line: Line, chance: Chance): void {
  const dice = chance.between(0, 99)
  if (dice < 4) line.cut()
  else if (dice < 6) line.become('deaf')
  else if (dice < 10) line.become('held')
  else if (dice < 15) line.become('slow')
  else if (dice < 40) line.become('clear')
}
