// Owns a small model of a server that serves one group: what was, its rounds and their links. Receivers are apart.

import {
  type Accepted,
  type Annotation,
  type AnnotationPage,
  type Board,
  type Change,
  type Cursor,
  changesSince,
  commit,
  createState,
  cursorOf,
  type Definition,
  dropSeries,
  encode,
  encodeCursor,
  findAnnotation,
  isSameCursor,
  type Result,
  type RunName,
  runNameOf,
  runNames,
  runOf,
  startCursor,
  takeAnnotation,
  trimRun,
  type Update,
} from '@chartroom/shared'

/** What a group was at one cursor: everything that a receiver at that cursor must know. */
export interface View {
  readonly series: ReadonlyMap<
    string,
    { readonly definition: Definition; readonly value: number | null; readonly time: number }
  >
  readonly board: Board | null
  /** Oldest first. */
  readonly annotations: readonly Annotation[]
}

/** One connected receiver as the server sees it: the frames under way to it, and how far it was sent. */
export interface ServedLink {
  readonly frames: string[]
  paceMs: number
  cursor: Cursor
  isFull: boolean
}

interface Made {
  readonly update: Update
  readonly text: string
}

interface Round {
  readonly shared: Made
  readonly links: ServedLink[]
}

/** A group that is served by rounds, one encoding for each pace, in slices between which anything may happen. */
export class ServedGroup {
  state = createState('ops')
  readonly links = new Set<ServedLink>()
  /** Unix ms. */
  now = 1_795_000_000_000
  /** All annotations as they are now: what a disk would hold. */
  readonly #archive = new Map<number, Annotation>()
  /** The annotation that was edited last, as it was before. */
  #unedited: Annotation | undefined
  readonly #views = new Map<string, View>()
  readonly #sent = new Map<number, Cursor>()
  readonly #rounds = new Map<number, Round>()
  #joinFrame: Made | undefined
  #epochs = 0

  constructor() {
    this.#look()
  }

  commit(change: Change): Result<Accepted> {
    const committed = commit(this.state, change, this.now, this.#epochName())
    if (committed.ok && committed.value.annotation !== undefined) {
      this.#archive.set(committed.value.annotation.id, committed.value.annotation)
    }
    this.#look()
    return committed
  }

  /** Writes many logs at once: nobody sees the group between them. */
  storm(count: number): void {
    for (let at = 0; at < count; at++) {
      const change = { type: 'annotate', author: 'ci', draft: { text: `${at}`, kind: 'log' } } as const
      const committed = commit(this.state, change, this.now, this.#epochName())
      if (committed.ok && committed.value.annotation !== undefined) {
        this.#archive.set(committed.value.annotation.id, committed.value.annotation)
      }
    }
    this.#look()
  }

  /** Changes an annotation that is perhaps no longer in memory. */
  edit(change: Extract<Change, { id: number }>): Result<Accepted> {
    const stored = this.#archive.get(change.id)
    this.#unedited = stored
    if (stored !== undefined && findAnnotation(this.state, change.id) === undefined) {
      this.state.aside.set(change.id, stored)
    }
    return this.commit(change)
  }

  /** Begins a new epoch; the last annotation, the last edit and a series may have been lost with the old one. */
  renew(isLossy: boolean): void {
    if (isLossy) this.#lose()
    this.#epochs++
    this.commit({ type: 'renew', epoch: this.#epochName() })
  }

  /** Ends the process and begins again with nothing: only the clock has gone on. */
  restart(): void {
    for (const link of this.links) this.cut(link)
    for (const all of [this.#archive, this.#sent, this.#rounds]) all.clear()
    this.#joinFrame = undefined
    this.#unedited = undefined
    this.#epochs++
    this.now += 60_000
    this.state = createState('ops')
    this.#look()
  }

  /** Lets old annotations go from memory. */
  trim(length: number): void {
    for (const run of runNames) trimRun(this.state, run, length)
  }

  /** The ids of all annotations, oldest first. */
  get ids(): readonly number[] {
    return [...this.#archive.keys()]
  }

  /** What the group was at a cursor that was its own; undefined for any other. */
  viewAt(cursor: Cursor): View | undefined {
    return this.#views.get(encodeCursor(cursor))
  }

  /** The page of a run's annotations before an id, as the text of an answer. */
  page(run: RunName, before: number, limit: number): string {
    const older = [...this.#archive.values()].filter(
      (annotation) => annotation.id < before && runNameOf(annotation) === run,
    )
    const annotations = older.slice(-limit).reverse()
    const page: AnnotationPage = {
      annotations,
      before: annotations.length < older.length ? (annotations.at(-1)?.id ?? 0) : 0,
      cursor: encodeCursor(cursorOf(this.state)),
    }
    return JSON.stringify(page)
  }

  /** Opens a link, or subscribes again on one. Without a cursor the frame of an earlier join may do. */
  subscribe(link: ServedLink, cursor: Cursor | undefined, isCached: boolean): void {
    const cached = isCached && cursor === undefined ? this.#joinFrame : undefined
    const first = cached ?? this.#make(cursor ?? startCursor)
    if (cursor === undefined) this.#joinFrame = first
    this.links.add(link)
    send(link, first)
    if (!this.#sent.has(link.paceMs)) this.#sent.set(link.paceMs, cursorOf(this.state))
  }

  cut(link: ServedLink): void {
    this.links.delete(link)
    link.frames.length = 0
  }

  /** Begins a round of a pace: what was under way of the last one ends first. */
  round(paceMs: number): void {
    this.slice(paceMs, Number.POSITIVE_INFINITY)
    const sent = this.#sent.get(paceMs)
    if (sent === undefined) return
    const shared = this.#make(sent)
    this.#sent.set(paceMs, cursorOf(this.state))
    this.#rounds.set(paceMs, { shared, links: [...this.links].filter((link) => link.paceMs === paceMs) })
  }

  /** Writes to the next links of a running round. */
  slice(paceMs: number, count: number): void {
    const round = this.#rounds.get(paceMs)
    for (const link of round?.links.splice(0, count) ?? []) {
      if (round !== undefined && this.links.has(link) && link.paceMs === paceMs) this.#push(link, round.shared)
    }
  }

  #push(link: ServedLink, shared: Made): void {
    if (link.isFull) return
    const { epoch, revision } = link.cursor
    const { from, to } = shared.update
    const isOfEpoch = epoch === shared.update.epoch
    // What is known already changes nothing, and may be sent; only a snapshot would lead back.
    if (isOfEpoch && revision >= to) {
      if (from > 0) link.frames.push(shared.text)
    } else if (from === 0 || (isOfEpoch && revision >= from)) send(link, shared)
    else send(link, this.#make(link.cursor))
  }

  #make(cursor: Cursor): Made {
    const update = changesSince(this.state, cursor)
    return { update, text: encode(update) }
  }

  #epochName(): string {
    return `life${this.#epochs}`
  }

  #lose(): void {
    if (this.#unedited !== undefined) this.#store(this.#unedited)
    this.#unedited = undefined
    const last = this.#archive.get(this.ids.at(-1) ?? 0)
    if (last !== undefined) {
      const run = runOf(this.state, runNameOf(last))
      const kept = run.annotations.filter(({ id }) => id !== last.id)
      run.clear(run.earlier)
      run.extend(kept, run.earlier)
      this.state.changed.delete(last.id)
      this.#archive.delete(last.id)
    }
    const [series] = this.state.series.values()
    if (series !== undefined) dropSeries(this.state, series)
  }

  #store(annotation: Annotation): void {
    this.#archive.set(annotation.id, annotation)
    takeAnnotation(this.state, annotation)
  }

  #look(): void {
    const cursor = encodeCursor(cursorOf(this.state))
    if (this.#views.has(cursor)) return
    const series = [...this.state.series].map(
      ([key, { definition, value, time }]) => [key, { definition, value, time }] as const,
    )
    this.#views.set(cursor, {
      series: new Map(series),
      board: this.state.board,
      annotations: [...this.#archive.values()],
    })
  }
}

function send(link: ServedLink, { update, text }: Made): void {
  link.frames.push(text)
  const to = { epoch: update.epoch, revision: update.to }
  if (!isSameCursor(link.cursor, to)) link.cursor = to
}
