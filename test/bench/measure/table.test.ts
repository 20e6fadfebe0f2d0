// Rows for people: words to the left, numbers to the right.

import { expect, it } from 'vitest'
import { tableText } from './table.ts'

const columns = [
  { key: 'subject', title: 'subject' },
  { key: 'cpuUs', title: 'us', digits: 1 },
  { key: 'viewers', title: 'viewers' },
]

it('writes words to the left and numbers to the right, each with its digits', () => {
  const rows = [
    { subject: 'floor', cpuUs: 5.44, viewers: 20 },
    { subject: 'socket.io', cpuUs: 11.96, viewers: 4_000 },
  ]
  expect(tableText(columns, rows)).toBe('subject      us  viewers\nfloor       5.4       20\nsocket.io  12.0     4000')
})

it('writes a dash for what was not measured', () => {
  expect(tableText(columns, [{ subject: 'floor', cpuUs: Number.NaN }])).toBe(
    'subject  us  viewers\nfloor     -        -',
  )
})
