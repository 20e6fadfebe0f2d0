// Owns many viewers of one way in, and what they take together. What a way is, ways.ts says.

import { setTimeout as sleep } from 'node:timers/promises'
import { Browser } from './browser.ts'
import type { Way } from './ways.ts'
import { Wires } from './wires.ts'

/** What went between viewers and server since they came. Bytes with all heads but those of TCP. */
export interface Traffic {
  readonly received: number
  readonly sent: number
  readonly requests: number
  readonly updates: number
}

/** Viewers that are there until they are closed. */
export interface Viewers {
  readonly traffic: Traffic
  /** Resolves when each of them was shown something; throws where that takes too long. */
  allShown(): Promise<void>
  close(): void
}

// All at once would be another measure.
const spreadMs = 500
const patienceMs = 20_000

/** Lets so many viewers in, within half a second. */
export async function openViewers(way: Way, url: string, group: string, count: number): Promise<Viewers> {
  const wires = new Wires()
  const shown = new Set<number>()
  const browsers: Browser[] = []
  const ends: (() => void)[] = []
  let updates = 0
  let tellAll = () => {}
  const all = new Promise<void>((resolve) => {
    tellAll = resolve
  })
  for (let number = 0; number < count; number++) {
    const browser = new Browser(wires)
    const onUpdate = () => {
      updates++
      shown.add(number)
      if (shown.size === count) tellAll()
    }
    browsers.push(browser)
    ends.push(way.enter(browser, { url, group, secret: `viewer ${number} of ${way.name}`, onUpdate }))
    await sleep(spreadMs / count)
  }
  return {
    get traffic() {
      const requests = browsers.reduce((sum, { questions }) => sum + questions, 0)
      return { ...wires.bytes, requests, updates }
    },
    async allShown() {
      const waiting = new AbortController()
      const late = sleep(patienceMs, undefined, waiting).then(() => {
        throw new Error(`${way.name}: ${shown.size} of ${count} were shown numbers.`)
      })
      await Promise.race([all, late]).finally(() => waiting.abort())
    },
    close() {
      for (const end of ends) end()
      for (const browser of browsers) browser.close()
    },
  }
}
