import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Copying, copyWhole } from '../../../server/commands/copy.ts'
import { testFolder } from '../../support/group-file.ts'

describe('a copy', () => {
  const content = Buffer.alloc(2_500_000, 'chart')
  let folder: string
  let progress: number[]

  beforeEach(async () => {
    folder = await testFolder()
    progress = []
    writeFileSync(join(folder, 'from'), content)
  })

  function copy(how: Partial<Copying> = {}): Promise<number> {
    return copyWhole({
      from: join(folder, 'from'),
      to: join(folder, 'to'),
      signal: new AbortController().signal,
      onProgress: (done, total) => void progress.push(done / total),
      confirm: async () => {},
      ...how,
    })
  }

  it('is the whole file, and tells how far it is', async () => {
    expect(await copy()).toBe(content.length)
    expect(readFileSync(join(folder, 'to')).equals(content)).toBe(true)
    expect(progress.length).toBeGreaterThan(1)
    expect(progress.at(-1)).toBe(1)
    expect(readdirSync(folder).sort()).toEqual(['from', 'to'])
  })

  it('is not there before it is confirmed', async () => {
    const seen: string[][] = []
    await copy({ confirm: async () => void seen.push(readdirSync(folder).sort()) })
    expect(seen).toEqual([['from', 'to.part']])
  })

  it.each([
    ['it is not confirmed', { confirm: () => Promise.reject(new Error('lost')) }],
    ['it is ended', { signal: AbortSignal.abort(new Error('lost')) }],
  ])('leaves what was there when %s', async (_, how) => {
    writeFileSync(join(folder, 'to'), 'older')
    await expect(copy(how)).rejects.toThrow('lost')
    expect(readFileSync(join(folder, 'to'), 'utf8')).toBe('older')
    expect(readdirSync(folder).sort()).toEqual(['from', 'to'])
  })
})
