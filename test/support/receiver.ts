// Owns a model of one receiver: its state, its link, and the pages it asked for. What it must know is told by a View.

import {
  annotationPage,
  applyPage,
  applyUpdate,
  type Cursor,
  createState,
  cursorOf,
  decodeServerEnvelope,
  decodeValue,
  type GroupState,
  type Outcome,
  type RunName,
  runNameOf,
  runOf,
} from '@chartroom/shared'
import type { ServedGroup, ServedLink, View } from './served-group.ts'

/** Somebody who follows a group, well or badly connected. */
export class Receiver {
  readonly state = createState('ops')
  link: ServedLink | undefined
  paceMs: number
  readonly #server: ServedGroup
  readonly #pages: { readonly run: RunName; readonly asked: number; readonly text: string }[] = []
  /** The revision of each annotation in the run. */
  readonly #seen = new Map<number, number>()
  #isAsking = false

  constructor(server: ServedGroup, paceMs: number) {
    this.#server = server
    this.paceMs = paceMs
  }

  /** Comes, or comes back, with a cursor of its own choice. */
  connect(cursor: Cursor | undefined, isCached = false): void {
    this.cut()
    this.link = { frames: [], paceMs: this.paceMs, cursor: { epoch: '0', revision: 0 }, isFull: false }
    this.#server.subscribe(this.link, cursor, isCached)
  }

  /** Subscribes again on the link it has, at another pace. */
  changePace(paceMs: number): void {
    this.paceMs = paceMs
    if (this.link === undefined) return
    this.link.paceMs = paceMs
    this.#server.subscribe(this.link, cursorOf(this.state), false)
  }

  cut(): void {
    if (this.link !== undefined) this.#server.cut(this.link)
    this.link = undefined
    this.#isAsking = false
  }

  /** Takes the next frame that is under way; undefined when there is none. */
  receive(): Outcome | undefined {
    const text = this.link?.frames.shift()
    if (text === undefined) return undefined
    const decoded = decodeServerEnvelope(text)
    if (!decoded.ok || decoded.value.type !== 'update') throw new Error(`This is no update: ${text}`)
    const outcome = applyUpdate(this.state, decoded.value)
    if (outcome === 'replaced') this.#seen.clear()
    this.#look()
    if (outcome === 'gap') this.#askAgain()
    else this.#isAsking = false
    return outcome
  }

  /** Asks for a page of a run's older annotations; it is read now, and arrives when it likes. */
  ask(run: RunName, limit: number): void {
    const asked = runOf(this.state, run).earlier
    if (asked > 0) this.#pages.push({ run, asked, text: this.#server.page(run, asked, limit) })
  }

  /** The oldest page that is under way arrives; false when there is none. */
  arrive(): boolean {
    const arrived = this.#pages.shift()
    if (arrived === undefined) return false
    const page = decodeValue(annotationPage, JSON.parse(arrived.text))
    if (!page.ok) throw new Error(`This is no page: ${arrived.text}`)
    applyPage(this.state, page.value, arrived.asked, arrived.run)
    this.#look()
    return true
  }

  // What was once shown never becomes older again, but when everything is replaced.
  #look(): void {
    for (const { id, revision } of [...this.state.talk.annotations, ...this.state.logs.annotations]) {
      const seen = this.#seen.get(id) ?? 0
      if (revision < seen) throw new Error(`annotation ${id} went back from revision ${seen} to ${revision}`)
      this.#seen.set(id, revision)
    }
  }

  #askAgain(): void {
    if (this.#isAsking || this.link === undefined) return
    this.#isAsking = true
    this.#server.subscribe(this.link, cursorOf(this.state), false)
  }
}

/** How a receiver's state differs from what the group was at its cursor; undefined when it does not. */
export function differenceFrom(view: View | undefined, state: GroupState): string | undefined {
  if (view === undefined) return `the group never stood at ${state.epoch}:${state.revision}`
  return (
    differenceOfSeries(view, state) ??
    differenceOfRun(view, state, 'talk') ??
    differenceOfRun(view, state, 'logs') ??
    differenceOfBoard(view, state)
  )
}

function differenceOfSeries(view: View, state: GroupState): string | undefined {
  if (view.series.size !== state.series.size) return `${state.series.size} series are not ${view.series.size}`
  for (const [key, { definition, value, time }] of view.series) {
    const held = state.series.get(key)
    if (held === undefined) return `there is no ${key}`
    if (!isSameJson(held.definition, definition)) return `${key} is defined as ${JSON.stringify(held.definition)}`
    if (!Object.is(held.value, value)) return `${key} is ${held.value}, not ${value}`
    if (Math.abs(held.time - time) > 1_000) return `${key} is of ${held.time}, not ${time}`
    if (state.numbered.get(definition.n) !== held) return `${key} is not number ${definition.n}`
  }
  return undefined
}

// Once, in order, without holes; a page that was read ahead may have brought a later edit.
function differenceOfRun(view: View, state: GroupState, name: RunName): string | undefined {
  const { annotations, earlier } = runOf(state, name)
  const run = view.annotations.filter((annotation) => annotation.id >= earlier && runNameOf(annotation) === name)
  const ids = annotations.map(({ id }) => id)
  if (
    !isSameJson(
      ids,
      run.map(({ id }) => id),
    )
  )
    return `the ${name} are ${ids}, not ${run.map(({ id }) => id)}`
  for (const [at, annotation] of run.entries()) {
    const held = annotations[at]
    const isAhead = held !== undefined && held.revision > annotation.revision && held.revision > state.revision
    if (!isAhead && !isSameJson(held, annotation)) return `${JSON.stringify(held)} is not ${JSON.stringify(annotation)}`
  }
  return undefined
}

function differenceOfBoard(view: View, state: GroupState): string | undefined {
  return isSameJson(view.board, state.board) ? undefined : `the board is ${JSON.stringify(state.board)}`
}

function isSameJson(a: unknown, b: unknown): boolean {
  return a === b || canonical(a) === canonical(b)
}

// The order of keys says nothing, and the wire may change it.
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
