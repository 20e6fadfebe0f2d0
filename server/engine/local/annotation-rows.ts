// Owns the rows of annotations, of both runs: written, paged, and let go when they are too many logs. Words are word-rows.ts's.

import { type Annotation, limits, type RunName, runNameOf, runNames } from '@chartroom/shared'
import type { Database } from 'libsql'
import { prepare } from './prepared.ts'
import type { StoredPage } from './stored.ts'

interface Row {
  row: number
  body: string
}

/** What was written: its row, and whether it is new there. */
export interface Written {
  readonly row: number
  readonly isNew: boolean
}

const newest = Number.MAX_SAFE_INTEGER

/** The annotations of all groups. */
export class AnnotationRows {
  readonly #find
  readonly #insert
  readonly #update
  readonly #page
  readonly #changed
  readonly #from
  readonly #rowsOf
  readonly #tooOld
  readonly #delete

  constructor(db: Database) {
    this.#find = prepare<Row>(db, 'SELECT row, body FROM annotations WHERE group_id = ? AND id = ?')
    this.#insert = prepare(
      db,
      'INSERT INTO annotations (group_id, id, run, revision, is_changed, body) VALUES (?, ?, ?, ?, ?, ?)',
    )
    this.#update = prepare(db, 'UPDATE annotations SET revision = ?, is_changed = 1, body = ? WHERE row = ?')
    this.#page = prepare<Row>(
      db,
      'SELECT row, body FROM annotations WHERE group_id = ? AND run = ? AND id < ? ORDER BY id DESC LIMIT ?',
    )
    this.#changed = prepare<{ id: number; revision: number }>(
      db,
      'SELECT id, revision FROM annotations WHERE group_id = ? AND is_changed ORDER BY revision DESC LIMIT ?',
    )
    this.#from = prepare<{ row: number }>(
      db,
      'SELECT row FROM annotations WHERE group_id = ? AND id >= ? ORDER BY id LIMIT 1',
    )
    this.#rowsOf = prepare<{ row: number; id: number }>(
      db,
      'SELECT row, id FROM annotations WHERE group_id = ? ORDER BY id LIMIT ?',
    )
    this.#tooOld = prepare<{ row: number; id: number }>(
      db,
      `SELECT row, id FROM annotations WHERE group_id = ?1 AND run = ?2 AND id < (
         SELECT id FROM annotations WHERE group_id = ?1 AND run = ?2 ORDER BY id DESC LIMIT 1 OFFSET ?3)
       ORDER BY id LIMIT ?4`,
    )
    this.#delete = prepare(db, 'DELETE FROM annotations WHERE row = ?')
  }

  find(group: number, id: number): Annotation | undefined {
    const row = this.#find.get(group, id)
    return row === undefined ? undefined : read(row)
  }

  put(group: number, annotation: Annotation): Written {
    const { id, revision } = annotation
    const body = JSON.stringify(annotation)
    const known = this.#find.get(group, id)
    if (known !== undefined) {
      this.#update.run(revision, body, known.row)
      return { row: known.row, isNew: false }
    }
    const run = runNameOf(annotation)
    const row = this.#insert.run(group, id, runNames.indexOf(run), revision, run === 'talk' ? 1 : 0, body).id
    return { row, isNew: true }
  }

  /** Those of a run before an id (0: from the newest), newest first. */
  page(group: number, run: RunName, before: number, limit: number): StoredPage {
    const rows = [...this.#page.rows(group, runNames.indexOf(run), before || newest, limit + 1)]
    return pageOf(rows.map(read), limit)
  }

  /** The newest changes of those that a difference must remember, oldest first. */
  changed(group: number): (readonly [id: number, revision: number])[] {
    return [...this.#changed.rows(group, limits.rememberedChanges)]
      .map(({ id, revision }) => [id, revision] as const)
      .reverse()
  }

  /** The row of the first one that is not older than an id; undefined when all are. */
  rowFrom(group: number, id: number): number | undefined {
    return this.#from.get(group, id)?.row
  }

  /** Some of a group, oldest first. */
  some(group: number, limit: number): { row: number; id: number }[] {
    return [...this.#rowsOf.rows(group, limit)]
  }

  /** Some of the logs that are beyond the newest so many. */
  tooManyLogs(group: number, keep: number, limit: number): { row: number; id: number }[] {
    return [...this.#tooOld.rows(group, runNames.indexOf('logs'), keep - 1, limit)]
  }

  drop(row: number): void {
    this.#delete.run(row)
  }
}

/** A page of what was read one further than it holds. */
export function pageOf(annotations: readonly Annotation[], limit: number): StoredPage {
  const shown = annotations.slice(0, limit)
  return { annotations: shown, before: annotations.length > limit ? (shown.at(-1)?.id ?? 0) : 0 }
}

function read({ body }: { readonly body: string }): Annotation {
  return JSON.parse(body) as Annotation // as `put` wrote it
}
