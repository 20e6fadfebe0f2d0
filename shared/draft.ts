// Owns Draft: what a group will be once its prepared changes are performed. It counts and refuses, and changes no group.

import { type Annotation, runNameOf } from './annotation.ts'
import { arranged } from './arrange.ts'
import { BatchPlan } from './batch-plan.ts'
import type { Board } from './board.ts'
import type { Change, Effect, Prepared } from './change.ts'
import { evidenceOf } from './evidence.ts'
import { accept, type Result, refuse } from './fault.ts'
import { isInboxName } from './inbox.ts'
import { limits } from './limits.ts'
import type { Evidence, Pin, PinDraft } from './pin.ts'
import { findAnnotation, type GroupState } from './state.ts'

interface Planned {
  readonly effect: Effect
  readonly isVisible: boolean
}

/** What a group counts. */
export type Head = Pick<GroupState, 'epoch' | 'revision' | 'time' | 'lastId' | 'nextNumber'>

/** A group and the changes that are prepared for it, each upon the ones before. */
export class Draft {
  readonly #state: GroupState
  readonly #plan: BatchPlan
  readonly #annotations = new Map<number, Annotation>()
  #epoch: string
  #revision: number
  #time: number
  #lastId: number
  #board: Board | null
  #boardAt: number

  constructor(state: GroupState) {
    this.#state = state
    this.#plan = new BatchPlan(state)
    this.#epoch = state.epoch
    this.#revision = state.revision
    this.#time = state.time
    this.#lastId = state.lastId
    this.#board = state.board
    this.#boardAt = state.boardAt
  }

  /** What counts for the group once all that is prepared is performed. */
  get head(): Head {
    return {
      epoch: this.#epoch,
      revision: this.#revision,
      time: this.#time,
      lastId: this.#lastId,
      nextNumber: this.#plan.nextNumber,
    }
  }

  /** The annotation with this id, as it will be; undefined where memory has none. */
  find(id: number): Annotation | undefined {
    return this.#annotations.get(id) ?? findAnnotation(this.#state, id)
  }

  /**
   * Finds out what a change will do at a time (Unix ms, the server's), or why it is refused: then the draft is as it
   * was. `epoch` names the group's first life when this is its first change. A change that alters nothing visible
   * takes no revision and is answered with the present cursor.
   */
  prepare(change: Change, time: number, epoch: string): Result<Prepared> {
    // The clock of a server may be set back; a group's time does not follow it.
    const now = Math.max(time, this.#time)
    const planned = this.#plannedOf(change, now)
    if (!planned.ok) return planned
    const next = change.type === 'renew' ? change.epoch : this.#revision === 0 ? epoch : this.#epoch
    return accept(this.#take(planned.value, now, next))
  }

  /** Finds out what it takes that another inbox of a direct message has it as it is now; `prepare` says the rest. */
  copy(annotation: Annotation, time: number, epoch: string): Prepared {
    const effect = { type: 'annotation', annotation: { ...annotation, revision: this.#revision + 1 } } as const
    const next = this.#revision === 0 ? epoch : this.#epoch
    return this.#take({ effect, isVisible: true }, Math.max(time, this.#time), next)
  }

  #take({ effect, isVisible }: Planned, now: number, epoch: string): Prepared {
    if (isVisible) {
      this.#epoch = epoch
      this.#revision++
      this.#time = now
    }
    if (effect.type === 'annotation') {
      this.#annotations.set(effect.annotation.id, effect.annotation)
      this.#lastId = Math.max(this.#lastId, effect.annotation.id)
    }
    if (effect.type === 'board') [this.#board, this.#boardAt] = [effect.board, this.#revision]
    return { effect, cursor: { epoch: this.#epoch, revision: this.#revision }, time: this.#time, isVisible }
  }

  #plannedOf(change: Change, time: number): Result<Planned> {
    switch (change.type) {
      case 'batch':
        return this.#plan.add(change.samples, this.#revision + 1, time)
      case 'annotate':
        return this.#annotate(change, time)
      case 'revise':
        return this.#edit(change.id, (old) => accept(revised(old, change.text, time)))
      case 'retract':
        return this.#edit(change.id, (old) => accept(retracted(old)))
      case 'react':
        return this.#edit(change.id, (old) => reacted(old, change.reaction, change.name, change.on))
      case 'arrange':
        return this.#arrange(change)
      case 'renew':
        return accept({ effect: { type: 'renew' }, isVisible: true })
      default:
        return change satisfies never
    }
  }

  #annotate({ author, draft, unheld, evidence, above = 0 }: Annotate, time: number): Result<Planned> {
    // A group has nothing private: a direct message belongs in the inboxes of its recipients and author, never here.
    if (isInboxName(this.#state.group) !== (draft.recipients !== undefined)) return misplaced
    const { pin: pinDraft, ...said } = draft
    if (said.replyTo !== undefined && this.find(said.replyTo) === undefined) return noReply
    const pin = pinDraft === undefined ? undefined : this.#pinned(pinDraft, evidence)
    if (pin !== undefined && !pin.ok) return pin
    const annotation: Annotation = {
      id: Math.max(this.#lastId + 1, above + 1, time * 1_000),
      revision: this.#revision + 1,
      time,
      author,
      ...said,
      ...(pin === undefined ? {} : { pin: pin.value }),
      ...(unheld === undefined ? {} : { unheld }),
    }
    const repeats = said.kind === 'alert' ? this.#repeated(annotation) : undefined
    const taken = repeats === undefined ? annotation : { ...annotation, repeats }
    return accept({ effect: { type: 'annotation', annotation: taken }, isVisible: true })
  }

  #pinned(draft: PinDraft, past: Evidence | undefined): Result<Pin> {
    const evidence = past ?? evidenceOf(this.#state, draft)
    if (evidence !== undefined) return accept({ ...draft, evidence })
    const what = draft.category === undefined ? draft.metric : `${draft.metric} / ${draft.category}`
    return refuse('unknown_metric', `This group has no "${what}" to pin to.`, [
      { pointer: '/pin/metric', message: 'names nothing that this group has' },
    ])
  }

  // The alert that this one only says again, looked for among the last that people will read.
  #repeated(alert: Annotation): number | undefined {
    const { talk, lastId } = this.#state
    const shown = talk.annotations.slice(-limits.snapshotAnnotations).map((one) => this.#annotations.get(one.id) ?? one)
    const drafted = [...this.#annotations.values()].filter((one) => one.id > lastId && runNameOf(one) === 'talk')
    return [...shown, ...drafted].slice(-limits.snapshotAnnotations).findLast((one) => isSameAlert(one, alert))?.id
  }

  #arrange({ edits, name, boardAt, provisioned }: Arrange): Result<Planned> {
    if (boardAt !== undefined && boardAt !== this.#boardAt) return boardChanged
    const arranger = { revision: this.#revision + 1, author: name, provisioned }
    const board = arranged(this.#state, this.#board, edits, arranger)
    if (!board.ok) return board
    if (board.value === this.#board) return accept({ effect: { type: 'none' }, isVisible: false })
    return accept({ effect: { type: 'board', board: board.value }, isVisible: true })
  }

  #edit(id: number, change: (old: Annotation) => Result<Annotation>): Result<Planned> {
    const old = this.find(id)
    if (old === undefined || old.retracted) return refuse('not_found', 'This group has no such annotation.')
    const changed = change(old)
    if (!changed.ok) return changed
    if (changed.value === old) return accept({ effect: { type: 'none', annotation: old }, isVisible: false })
    const annotation = { ...changed.value, revision: this.#revision + 1 }
    return accept({ effect: { type: 'annotation', annotation }, isVisible: true })
  }
}

type Annotate = Extract<Change, { type: 'annotate' }>
type Arrange = Extract<Change, { type: 'arrange' }>

const boardChanged = refuse('board_changed', 'Somebody arranged the board since: read it again.')

const misplaced = refuse('malformed', 'A message with recipients goes to their inboxes, any other to its group.')

const noReply = refuse('not_found', 'This group has no annotation to reply to under that id.', [
  { pointer: '/replyTo', message: 'names no annotation of this group' },
])

function isSameAlert(earlier: Annotation, alert: Annotation): boolean {
  return (
    earlier.kind === 'alert' &&
    alert.time - earlier.time <= limits.repeatMs &&
    earlier.author === alert.author &&
    earlier.text === alert.text &&
    earlier.pin?.metric === alert.pin?.metric &&
    earlier.pin?.category === alert.pin?.category
  )
}

function revised(old: Annotation, text: string, time: number): Annotation {
  return old.text === text ? old : { ...old, text, editedTime: time }
}

// Its words go, and with them what was said about them: only the place stays.
function retracted(old: Annotation): Annotation {
  const { id, revision, time, author, recipients, kind, replyTo, unheld, repeats } = old
  const empty = { id, revision, time, author, text: '', retracted: true as const }
  return {
    ...empty,
    // Of an annotation that is gone only a log's kind still says something: which run its place is in.
    ...(kind === 'log' ? { kind } : {}),
    // Nor does whom it was said to belong to its words: it keeps its place there.
    ...(recipients === undefined ? {} : { recipients }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(unheld === undefined ? {} : { unheld }),
    ...(repeats === undefined ? {} : { repeats }),
  }
}

function reacted(old: Annotation, reaction: string, name: string, on: boolean): Result<Annotation> {
  const { reactions = {}, ...rest } = old
  const names = Object.hasOwn(reactions, reaction) ? (reactions[reaction] ?? []) : []
  if (names.includes(name) === on) return accept(old)
  if (on && isFull(names, reactions))
    return refuse('reaction_limit', 'This annotation has all the reactions it may have.')
  const left = on ? [...names, name] : names.filter((other) => other !== name)
  const { [reaction]: _gone, ...others } = reactions
  // Spread whole: a reaction keeps its place among the others.
  const now = left.length === 0 ? others : { ...reactions, [reaction]: left }
  return accept(Object.keys(now).length === 0 ? rest : { ...rest, reactions: now })
}

function isFull(names: readonly string[], reactions: Readonly<Record<string, readonly string[]>>): boolean {
  const all = Object.values(reactions)
  const isNew = names.length === 0
  return (
    (isNew ? all.length : names.length) >= limits.maxReactions ||
    all.reduce((count, given) => count + given.length, 0) >= limits.maxReactionNames
  )
}
