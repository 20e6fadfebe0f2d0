// Owns one group for the page: tells who shows a metric, the charts, the talk, the logs or the people that it changed. It draws nothing.

import {
  type Board,
  type Chart,
  chartsOf,
  type GroupState,
  type Kind,
  kinds,
  type Outcome,
  type Result,
  runNameOf,
  trimRun,
  type Update,
} from '@chartroom/shared'
import type { Replica } from '@chartroom/shared/client'
import { HiddenSeries } from './hidden-series.ts'
import type { Kept } from './kept.ts'
import { Moment } from './moment.ts'
import { keepPace, keptPace } from './pace.ts'
import { keepWindow, keptWindow, windowOver } from './window.ts'
import { Zoom } from './zoom.ts'

/** As many lines of the logs, and messages of the talk, a page holds. */
const maxLogs = 1_000
const maxTalk = 2_000

type Listener = () => void
type Undo = () => void

/** A group as the page sees it: its replica, my own choice of kinds and names, and where in time I look. */
export class GroupStore {
  readonly group: string
  readonly replica: Replica
  /** The server's clock, Unix ms. */
  readonly now: () => number
  /** What this browser keeps. */
  readonly kept: Kept
  readonly hidden: HiddenSeries
  readonly zoom = new Zoom()
  readonly moment = new Moment()
  readonly #undo: Undo
  readonly #metricListeners = new Map<string, Set<Listener>>()
  readonly #chartListeners = new Set<Listener>()
  readonly #talkListeners = new Set<Listener>()
  readonly #logsListeners = new Set<Listener>()
  readonly #paceListeners = new Set<Listener>()
  /** The metric of each series number, which a removal no longer tells. */
  readonly #metrics = new Map<number, string>()
  #windowMs: number
  /** What the replica was asked for. */
  #askedMs: number
  #lastId = 0
  #lostTime: number | undefined
  #charts: readonly Chart[] | undefined
  #board: Board | null | undefined

  constructor(replica: Replica, now: () => number, kept: Kept) {
    this.group = replica.group
    this.replica = replica
    this.now = now
    this.kept = kept
    this.hidden = new HiddenSeries(kept, replica.group)
    this.#windowMs = keptWindow(kept, replica.group)
    this.#askedMs = this.#windowMs
    this.zoom.onChange(() => this.#keepPart())
    this.#undo = replica.onUpdate((update, outcome) => this.#handleUpdate(update, outcome))
    for (const [n, series] of replica.state.numbered) this.#metrics.set(n, series.definition.metric)
  }

  get state(): GroupState {
    return this.replica.state
  }

  /** The board with what I arranged and the group does not show yet. */
  get board(): Board | null {
    return this.#board === undefined ? this.state.board : this.#board
  }

  /** Shows the group as if it had this board; undefined: as it is. */
  showBoard(board: Board | null | undefined): void {
    if (board === this.#board) return
    this.#board = board
    this.#chartsChanged()
  }

  /** The charts in the order they are shown, with my kinds; the same array until one of them changes. */
  charts(): readonly Chart[] {
    if (this.#charts === undefined) {
      const mine = this.#readKinds()
      const { series } = this.state
      this.#charts = chartsOf({ series, board: this.board }).map((chart) => ({
        ...chart,
        kind: mine.get(chart.id) ?? chart.kind,
      }))
    }
    return this.#charts
  }

  /** Shows a chart as another kind, for me and until I say otherwise; undefined: as it comes. */
  setKind(chartId: string, kind: Kind | undefined): void {
    const mine = this.#readKinds()
    if (kind === undefined) mine.delete(chartId)
    else mine.set(chartId, kind)
    this.kept.write(this.#kindsKey, JSON.stringify(Object.fromEntries(mine)))
    this.#chartsChanged()
  }

  /** How far back the charts of this group look, ms. */
  get windowMs(): number {
    return this.#windowMs
  }

  /** Looks further back, or less far, from now on, at the present; what is missing of it is on its way. */
  setWindow(windowMs: number): void {
    this.#windowMs = windowMs
    this.zoom.leave()
    keepWindow(this.kept, this.group, windowMs)
    this.#ask(windowMs)
    for (const listeners of [...this.#metricListeners.values()]) call(listeners)
  }

  /** How often the reader wants updates, ms: what is asked for may be slower. */
  get paceMs(): number {
    return keptPace(this.kept, this.group)
  }

  /** The reader wants them at another pace (ms) from now on. */
  setPace(paceMs: number): void {
    keepPace(this.kept, this.group, paceMs)
    call(this.#paceListeners)
  }

  /** The newest annotation that this browser has shown to its reader; undefined before the first visit. */
  get readId(): number | undefined {
    const text = this.kept.read(this.#readKey)
    return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
  }

  /** Keeps that everything up to this annotation was read. */
  markRead(id: number): void {
    if (id > (this.readId ?? -1)) this.kept.write(this.#readKey, String(id))
  }

  /** Calls the listener when a value, a definition or the past of one of the metric's series changed. */
  onMetric(metric: string, listener: Listener): Undo {
    const listeners = this.#metricListeners.get(metric) ?? new Set()
    this.#metricListeners.set(metric, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#metricListeners.get(metric) === listeners) this.#metricListeners.delete(metric)
    }
  }

  /** Calls the listener when there are other charts, or one became another kind. */
  onCharts(listener: Listener): Undo {
    return listen(this.#chartListeners, listener)
  }

  /** Calls the listener when the talk changed, or an alert in it was repeated. */
  onTalk(listener: Listener): Undo {
    return listen(this.#talkListeners, listener)
  }

  /** Calls the listener when the logs changed. */
  onLogs(listener: Listener): Undo {
    return listen(this.#logsListeners, listener)
  }

  /** Calls the listener when the reader chose another pace. */
  onPace(listener: Listener): Undo {
    return listen(this.#paceListeners, listener)
  }

  /** Calls the listener when somebody came or went. */
  onPeople(listener: Listener): Undo {
    return this.replica.onPeople(listener)
  }

  /** Puts a page of older annotations before the log, and tells those who show it; true while there is still more. */
  async pageBack(limit?: number): Promise<Result<boolean>> {
    const { earlier } = this.state.talk
    const result = await this.replica.pageBack('talk', limit)
    if (this.state.talk.earlier !== earlier) call(this.#talkListeners)
    return result
  }

  /** Lets the oldest messages go that a page of many days has gathered; they are read again when they are asked for. */
  trimTalk(): void {
    trimRun(this.state, 'talk', maxTalk)
  }

  /** Hears no more of the group; its replica goes on. */
  detach(): void {
    this.#undo()
  }

  /** Lets the group go, its replica too. */
  close(): void {
    this.detach()
    this.replica.close()
  }

  /** When a server that began anew came without what was said before, Unix ms; undefined while nothing was lost. */
  get lostTime(): number | undefined {
    return this.#lostTime
  }

  #handleUpdate(update: Update, outcome: Outcome): void {
    // Ids grow over all epochs: a log that ends below the one that was shown has lost it.
    if (this.state.lastId < this.#lastId) this.#lostTime = this.now()
    this.#lastId = this.state.lastId
    const isWhole = outcome === 'replaced'
    const dirty = isWhole || update.window !== undefined ? this.#metricListeners.keys() : this.#dirtyMetrics(update)
    if (isWhole) this.#metrics.clear()
    for (const { n, metric } of update.series ?? []) this.#metrics.set(n, metric)
    if (isWhole || update.series || update.removed || update.board !== undefined) this.#chartsChanged()
    for (const metric of [...dirty]) call(this.#metricListeners.get(metric))
    this.#tellRuns(update, isWhole)
    this.#keepPart()
  }

  // Whoever looks at a part of the past for long still looks at it when the window has gone on.
  #keepPart(): void {
    const { part } = this.zoom
    this.#ask(part === undefined ? this.#windowMs : windowOver(this.#windowMs, this.now() - part.from))
  }

  #ask(windowMs: number): void {
    if (windowMs === this.#askedMs) return
    this.#askedMs = windowMs
    this.replica.change({ windowMs })
  }

  #tellRuns({ annotations = [], earlierLog }: Update, isWhole: boolean): void {
    const logs = annotations.filter((annotation) => runNameOf(annotation) === 'logs')
    const hasLogs = isWhole || logs.length > 0 || earlierLog !== undefined
    const hasTalk = isWhole || logs.length < annotations.length || logs.some(({ repeats }) => repeats !== undefined)
    if (hasLogs) trimRun(this.state, 'logs', maxLogs)
    if (hasTalk) call(this.#talkListeners)
    if (hasLogs) call(this.#logsListeners)
  }

  #dirtyMetrics(update: Update): Set<string> {
    const dirty = new Set((update.series ?? []).map(({ metric }) => metric))
    const numbers = [...(update.values ?? []).map(([n]) => n), ...(update.removed ?? [])]
    for (const n of numbers) {
      const metric = this.#metrics.get(n)
      if (metric !== undefined) dirty.add(metric)
    }
    for (const n of update.removed ?? []) this.#metrics.delete(n)
    return dirty
  }

  #chartsChanged(): void {
    this.#charts = undefined
    call(this.#chartListeners)
  }

  get #readKey(): string {
    return `chartroom.read.${this.group}`
  }

  get #kindsKey(): string {
    return `chartroom.kinds.${this.group}`
  }

  #readKinds(): Map<string, Kind> {
    return readKinds(this.kept.read(this.#kindsKey) ?? '{}')
  }
}

function listen(listeners: Set<Listener>, listener: Listener): Undo {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

// A copy, because a listener may come or go while they are called.
function call(listeners: ReadonlySet<Listener> | undefined): void {
  for (const listener of [...(listeners ?? [])]) listener()
}

// Another version, or a person, may have written there: whatever is no kind is passed over.
function readKinds(text: string): Map<string, Kind> {
  try {
    const parsed: unknown = JSON.parse(text)
    const entries = parsed !== null && typeof parsed === 'object' ? Object.entries(parsed) : []
    return new Map(entries.filter((entry): entry is [string, Kind] => isKind(entry[1])))
  } catch {
    return new Map()
  }
}

function isKind(value: unknown): value is Kind {
  return kinds.some((kind) => kind === value)
}
