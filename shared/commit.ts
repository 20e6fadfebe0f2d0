// Owns counting: a change takes the next revision of its group, or is refused whole. It reads no clock and stores nothing.

import type { Annotation } from './annotation.ts'
import type { Board } from './board.ts'
import { utf8Bytes } from './bytes.ts'
import type { Accepted, Change } from './change.ts'
import { commitBatch } from './commit-batch.ts'
import { evidenceOf } from './evidence.ts'
import { accept, type Result, refuse } from './fault.ts'
import { limits } from './limits.ts'
import type { Pin, PinDraft } from './pin.ts'
import { cursorOf, findAnnotation, type GroupState, putAnnotation, rememberChanged } from './state.ts'

/**
 * Makes a change happen to a group at a time (Unix ms, the server's). `epoch` names the group's first life when this
 * is its first change. A change that alters nothing visible takes no revision and is answered with the present
 * cursor; one that is refused leaves the group as it was.
 */
export function commit(state: GroupState, change: Change, time: number, epoch: string): Result<Accepted> {
  // The clock of a server may be set back; a group's time does not follow it.
  const now = Math.max(time, state.time)
  const committed = commitIn(state, change, now)
  if (!committed.ok) return committed
  const { isVisible, annotation } = committed.value
  if (isVisible) {
    if (state.revision === 0 && change.type !== 'renew') state.epoch = epoch
    state.revision++
    state.time = now
  }
  const cursor = cursorOf(state)
  return accept(annotation === undefined ? { cursor } : { cursor, annotation })
}

interface Committed {
  readonly isVisible: boolean
  readonly annotation?: Annotation
}

function commitIn(state: GroupState, change: Change, time: number): Result<Committed> {
  switch (change.type) {
    case 'batch':
      return commitBatch(state, change.samples, time)
    case 'annotate':
      return annotate(state, change, time)
    case 'revise':
      return edit(state, change.id, (old) => accept(revised(old, change.text, time)))
    case 'retract':
      return edit(state, change.id, (old) => accept(retracted(old)))
    case 'react':
      return edit(state, change.id, (old) => reacted(old, change.reaction, change.name, change.on))
    case 'arrange':
      return arrange(state, change.board)
    case 'renew':
      state.epoch = change.epoch
      state.floor = state.revision + 1
      return accept({ isVisible: true })
    default:
      return change satisfies never
  }
}

type Annotate = Extract<Change, { type: 'annotate' }>

function annotate(state: GroupState, { author, draft, unheld }: Annotate, time: number): Result<Committed> {
  // A group has nothing private: a direct message belongs in the inboxes of its recipients, never here.
  if (draft.recipients !== undefined) return refuse('not_supported', 'A group takes no direct messages.')
  const { pin: pinDraft, ...said } = draft
  const pin = pinDraft === undefined ? undefined : pinned(state, pinDraft)
  if (pin !== undefined && !pin.ok) return pin
  const annotation: Annotation = {
    id: Math.max(state.lastId + 1, time * 1_000),
    revision: state.revision + 1,
    time,
    author,
    ...said,
    ...(pin === undefined ? {} : { pin: pin.value }),
    ...(unheld === undefined ? {} : { unheld }),
  }
  put(state, annotation)
  return accept({ isVisible: true, annotation })
}

function pinned(state: GroupState, draft: PinDraft): Result<Pin> {
  const evidence = evidenceOf(state, draft)
  if (evidence !== undefined) return accept({ ...draft, evidence })
  const what = draft.category === undefined ? draft.metric : `${draft.metric} / ${draft.category}`
  return refuse('unknown_metric', `This group has no "${what}" to pin to.`, [
    { pointer: '/pin/metric', message: 'names nothing that this group has' },
  ])
}

function edit(state: GroupState, id: number, change: (old: Annotation) => Result<Annotation>): Result<Committed> {
  const old = findAnnotation(state, id)
  if (old === undefined || old.retracted) return refuse('not_found', 'This group has no such annotation.')
  const changed = change(old)
  if (!changed.ok) return changed
  if (changed.value === old) return accept({ isVisible: false, annotation: old })
  const annotation = { ...changed.value, revision: state.revision + 1 }
  put(state, annotation)
  return accept({ isVisible: true, annotation })
}

function put(state: GroupState, annotation: Annotation): void {
  putAnnotation(state, annotation)
  const forgotten = rememberChanged(state, annotation.id, annotation.revision)
  if (forgotten !== undefined) state.aside.delete(forgotten)
}

function revised(old: Annotation, text: string, time: number): Annotation {
  return old.text === text ? old : { ...old, text, editedTime: time }
}

// Its words go, and with them what was said about them: only the place stays.
function retracted(old: Annotation): Annotation {
  const { id, revision, time, author, replyTo, unheld } = old
  const empty = { id, revision, time, author, text: '', retracted: true as const }
  return { ...empty, ...(replyTo === undefined ? {} : { replyTo }), ...(unheld === undefined ? {} : { unheld }) }
}

function reacted(old: Annotation, reaction: string, name: string, on: boolean): Result<Annotation> {
  const { reactions = {}, ...rest } = old
  const names = Object.hasOwn(reactions, reaction) ? (reactions[reaction] ?? []) : []
  if (names.includes(name) === on) return accept(old)
  if (on && isFull(names, reactions))
    return refuse('reaction_limit', 'This annotation has all the reactions it may have.')
  const left = on ? [...names, name] : names.filter((other) => other !== name)
  const { [reaction]: _gone, ...others } = reactions
  const now = left.length === 0 ? others : { ...others, [reaction]: left }
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

function arrange(state: GroupState, board: Board | null): Result<Committed> {
  if (utf8Bytes(JSON.stringify(board)) > limits.maxBoardBytes) {
    return refuse('board_limit', `A board takes at most ${limits.maxBoardBytes} bytes.`)
  }
  state.board = board
  state.boardAt = state.revision + 1
  return accept({ isVisible: true })
}
