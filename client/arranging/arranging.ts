// Owns what I arrange in one group: shown at once, sent, undone, and held against what others do. It draws nothing.

import {
  arranged,
  type Board,
  type BoardEdit,
  boardEdit,
  type Chart,
  type ChartDraft,
  type Cursor,
  decodeValue,
  draftOf,
  draftsOf,
  type Refusal,
  type Result,
} from '@chartroom/shared'
import type { GroupStore } from '../store.ts'
import { type Arrangement, inverseOf, isAlike, stands } from './inverse.ts'
import { type Rival, Rivals } from './rivals.ts'
import { type Step, Steps } from './steps.ts'

/** What the arranger is told until the next thing is done. */
export type Notice =
  | { readonly word: 'refused'; readonly refusal: Refusal }
  /** Somebody changed since what was to be undone or done again; undefined: it is gone. */
  | { readonly word: 'overtaken'; readonly by: string | undefined }

/** Something of a chart that is to be otherwise: checked when it is made. */
export type Fields = Readonly<Partial<Record<keyof ChartDraft, unknown>>>

// An edit on its way; `at`: where the group shows it.
interface Sent {
  readonly edit: BoardEdit
  at?: Cursor
}

/** The arranging of one group on this page. */
export class Arranging {
  readonly #store: GroupStore
  readonly #undo: () => void
  readonly #listeners = new Set<() => void>()
  readonly #steps = new Steps()
  readonly #rivals = new Rivals()
  #sent: readonly Sent[] = []
  #notice: Notice | undefined

  constructor(store: GroupStore) {
    this.#store = store
    this.#undo = store.replica.onUpdate((update, outcome) => {
      const isOther = outcome === 'replaced' || update.board !== undefined || update.series || update.removed
      if (isOther || this.#sent.some(({ at }) => at !== undefined)) this.#show()
    })
  }

  /** Whether something is on its way to the group. */
  get isSending(): boolean {
    return this.#sent.some(({ at }) => at === undefined)
  }

  get canUndo(): boolean {
    return this.#steps.last !== undefined
  }

  get canRedo(): boolean {
    return this.#steps.next !== undefined
  }

  get notice(): Notice | undefined {
    return this.#notice
  }

  /** Who changed what after me. What is on its way again is not told: it will be the later one. */
  get rivals(): readonly Rival[] {
    const { state, replica } = this.#store
    const isOnItsWay = new Set(this.#sent.map(({ edit }) => idOf(edit)))
    return this.#rivals.found(state.board, replica.name).filter(({ id }) => !isOnItsWay.has(id))
  }

  /** A chart as the group says it, or will say it; undefined when there is none. */
  draft(id: string): ChartDraft | undefined {
    const found = this.#arrangement.shown.find((chart) => chart.id === id)
    return found && draftOf(found)
  }

  /**
   * Makes an edit: shown at once, and sent. Edits with one word of a `run` are undone as one. False when it is refused,
   * which the notice says.
   */
  make(edit: BoardEdit, run?: string): boolean {
    return this.#make(edit, run)
  }

  /** Changes some of what a chart says of itself; what becomes undefined is derived again. */
  change(id: string, fields: Fields, run?: string): boolean {
    const draft = this.draft(id)
    return draft !== undefined && this.#make({ type: 'put', chart: changed(draft, fields) }, run)
  }

  /** What comes now is a step of its own. */
  endRun(): void {
    this.#steps.endRun()
  }

  /** Undoes the last step, unless somebody has changed since what it did. The step; undefined when nothing was undone. */
  undo(): Step | undefined {
    const step = this.#steps.last
    if (step === undefined || !this.#isMine(step.done, () => this.#steps.dropLast())) return undefined
    this.#steps.back()
    void this.#send(step.undo)
    return step
  }

  /** Does again what was undone last. */
  redo(): Step | undefined {
    const step = this.#steps.next
    if (step === undefined || !this.#isMine(step.undo, () => this.#steps.dropNext())) return undefined
    this.#steps.forth()
    void this.#send(step.done)
    return step
  }

  /** Puts back what I had made of a chart that somebody changed after me. */
  putBack({ id, mine }: Rival): void {
    this.#rivals.forget(id)
    this.make({ type: 'put', chart: mine })
  }

  /** Lets stand what somebody made of a chart after me. */
  keep({ id }: Rival): void {
    this.#rivals.forget(id)
    this.#tell(undefined)
  }

  /** Forgets what was said. */
  dismiss(): void {
    this.#tell(undefined)
  }

  /** Arranging is over for now: what others do from now on is no longer held against mine. */
  leave(): void {
    this.#rivals.forgetAll()
    this.#tell(undefined)
  }

  /** Calls the listener when anything here changed; returns the undo. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#undo()
    this.#listeners.clear()
    this.#store.showBoard(undefined)
  }

  #make(asked: unknown, run: string | undefined): boolean {
    const edit = decodeValue(boardEdit, asked)
    if (!edit.ok) return this.#refuse(edit.refusal)
    const after = this.#after([edit.value])
    if (!after.ok) return this.#refuse(after.refusal)
    const undo = inverseOf(this.#arrangement, edit.value)
    if (undo === undefined || isAlike(after.value, this.#store.board)) return true
    this.#steps.add({ done: edit.value, undo, run })
    this.#notice = undefined
    void this.#send(edit.value)
    return true
  }

  #refuse(refusal: Refusal): false {
    this.#tell({ word: 'refused', refusal })
    return false
  }

  get #arrangement(): Arrangement {
    const { board, state } = this.#store
    return { shown: draftsOf(state, board), board }
  }

  #after(edits: readonly BoardEdit[], board = this.#store.board): Result<Board | null> {
    const { state, replica } = this.#store
    return arranged(state, board, edits, { revision: state.revision, author: replica.name ?? '' })
  }

  #isMine(edit: BoardEdit, drop: () => void): boolean {
    if (stands(this.#arrangement, edit)) {
      this.#notice = undefined
      return true
    }
    drop()
    const id = idOf(edit)
    this.#tell({ word: 'overtaken', by: this.#store.board?.charts.find((chart) => chart.id === id)?.author })
    return false
  }

  async #send(edit: BoardEdit): Promise<void> {
    const sent: Sent = { edit }
    this.#sent = [...this.#sent, sent]
    this.#show()
    const answer = await this.#store.replica.arrange([edit])
    if (answer.ok) {
      sent.at = answer.value
      this.#remember(edit, answer.value)
    } else {
      this.#sent = this.#sent.filter((one) => one !== sent)
      this.#steps.drop(edit)
      this.#notice = { word: 'refused', refusal: answer.refusal }
    }
    this.#show()
  }

  #remember(edit: BoardEdit, { revision }: Cursor): void {
    if (edit.type === 'put') this.#rivals.arranged(edit.chart, revision)
    else if (edit.type === 'remove') this.#rivals.forget(edit.chart)
    else if (edit.type === 'replace') this.#rivals.forgetAll()
  }

  // What the group shows by itself is no longer mine to show.
  #show(): void {
    const { epoch, revision, board } = this.#store.state
    this.#sent = this.#sent.filter(({ at }) => at === undefined || (at.epoch === epoch && at.revision > revision))
    const edits = this.#sent.map(({ edit }) => edit)
    const after = this.#after(edits, board)
    this.#store.showBoard(edits.length > 0 && after.ok ? after.value : undefined)
    this.#tell(this.#notice)
  }

  #tell(notice: Notice | undefined): void {
    this.#notice = notice
    for (const listener of [...this.#listeners]) listener()
  }
}

/** The chart that an edit is of; undefined when it is of the whole board. */
export function idOf(edit: BoardEdit): string | undefined {
  if (edit.type === 'replace') return undefined
  return edit.type === 'put' ? edit.chart.id : edit.chart
}

/** A chart's title as the group sees it. */
export function titleOf(charts: readonly Chart[], id: string): string {
  return charts.find((chart) => chart.id === id)?.title ?? id
}

/** What a chart says of itself with some of it changed; what is undefined is not said. */
export function changed(draft: ChartDraft, fields: Fields): unknown {
  return Object.fromEntries(Object.entries({ ...draft, ...fields }).filter(([, value]) => value !== undefined))
}
