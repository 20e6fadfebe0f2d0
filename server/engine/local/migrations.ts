// Owns the tables of the file and how an older file gets them; what stands in them is the rows' own.

import type { Database } from 'libsql'
import { historySchema } from './history.ts'
import { inTransaction } from './transaction.ts'

// Ids of annotations grow over all groups' time, not over all groups: so a row of its own is what the words know it by.
const first = `
CREATE TABLE file (life INTEGER NOT NULL, is_clean INTEGER NOT NULL);
INSERT INTO file VALUES (1, 1);
CREATE TABLE groups (
  id INTEGER PRIMARY KEY,
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
  body TEXT NOT NULL
);
CREATE UNIQUE INDEX annotations_by_id ON annotations (group_id, id);
CREATE INDEX annotations_by_run ON annotations (group_id, run, id);
CREATE INDEX annotations_by_change ON annotations (group_id, revision) WHERE is_changed;
-- Its group is a word of its own, so that a search of one group does not read the others.
CREATE VIRTUAL TABLE words USING fts5(in_group, terms, tokenize = "unicode61 remove_diacritics 0");
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
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
const migrations: readonly string[] = [first + historySchema]

/** Brings a file to the newest form; throws when a newer Chartroom wrote it. */
export function migrate(db: Database): void {
  const version = versionOf(db)
  if (version > migrations.length) {
    throw new Error(`a newer version of Chartroom wrote it (form ${version}; this one knows ${migrations.length})`)
  }
  for (const [at, sql] of migrations.entries()) {
    if (at < version) continue
    inTransaction(db, () => {
      db.exec(sql)
      db.exec(`PRAGMA user_version = ${at + 1}`)
    })
  }
}

function versionOf(db: Database): number {
  const row = db.prepare('PRAGMA user_version').get() as { user_version: number } // what the pragma gives
  return row.user_version
}
