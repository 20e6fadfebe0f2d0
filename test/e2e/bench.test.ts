// The bench of the page works: eight charts and a moment of time. What it measures is not judged.

import { expect, it } from 'vitest'
import { measureBrowser } from '../bench/scenarios/browser.ts'

const moment = { charts: 8, warmMs: 100, windowMs: 300, settleMs: 100, returnMs: 0, posts: 1, fed: [8, 16] } as const

it('measures frames, draws, delays and memory of the page in a browser', async () => {
  const { rows, findings } = await measureBrowser(moment, () => {})
  const measured = rows.map((row) => Object.keys(row).filter((key) => !Number.isNaN(row[key])))
  const watched = ['what', 'fps', 'frameP95Ms', 'longTasks', 'longestMs', 'heardP95Ms', 'shownP50Ms', 'shownP95Ms']
  const drawn = [...watched, 'longestCpuMs', 'updates', 'drawsLeast', 'drawsMost', 'pageCpu', 'picturesCpu', 'paceMs']
  const fed = ['what', 'heapMb']
  const opened = ['what', 'longTasks', 'longestMs']
  expect(measured).toEqual([
    watched,
    opened,
    drawn,
    [...drawn, 'returnS'],
    ['what', 'shownP50Ms', 'shownP95Ms'],
    fed,
    fed,
  ])
  expect(findings.filter(({ measured }) => Number.isNaN(measured))).toEqual([])
})
