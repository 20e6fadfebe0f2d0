// The bench works: its scenarios with a few viewers and a moment of time. What they measure is not judged.

import { expect, it } from 'vitest'
import { findCompiler, noCompiler } from '../bench/compiler.ts'
import { ways } from '../bench/load/ways.ts'
import { measureCodecs } from '../bench/scenarios/codecs.ts'
import { measureFanOut } from '../bench/scenarios/fan-out.ts'
import { measureIngest } from '../bench/scenarios/ingest.ts'
import { measureInstall } from '../bench/scenarios/install.ts'
import { measureParked } from '../bench/scenarios/parked.ts'
import { measureWays } from '../bench/scenarios/ways.ts'

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

it('measures a way of Chartroom and one of Socket.IO in a quiet and in a busy group', async () => {
  const named = (name: string) => ways.filter((way) => way.name === name)
  const plan = { ways: [...named('long poll'), ...named('Socket.IO, its poll')], viewers: 3, warmMs: 400 }
  const { rows } = await measureWays({ ...plan, windowMs: { quiet: 50, busy: 2_000, host: 0 } }, () => {})
  expect(rows.map(({ load, way }) => `${load}: ${way}`)).toEqual([
    'quiet: long poll',
    'quiet: Socket.IO, its poll',
    'busy: long poll',
    'busy: Socket.IO, its poll',
  ])
  for (const { updates, requests, receivedKb } of rows.slice(2))
    expect([updates, requests, receivedKb]).not.toContain(0)
})

it('asks beside long polls that wait, and beside those that are answered', async () => {
  const { rows } = await measureParked({ polls: 5, windowMs: 1_500, warmMs: 100 })
  expect(rows.map(({ polls, changes }) => [polls, changes])).toEqual([
    [0, 'no'],
    [5, 'no'],
    [5, 'each 1 s'],
  ])
  expect(rows.map(({ answers }) => Number(answers) > 0)).toEqual([false, false, true])
})

it('weighs what an installation brings along', () => {
  const { rows } = measureInstall()
  expect(rows.map(({ server }) => server)).toEqual(['chartroom', 'socket.io'])
  for (const { packages, megabytes } of rows) expect([packages, megabytes]).not.toContain(0)
})

it('writes the updates of a moment of this machine by each codec', async () => {
  const { rows } = await measureCodecs({ recordMs: 3_000, turns: 1, turnMs: 5 })
  expect(rows.map(({ codec }) => codec)).toEqual(['JSON', 'JSON, packed', 'MessagePack', 'MessagePack, packed'])
  for (const { bytes } of rows) expect(Number(bytes)).toBeGreaterThan(0)
})
