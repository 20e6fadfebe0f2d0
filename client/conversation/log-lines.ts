// Owns which lines of the logs are read: those that come, or, while they are held still, what was there. It draws nothing.

import type { Annotation, AnnotationPage, Run } from '@chartroom/shared'

/** As many lines are held while they are read. */
const maxLines = 1_000

/** What a line must have to be shown: all of these words, in any order and case, and this author. */
export interface LogFilter {
  readonly words: string
  /** Undefined: any. */
  readonly author: string | undefined
}

/** The lines of one group's logs, as its reader reads them. */
export class LogLines {
  #run: Pick<Run, 'annotations' | 'earlier'> = { annotations: [], earlier: 0 }
  #held: { readonly lines: readonly Annotation[]; readonly earlier: number } | undefined
  #lastId: number | undefined
  #newCount = 0
  #isCut = false

  /** Oldest first. */
  get lines(): readonly Annotation[] {
    return this.#held?.lines ?? this.#run.annotations
  }

  /** The id before which there are older lines to be read; 0 when there are none. */
  get earlier(): number {
    return this.#held?.earlier ?? this.#run.earlier
  }

  /** Whether the group has no logs at all. */
  get isEmpty(): boolean {
    return this.#run.annotations.length === 0 && this.#run.earlier === 0
  }

  get isHeld(): boolean {
    return this.#held !== undefined
  }

  /**
   * How many came since the lines are held, and pass this filter; `isCut`: more did than are counted, because some were
   * left out on the way.
   */
  news(filter: LogFilter): { readonly count: number; readonly isCut: boolean } {
    const lastId = this.#held?.lines.at(-1)?.id ?? 0
    const fresh = this.#run.annotations.filter(({ id }) => id > lastId)
    const passing = filtered(fresh, filter)
    if (passing === fresh) return { count: this.#newCount, isCut: this.#isCut }
    return { count: passing.length, isCut: this.#run.earlier > lastId + 1 }
  }

  /** Takes the run as it is now. */
  take(run: Run): void {
    const { annotations, earlier, lastId } = run
    if (this.#held !== undefined && this.#lastId !== undefined) {
      this.#newCount += annotations.length - run.position(this.#lastId + 1)
      this.#isCut ||= earlier > this.#lastId + 1
    }
    this.#lastId = Math.max(lastId, this.#lastId ?? 0)
    this.#run = { annotations: [...annotations], earlier }
  }

  /** Holds the lines still: what comes waits, and older ones may be put before them. */
  hold(): void {
    this.#held ??= { lines: this.#run.annotations, earlier: this.#run.earlier }
  }

  /** Goes on with the lines that come. */
  goOn(): void {
    this.#held = undefined
    this.#newCount = 0
    this.#isCut = false
  }

  /** Puts a page of older lines before those that are held; those too many at the other end count as new again. */
  extend({ annotations, before }: AnnotationPage): void {
    this.hold()
    const older = annotations.filter(({ id }) => id < this.earlier).reverse()
    const all = [...older, ...this.lines]
    this.#held = { lines: all.slice(0, maxLines), earlier: before }
    this.#newCount += Math.max(0, all.length - maxLines)
  }
}

/** The lines that a filter lets through. */
export function filtered(lines: readonly Annotation[], { words, author }: LogFilter): readonly Annotation[] {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (wanted.length === 0 && author === undefined) return lines
  return lines.filter((line) => {
    const text = line.text.toLowerCase()
    return (author === undefined || line.author === author) && wanted.every((word) => text.includes(word))
  })
}

/** Who wrote these lines, in the order of the alphabet. */
export function authorsOf(lines: readonly Annotation[]): readonly string[] {
  return [...new Set(lines.map(({ author }) => author))].sort((a, b) => a.localeCompare(b))
}
