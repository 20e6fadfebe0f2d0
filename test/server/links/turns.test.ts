// Whose turn it is: few at once, in order, and nobody is forgotten.

import { expect, it } from 'vitest'
import { Turns } from '../../../server/links/turns.ts'
import { FakeClock } from '../../support/fake-clock.ts'

function waitersOf(turns: Turns, count: number): number[] {
  const gone: number[] = []
  for (let number = 0; number < count; number++) void turns.next().then(() => gone.push(number))
  return gone
}

async function turn(clock: FakeClock): Promise<void> {
  clock.turn()
  await Promise.resolve()
}

it('lets sixteen go on in each turn of the event loop, in their order', async () => {
  const clock = new FakeClock()
  const gone = waitersOf(new Turns(clock), 40)
  const counts: number[] = []
  for (let at = 0; at < 4; at++) {
    counts.push(gone.length)
    await turn(clock)
  }
  expect(counts).toEqual([0, 16, 32, 40])
  expect(gone).toEqual(Array.from({ length: 40 }, (_, number) => number))
})

it('begins anew for those who come when all have gone', async () => {
  const clock = new FakeClock()
  const turns = new Turns(clock)
  for (const expected of [[0], [0, 1]]) {
    const gone = waitersOf(turns, expected.length)
    await turn(clock)
    expect(gone).toEqual(expected)
  }
})
