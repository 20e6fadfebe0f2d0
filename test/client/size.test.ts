import { describe, expect, it } from 'vitest'
import { bytesOf, chunksOf, listOf } from '../support/chunks.ts'

// What test/e2e/size.test.ts sees a browser fetch, by the build alone: it names the part that has grown.
const most = { lobby: 60_000, chart: 230_000 }

describe('the scripts of the page, as gzip', () => {
  it('are less than 60 KB for the lobby', () => {
    const chunks = chunksOf('start', 'lobby')
    expect(bytesOf(chunks), listOf(chunks)).toBeLessThan(most.lobby)
  })

  it.each(['line', 'bar', 'pie', 'gauge', 'heat'])(
    'are less than 230 KB in all for a first chart that is a %s',
    (kind) => {
      const chunks = chunksOf('start', 'group', kind, `${kind}-body`)
      expect(bytesOf(chunks), listOf(chunks)).toBeLessThan(most.chart)
    },
  )
})
