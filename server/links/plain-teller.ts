// Owns what of a group one plain-text link is told: new messages, and numbers where it asked for them. Each frame is
// written once for all links of a form; how it looks is the form's.

import type { Annotation, Update } from '@chartroom/shared'
import type { Frame } from '../groups/frame.ts'
import type { PlainForm, PlainSeries, PlainTold } from './plain-form.ts'

/** A frame of plain text, as bytes. */
export interface PlainFrame {
  readonly bytes: Buffer
}

/** What was made of a frame, by form and part: all who are told it are told the same. */
const written = new WeakMap<Frame, Map<string, readonly PlainFrame[]>>()

/** Tells one link what is new, from its first update on. */
export class PlainTeller {
  readonly #form: PlainForm
  readonly #hasNumbers: boolean
  /** The series by their numbers; empty for who is told none. */
  readonly #series = new Map<number, PlainSeries>()
  /** The last annotation that was there or told; undefined before the first update. */
  #lastId: number | undefined

  constructor(form: PlainForm, hasNumbers: boolean) {
    this.#form = form
    this.#hasNumbers = hasNumbers
  }

  /** The frames for an update that comes in this frame. */
  tell(frame: Frame, update: Update): readonly PlainFrame[] {
    const messages = this.#messages(frame, update)
    return this.#hasNumbers ? [...this.#numbers(frame, update), ...messages] : messages
  }

  #messages(frame: Frame, update: Update): readonly PlainFrame[] {
    const { annotations = [] } = update
    const last = this.#lastId
    this.#lastId = Math.max(last ?? 0, annotations.at(-1)?.id ?? 0)
    if (last === undefined) return []
    const start = annotations.findIndex(({ id }) => id > last)
    const hasHole = [update.from === 0 ? (update.earlier ?? 0) : 0, update.earlierLog ?? 0].some((id) => id > last)
    if (start < 0 && !hasHole) return []
    return this.#once(frame, `messages ${start} ${hasHole}`, () => {
      const fresh = start < 0 ? [] : annotations.slice(start)
      return [...(hasHole ? [{ type: 'left_out', group: update.group } as const] : []), ...messagesOf(update, fresh)]
    })
  }

  #numbers(frame: Frame, { group, time, from, series = [], values = [], removed = [] }: Update): readonly PlainFrame[] {
    if (from === 0) this.#series.clear()
    for (const definition of series) this.#series.set(definition.n, definition)
    const told = this.#once(frame, 'numbers', () => {
      const named = values.flatMap(([n, value]) => this.#named(n).map((one) => [one, value] as const))
      const gone = removed.flatMap((n) => this.#named(n))
      return named.length + gone.length === 0 ? [] : [{ type: 'numbers', group, time, values: named, removed: gone }]
    })
    for (const n of removed) this.#series.delete(n)
    return told
  }

  #named(n: number): PlainSeries[] {
    const known = this.#series.get(n)
    return known === undefined ? [] : [known]
  }

  #once(frame: Frame, part: string, make: () => readonly PlainTold[]): readonly PlainFrame[] {
    const parts = written.get(frame) ?? new Map<string, readonly PlainFrame[]>()
    written.set(frame, parts)
    const key = `${this.#form.word} ${part}`
    const known = parts.get(key)
    if (known !== undefined) return known
    const frames = make().map((told) => ({ bytes: Buffer.from(this.#form.write(told)) }))
    parts.set(key, frames)
    return frames
  }
}

// What was taken back before it was told is not told.
function messagesOf({ group }: Update, fresh: readonly Annotation[]): PlainTold[] {
  return fresh.filter(({ retracted }) => !retracted).map((annotation) => ({ type: 'message', group, annotation }))
}
