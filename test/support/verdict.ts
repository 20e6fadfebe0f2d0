// What must be true when the noise is over: nothing acknowledged is lost or doubled, and everybody has the same.

import { expect } from 'vitest'
import type { Follower } from './follower.ts'
import type { Ledger } from './ledger.ts'
import { differenceFrom } from './receiver.ts'
import { readGroup, searchGroup, type WholeGroup } from './whole-group.ts'
import { authors } from './writers.ts'

/** Holds a server and all who followed it to what was acknowledged. Nobody writes any more. */
export async function expectNothingLost(
  url: string,
  group: string,
  ledger: Ledger,
  followers: readonly Follower[],
): Promise<void> {
  const whole = await readGroup(url, group)
  expectAnnotations(whole, ledger)
  expectSums(whole, ledger)
  await expectFound(url, group, ledger)
  await expect.poll(() => followers.filter(({ cursor }) => cursor !== whole.cursor).length).toBe(0)
  for (const follower of followers) {
    await follower.readAll()
    expect(follower.faults).toEqual([])
    expect(differenceFrom(whole, follower.room.state)).toBeUndefined()
    expect(follower.room.state.talk.earlier).toBe(0)
    expect([...follower.shown.keys()].filter((id) => follower.room.state.talk.find(id) === undefined)).toEqual([])
  }
}

// Each once, as it was acknowledged; those of one author in the order in which they were written.
function expectAnnotations({ annotations }: WholeGroup, ledger: Ledger): void {
  const stored = annotations.map(({ text, id }) => [text, id] as const)
  expect(stored.length).toBe(new Set(stored.map(([text]) => text)).size)
  expect(new Map(stored)).toEqual(ledger.annotations)
  for (const author of authors) {
    const numbers = stored.map(([text]) => text.split(' ')).flatMap(([who, n]) => (who === author ? [Number(n)] : []))
    expect(numbers).toEqual(numbers.map((_, at) => at + 1))
  }
}

function expectSums({ series }: WholeGroup, { sums, doubts }: Ledger): void {
  for (const [metric, sum] of sums) {
    const value = series.get(metric)?.value ?? 0
    expect(value, metric).toBeGreaterThanOrEqual(sum)
    expect(value, metric).toBeLessThanOrEqual(sum + (doubts.get(metric) ?? 0))
  }
}

async function expectFound(url: string, group: string, ledger: Ledger): Promise<void> {
  for (const author of authors) {
    const found = (await searchGroup(url, group, author)).map(({ text }) => text)
    const written = [...ledger.annotations].filter(([text]) => text.startsWith(author)).sort(([, a], [, b]) => a - b)
    expect(found).toEqual(written.map(([text]) => text))
  }
}
