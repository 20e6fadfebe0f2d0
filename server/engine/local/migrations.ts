// Owns the tables of the file and how an older file gets them; what stands in them is the rows' own.

import type { Database } from 'libsql'
import { historySchema } from './history.ts'
import { textsSchema } from './text-rows.ts'
import { inTransaction } from './transaction.ts'
import { wordsSchema } from './word-rows.ts'

// Ids of annotations grow over all groups' time, not over all groups: so a row of its own is what the words know it by.
const first = `
CREATE TABLE file (life INTEGER NOT NULL, is_clean INTEGER NOT NULL);
INSERT INTO file VALUES (1, 1);
-- No id comes back: what was in a deleted group goes in small steps.
CREATE TABLE groups (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  head TEXT NOT NULL,
  annotations INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE series (
  group_id INTEGER NOT NULL,
  key TEXT NOT NULL,
  definition TEXT NOT NULL,
  defined_at INTEGER NOT NULL,
  value REAL,
  value_at INTEGER NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (group_id, key)
) WITHOUT ROWID;
CREATE TABLE removals (
  group_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (group_id, revision, n)
) WITHOUT ROWID;
CREATE TABLE annotations (
  row INTEGER PRIMARY KEY,
  group_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  run INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  -- Whether a difference must remember it: all of the talk, and the logs that were edited.
  is_changed INTEGER NOT NULL,
  text_row INTEGER NOT NULL,
  -- All but its text.
  body TEXT NOT NULL
);
CREATE UNIQUE INDEX annotations_by_id ON annotations (group_id, id);
CREATE INDEX annotations_by_run ON annotations (group_id, run, id);
CREATE INDEX annotations_by_change ON annotations (group_id, revision) WHERE is_changed;
CREATE TABLE keys (
  group_id INTEGER NOT NULL,
  key TEXT NOT NULL,
  annotation INTEGER,
  at INTEGER NOT NULL,
  PRIMARY KEY (group_id, key)
) WITHOUT ROWID;
CREATE INDEX keys_by_time ON keys (at) WHERE annotation IS NULL;
CREATE INDEX keys_by_group ON keys (group_id, at);
CREATE INDEX keys_by_annotation ON keys (group_id, annotation) WHERE annotation IS NOT NULL;
CREATE TABLE gone (group_id INTEGER PRIMARY KEY);
CREATE TABLE holders (
  group_id INTEGER NOT NULL,
  canonical TEXT NOT NULL,
  person TEXT NOT NULL,
  used_at INTEGER NOT NULL,
  name TEXT NOT NULL,
  asked TEXT NOT NULL,
  PRIMARY KEY (group_id, canonical)
) WITHOUT ROWID;
`

/** Each makes of a file of its number one of the next. */
const migrations: readonly string[] = [[first, ...textsSchema, wordsSchema, historySchema].join('')]

// 'chrt': a file of SQLite says so whose it is (https://www.sqlite.org/pragma.html#pragma_application_id).
const ours = 0x63687274

/** Throws when a file is another program's, or a newer Chartroom's; it changes nothing. */
export function refuseForeign(db: Database): void {
  const version = pragma(db, 'user_version')
  const isEmpty = version === 0 && db.prepare('SELECT 1 FROM sqlite_master LIMIT 1').get() === undefined
  if (!isEmpty && pragma(db, 'application_id') !== ours) throw new Error('it is not a file of Chartroom')
  if (version > migrations.length) {
    throw new Error(`a newer version of Chartroom wrote it (form ${version}; this one knows ${migrations.length})`)
  }
}

/** Brings a file that is ours, or empty, to the newest form. */
export function migrate(db: Database): void {
  const version = pragma(db, 'user_version')
  for (const [at, sql] of migrations.entries()) {
    if (at < version) continue
    inTransaction(db, () => {
      db.exec(sql)
      db.exec(`PRAGMA application_id = ${ours}; PRAGMA user_version = ${at + 1}`)
    })
  }
}

function pragma(db: Database, name: 'user_version' | 'application_id'): number {
  const row = db.prepare(`PRAGMA ${name}`).get() as Record<string, number> // what these pragmas give
  return row[name] ?? 0
}
