// What people took back is to be found in no file. SQLite leaves old bytes where rows move, so this writes enough for
// its pages to be divided and joined.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Annotation } from '@chartroom/shared'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { GroupWrite } from '../../../../server/engine/local/stored.ts'
import { Writer } from '../../../../server/engine/local/writer.ts'
import { annotationOf, said, start, testFolder, usualKeep } from '../../../support/group-file.ts'

/** Whole numbers below a bound, always the same ones after the same seed. */
function drawsOf(seed: number): (bound: number) => number {
  let state = seed >>> 0
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
}

// An index keeps of a word only what differs from the word before it: so a piece of one is one too many.
const pieceLength = 10

function piecesOf(text: string): string[] {
  const runs = text.match(/[0-9a-z]{10,}/g) ?? []
  return runs.flatMap((run) =>
    Array.from({ length: run.length - pieceLength + 1 }, (_, at) => run.slice(at, at + pieceLength)),
  )
}

// The index of SQLite 3.45 now and then leaves one page of a merged segment behind, in which some words stand that
// nobody finds any more (seed 26: 10 words; of 60 others, none). No text is among them.
const orphaned = 30

/** A file in a folder of its own, and what it holds as bytes. */
async function open(logs = usualKeep.logs) {
  const folder = await testFolder()
  const file = join(folder, 'data', 'chartroom.db')
  const writer = new Writer({ file, newEpoch: false, keep: { ...usualKeep, logs } })
  const found = (words: Iterable<string>): string[] => {
    const bytes = readdirSync(join(folder, 'data')).map((name) => readFileSync(join(folder, 'data', name), 'latin1'))
    const there = new Set(bytes.flatMap(piecesOf))
    return [...words].filter((word) => piecesOf(word).some((piece) => there.has(piece)))
  }
  return { writer, found }
}

/** People who talk, change their minds, and take back. */
class Talkers {
  readonly takenBack = new Set<string>()
  readonly #draw: (bound: number) => number
  readonly #said: Annotation[] = []
  #revision = 0

  constructor(seed: number) {
    this.#draw = drawsOf(seed)
  }

  get standing(): string[] {
    return this.#said.flatMap(({ text }) => wordsOf(text))
  }

  /** One write: new messages, or changes of old ones. */
  act(group: string): GroupWrite {
    const count = 1 + this.#draw(20)
    return said(group, ...Array.from({ length: count }, () => (this.#draw(2) === 0 ? this.#say() : this.#change())))
  }

  #say(): Annotation {
    const kind = this.#draw(4) === 0 ? { kind: 'log' as const } : {}
    const one = annotationOf(++this.#revision, this.#text(), kind)
    this.#said.push(one)
    return one
  }

  #change(): Annotation {
    const at = this.#draw(this.#said.length)
    const old = this.#said[at]
    if (old === undefined || old.retracted) return this.#say()
    const now = this.#changed({ ...old, revision: ++this.#revision })
    this.#said[at] = now
    if (now.text !== old.text) for (const word of wordsOf(old.text)) this.takenBack.add(word)
    return now
  }

  #changed(old: Annotation): Annotation {
    switch (this.#draw(3)) {
      case 0:
        return { ...old, text: '', retracted: true }
      case 1:
        return { ...old, text: this.#text(), editedTime: start }
      default:
        return { ...old, reactions: { '👍': Array.from({ length: this.#draw(30) }, (_, n) => `reader ${n}`) } }
    }
  }

  #text(): string {
    return Array.from(
      { length: 1 + this.#draw(40) },
      () => `z${this.#draw(2 ** 32).toString(36)}${this.#draw(2 ** 32).toString(36)}`,
    )
      .filter((word) => word.length > 12)
      .join(' ')
  }
}

function wordsOf(text: string): string[] {
  return text.split(' ').filter((word) => word !== '')
}

it('what was revised and retracted is in no file once the log of the file is emptied, but for what the index orphans', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const { writer, found } = await open()
      const talkers = new Talkers(seed)
      for (let round = 0; round < 100; round++) writer.asked.write([talkers.act('ops')])
      expect(talkers.takenBack.size).toBeGreaterThan(1_000)
      writer.upkeep()
      expect(found(talkers.takenBack).length).toBeLessThanOrEqual(orphaned)
      writer.asked.close(true)
      expect(found(talkers.takenBack).length).toBeLessThanOrEqual(orphaned)
      expect(found(talkers.standing)).toHaveLength(talkers.standing.length)
    }),
    { numRuns: 4, examples: [[26]] },
  )
})

it('what a deleted group said is in no file, and what others took back neither', async () => {
  const { writer, found } = await open()
  const [ours, theirs] = [new Talkers(1), new Talkers(2)]
  for (let round = 0; round < 100; round++) writer.asked.write([ours.act('ops'), theirs.act('dev')])
  writer.asked.remove('ops')
  while (writer.asked.trim(start)) writer.asked.write([theirs.act('dev')])
  writer.upkeep()
  expect(found([...ours.takenBack, ...ours.standing])).toEqual([])
  expect(found(theirs.takenBack)).toEqual([])
  writer.asked.close(true)
})
