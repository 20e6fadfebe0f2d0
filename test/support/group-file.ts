// Owns what a test writes into a file of groups, and the folder of such a file.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Annotation } from '@chartroom/shared'
import Database from 'libsql'
import { onTestFinished } from 'vitest'
import { GroupFile, type Keep } from '../../server/engine/local/file.ts'
import type { GroupWrite, StoredHead, StoredSeries } from '../../server/engine/local/stored.ts'

/** The server's time in these tests, Unix ms. */
export const start = 1_795_178_659_000

/** As long as the server keeps by itself. */
export const usualKeep: Keep = { rawMs: 900_000, tensMs: 86_400_000, minutesMs: 2_592_000_000, logs: 10_000 }

/** A group's head at a revision. */
export function headAt(revision: number, more: Partial<StoredHead> = {}): StoredHead {
  const fixed = { epoch: 'k3f9', life: 1, floor: 0, nextNumber: 1, lastId: 0, board: null, boardAt: 0 }
  return { ...fixed, revision, time: start + revision, ...more }
}

/** The annotation of a revision, with an id that grows with `number`. */
export function annotationOf(number: number, text: string, more: Partial<Annotation> = {}): Annotation {
  return { id: idOf(number), revision: number, time: start + number, author: 'ann', text, ...more }
}

/** The id of the annotation with this number. */
export function idOf(number: number): number {
  return (start + number) * 1_000
}

/** A series with its present value. */
export function seriesOf(n: number, metric: string, more: Partial<StoredSeries> = {}): StoredSeries {
  return { key: metric, definition: { n, metric }, definedAt: n, value: n, valueAt: n, time: start + n, ...more }
}

/** A write of annotations, at the revision of the last. */
export function said(group: string, ...annotations: Annotation[]): GroupWrite {
  const revision = Math.max(1, ...annotations.map((annotation) => annotation.revision))
  return { group, head: headAt(revision), annotations }
}

/** A file of groups in memory, and its connection. */
export function openInMemory(keep: Partial<Keep> = {}): { readonly db: Database.Database; readonly file: GroupFile } {
  const db = new Database(':memory:')
  onTestFinished(() => void db.close())
  return { db, file: new GroupFile(db, { ...usualKeep, ...keep }, false) }
}

/** A folder that is gone after the test. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
