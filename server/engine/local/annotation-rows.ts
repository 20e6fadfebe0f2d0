// Owns the rows of annotations, of both runs: written, paged, and let go when they are too many logs. How their texts
// are kept is text-rows.ts's, how they are found word-rows.ts's.

import { type Annotation, limits, type RunName, runNameOf, runNames } from '@chartroom/shared'
import type { Database } from 'libsql'
import { prepare } from './prepared.ts'
import type { StoredPage } from './stored.ts'
import { TextRows, textOf, textOfA } from './text-rows.ts'

/** An annotation as it is read; `said` is its text. */
export interface AnnotationRow {
  readonly row: number
  readonly body: string
  readonly said: string
}

interface OwnRow extends AnnotationRow {
  readonly text_row: number
}

/** A row that may be let go. */
export interface OldRow {
  readonly row: number
  readonly id: number
  readonly run: number
  readonly text_row: number
  readonly said: string
}

/** What was written: its row, and the text that it had there before; undefined when it is new. */
export interface Written {
  readonly row: number
  readonly before: string | undefined
}

/** The columns of an `AnnotationRow`, of the annotation `a`. */
export const annotationColumns = `a.row AS row, a.body AS body, ${textOfA} AS said`
const oldColumns = `a.row AS row, a.id AS id, a.run AS run, a.text_row AS text_row, ${textOfA} AS said`
const [talk, logs] = [runNames.indexOf('talk'), runNames.indexOf('logs')]
const newest = Number.MAX_SAFE_INTEGER

/** The annotations of all groups. */
export class AnnotationRows {
  readonly #find
  readonly #insert
  readonly #update
  readonly #page
  readonly #changed
  readonly #from
  readonly #some
  readonly #tooOld
  readonly #delete
  readonly #texts: Readonly<Record<RunName, TextRows>>

  constructor(db: Database) {
    this.#find = prepare<OwnRow>(
      db,
      `SELECT a.text_row AS text_row, ${annotationColumns} FROM annotations a WHERE group_id = ? AND id = ?`,
    )
    this.#insert = prepare(
      db,
      'INSERT INTO annotations (group_id, id, run, revision, is_changed, text_row, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    this.#update = prepare(
      db,
      'UPDATE annotations SET revision = ?, is_changed = 1, text_row = ?, body = ? WHERE row = ?',
    )
    this.#page = prepare<AnnotationRow>(
      db,
      `SELECT ${annotationColumns} FROM annotations a WHERE group_id = ? AND run = ? AND id < ?
       ORDER BY id DESC LIMIT ?`,
    )
    this.#changed = prepare<{ id: number; revision: number }>(
      db,
      'SELECT id, revision FROM annotations WHERE group_id = ? AND is_changed ORDER BY revision DESC LIMIT ?',
    )
    this.#from = prepare<{ row: number }>(
      db,
      'SELECT row FROM annotations WHERE group_id = ? AND id >= ? ORDER BY id LIMIT 1',
    )
    this.#some = prepare<OldRow>(db, `SELECT ${oldColumns} FROM annotations a WHERE group_id = ? ORDER BY id LIMIT ?`)
    this.#tooOld = prepare<OldRow>(
      db,
      `SELECT ${oldColumns} FROM annotations a WHERE group_id = ?1 AND run = ?2 AND id <= (
         SELECT id FROM annotations WHERE group_id = ?1 AND run = ?2 ORDER BY id DESC LIMIT 1 OFFSET ?3)
       ORDER BY id LIMIT ?4`,
    )
    this.#delete = prepare(db, 'DELETE FROM annotations WHERE row = ?')
    this.#texts = { talk: new TextRows(db, 'talk'), logs: new TextRows(db, 'logs') }
  }

  find(group: number, id: number): Annotation | undefined {
    const row = this.#find.get(group, id)
    return row === undefined ? undefined : annotationOf(row)
  }

  put(group: number, annotation: Annotation): Written {
    const { id, revision, text } = annotation
    const body = JSON.stringify({ ...annotation, text: '' })
    const run = runNameOf(annotation)
    const known = this.#find.get(group, id)
    if (known === undefined) {
      const textRow = this.#texts[run].add(text)
      const number = runNames.indexOf(run)
      const { id: row } = this.#insert.run(group, id, number, revision, number === talk ? 1 : 0, textRow, body)
      return { row, before: undefined }
    }
    const before = textOf(known.said)
    const textRow = before === text ? known.text_row : this.#texts[run].replace(known.text_row, text)
    this.#update.run(revision, textRow, body, known.row)
    return { row: known.row, before }
  }

  /** Those of a run before an id (0: from the newest), newest first. */
  page(group: number, run: RunName, before: number, limit: number): StoredPage {
    const rows = [...this.#page.rows(group, runNames.indexOf(run), before || newest, limit + 1)]
    return pageOf(rows.map(annotationOf), limit)
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
  some(group: number, limit: number): OldRow[] {
    return [...this.#some.rows(group, limit)]
  }

  /** Some of the logs that are beyond the newest so many, oldest first. */
  tooManyLogs(group: number, keep: number, limit: number): OldRow[] {
    return [...this.#tooOld.rows(group, logs, keep, limit)]
  }

  /** Deletes an annotation; of the talk a blank stays where its text was, so that no other text is moved. */
  drop({ row, run, text_row }: OldRow): void {
    if (run === talk) this.#texts.talk.blank(text_row)
    else this.#texts.logs.drop(text_row)
    this.#delete.run(row)
  }
}

/** A page of what was read one further than it holds. */
export function pageOf(annotations: readonly Annotation[], limit: number): StoredPage {
  const shown = annotations.slice(0, limit)
  return { annotations: shown, before: annotations.length > limit ? (shown.at(-1)?.id ?? 0) : 0 }
}

/** The annotation of a row. */
export function annotationOf({ body, said }: AnnotationRow): Annotation {
  return { ...(JSON.parse(body) as Annotation), text: textOf(said) } // as `put` wrote it
}
