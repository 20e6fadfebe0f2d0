// What the operating system tells of a process, as it is written and as it is here.

import { describe, expect, it } from 'vitest'
import { cpuMsOf, residentBytesOf, scheduledMs, tickedMs } from './cpu.ts'

describe('CPU time', () => {
  it('is the first number of schedstat, in ns', () => {
    expect(scheduledMs('1234567890 4242 17\n')).toBe(1_234.56789)
  })

  it('is utime and stime of stat, in ticks, whatever the process is called', () => {
    const stat = '42 (a) b (c)) S 1 42 42 0 -1 4194560 100 0 0 0 250 50 7 9 20 0 11 0 12345 1000 200\n'
    expect(tickedMs(stat)).toBe(3_000)
  })

  it('grows with what this process does', () => {
    const before = cpuMsOf(process.pid)
    for (const end = before + 20; cpuMsOf(process.pid) < end; );
    expect(cpuMsOf(process.pid)).toBeGreaterThan(before)
    expect(residentBytesOf(process.pid)).toBeGreaterThan(1e6)
  })
})
