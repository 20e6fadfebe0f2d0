import Database from 'libsql'
import { expect, it, vi } from 'vitest'
import { GroupFile } from '../../../../server/engine/local/file.ts'
import { migrate } from '../../../../server/engine/local/migrations.ts'
import { usualKeep } from '../../../support/group-file.ts'

/** Every statement that the file prepares, and how SQLite does it. */
function plans(): { readonly sql: string; readonly plan: string }[] {
  const db = new Database(':memory:')
  const prepared = vi.spyOn(db, 'prepare')
  new GroupFile(db, usualKeep, false)
  const statements = [...new Set(prepared.mock.calls.map(([sql]) => sql))].filter((sql) => !sql.startsWith('PRAGMA'))
  const explained = statements.map((sql) => {
    const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all([])
    return { sql, plan: steps.map((step) => Object(step).detail).join('; ') }
  })
  db.close()
  return explained
}

// Lists of groups, and tables of a row or few; a virtual table is always said to be scanned, and its index by what.
const mayScan = /SCAN (file|gone|groups|g)\b|SCAN words VIRTUAL TABLE INDEX \d+:.*M/

it('nothing is looked for without an index, but for groups and single rows', () => {
  const scans = plans().filter(({ plan }) => plan.replace(mayScan, '').includes('SCAN'))
  expect(scans).toEqual([])
})

it('nothing is sorted that an index has in order, but the holders of a group that is loaded', () => {
  const sorts = plans().filter(({ plan }) => plan.includes('TEMP B-TREE'))
  expect(sorts.map(({ sql }) => /FROM (\w+)/.exec(sql)?.[1])).toEqual(['holders'])
})

it('an open file is brought to the newest form once', () => {
  const db = new Database(':memory:')
  migrate(db)
  db.exec("INSERT INTO groups (name, head) VALUES ('ops', '{}')")
  migrate(db)
  expect(db.prepare('SELECT count(*) AS groups FROM groups').get([])).toMatchObject({ groups: 1 })
  db.close()
})
