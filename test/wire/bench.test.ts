// The bench works: two scenarios with five viewers and a moment of time. What they measure is not judged.

import { expect, it } from 'vitest'
import { findCompiler, noCompiler } from '../bench/compiler.ts'
import { measureFanOut } from '../bench/scenarios/fan-out.ts'
import { measureIngest } from '../bench/scenarios/ingest.ts'

const moment = { turns: 1, windowMs: 1_000, warmMs: 100 }

it('measures the fan-out of the floor, both controls and Chartroom, or says what that needs', async () => {
  const { rows, left } = await measureFanOut({ ...moment, cases: [{ viewers: 5, groups: 1, everyMs: 100 }] }, () => {})
  const subjects = ['floor', 'ws', 'socket.io', 'chartroom']
  const hasCompiler = (await findCompiler()) !== undefined
  expect(left).toBe(hasCompiler ? undefined : noCompiler)
  expect(rows.map(({ subject }) => subject)).toEqual(hasCompiler ? subjects : [])
  for (const { deliveries, cpuUs } of rows) expect([deliveries, cpuUs]).not.toContain(0)
})

it('measures the ingest of the control and Chartroom', async () => {
  const { rows } = await measureIngest({ ...moment, cases: [{ samples: 10, format: 'gzip' }] }, () => {})
  expect(rows.map(({ subject }) => subject)).toEqual(['hono', 'chartroom'])
  for (const { posts, cpuUs } of rows) expect([posts, cpuUs]).not.toContain(0)
})
