import { copyFileSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { Writer } from '../../../../server/engine/local/writer.ts'
import { annotationOf, said, start, testFolder, usualKeep } from '../../../support/group-file.ts'
import { columnsOf } from '../../../support/history-file.ts'

async function open() {
  const folder = await testFolder()
  const file = join(folder, 'chartroom.db')
  return { folder, file, writer: new Writer({ file, newEpoch: false, keep: usualKeep }) }
}

const many = (from: number) => Array.from({ length: 500 }, (_, at) => annotationOf(from + at, 'word '.repeat(200)))

describe('while checkpoints are held', () => {
  it('the file stays as it is, with all that was written before, whatever is written', async () => {
    const { file, writer } = await open()
    writer.asked.write([said('ops', annotationOf(1, 'before'))])
    writer.asked.holdCheckpoints()
    const held = readFileSync(file)
    writer.asked.write([said('ops', ...many(2))])
    writer.asked.write([said('ops', ...many(502), annotationOf(1, '', { revision: 1_002, retracted: true }))])
    writer.upkeep()
    expect(readFileSync(file).equals(held)).toBe(true)

    const copy = join(await testFolder(), 'copy.db')
    copyFileSync(file, copy)
    const copied = new Writer({ file: copy, newEpoch: true, keep: usualKeep })
    expect(copied.asked.page('ops', 'talk', 0, 10).annotations.map(({ text }) => text)).toEqual(['before'])
    expect(copied.file.life).toBe(2)
    copied.asked.close(true)

    writer.asked.releaseCheckpoints()
    writer.upkeep()
    expect(readFileSync(file).includes('before')).toBe(false)
    expect(statSync(file).size).toBeGreaterThan(held.length)
    writer.asked.close(true)
  })
})

describe('upkeep', () => {
  it('takes samples into their tiers every ten seconds, so that those which are too old can go', async () => {
    const { file, writer } = await open()
    const later = start + usualKeep.rawMs + 600_000
    const rowsLeft = async () => {
      while (writer.asked.trim(later)) {}
      writer.asked.holdCheckpoints()
      const copy = join(await testFolder(), 'copy.db')
      copyFileSync(file, copy)
      writer.asked.releaseCheckpoints()
      const db = new Database(copy)
      const rows = db.prepare('SELECT count(*) AS rows FROM raw_samples').get([])
      db.close()
      return rows
    }
    writer.asked.write([{ ...said('ops'), samples: columnsOf([{ key: 'cpu', time: start, value: 4 }]) }])
    expect(await rowsLeft()).toMatchObject({ rows: 1 })
    for (let second = 0; second < 10; second++) writer.upkeep()
    expect(await rowsLeft()).toMatchObject({ rows: 0 })
    const query = { group: 'ops', from: start - 60_000, to: later, buckets: 100 }
    expect(writer.asked.history(query).series.map(({ points }) => points[1])).toEqual([4])
    writer.asked.close(true)
  })

  it('empties the log of the file when something was taken back, and else leaves it', async () => {
    const { folder, writer } = await open()
    const logBytes = () => statSync(join(folder, 'chartroom.db-wal')).size
    // First it does so anyway, for what was taken back before a crash.
    writer.upkeep()
    expect(logBytes()).toBe(0)
    writer.asked.write([said('ops', annotationOf(1, 'a'))])
    writer.upkeep()
    expect(logBytes()).toBeGreaterThan(0)
    writer.asked.write([said('ops', annotationOf(1, '', { revision: 2, retracted: true }))])
    writer.upkeep()
    expect(logBytes()).toBe(0)
    writer.asked.close(true)
    expect(readdirSync(folder).filter((name) => statSync(join(folder, name)).size > 0)).toEqual(['chartroom.db'])
  })
})
