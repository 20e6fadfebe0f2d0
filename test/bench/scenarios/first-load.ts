// What a browser fetches before it shows something: the scripts of the built page, as they travel.

import { bytesOf, chunksOf } from '../../support/chunks.ts'
import type { Row } from '../measure/table.ts'
import type { Finding, Report, Scenario } from '../scenario.ts'

/** The scripts of the lobby, and of a group's page until its first chart. */
export const firstLoad: Scenario = {
  name: 'first-load',
  title: 'The scripts of a first visit: bytes as gzip, by part',
  isUsual: true,
  run: async () => measureFirstLoad(),
}

const columns = [
  { key: 'page', title: 'page' },
  { key: 'part', title: 'part' },
  { key: 'bytes', title: 'bytes' },
] as const

// As test/client/size.test.ts holds them to.
const pages = [
  { page: 'lobby', parts: ['start', 'lobby'], atMost: 60_000 },
  { page: 'a group with lines', parts: ['start', 'group', 'line', 'line-body'], atMost: 230_000 },
]

/** Weighs the build. */
export function measureFirstLoad(): Report {
  const weighed = pages.map((one) => ({ ...one, chunks: chunksOf(...one.parts) }))
  const rows: Row[] = weighed.flatMap(({ page, chunks }) =>
    [...chunks].toSorted(([, a], [, b]) => b - a).map(([part, bytes]) => ({ page, part, bytes })),
  )
  const findings: Finding[] = weighed.map(({ page, chunks, atMost }) => ({
    text: `bytes of ${page}`,
    measured: bytesOf(chunks),
    atMost,
  }))
  return { columns, rows, findings }
}
