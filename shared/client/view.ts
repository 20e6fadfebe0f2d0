// Owns what a component draws of a room: data that nobody changes, made anew where something did. It draws nothing.

import type { Annotation } from '../annotation.ts'
import type { Board } from '../board.ts'
import type { Refusal } from '../fault.ts'
import type { Series } from '../state.ts'
import type { Room } from './connect.ts'
import type { ConnectionState } from './connection-state.ts'
import type { People } from './replica.ts'

/** A series as it was at one moment. */
export type SeriesView = Readonly<Pick<Series, 'category' | 'definition' | 'value' | 'time'>>

/**
 * A group as it was at one moment. A view never changes: each change makes another, and in it every part that stayed as
 * it was is the same object, so that whoever compares objects (`memo`, `computed`, a compiler) draws no more than that.
 * Lines have their past in `room.state`, which does change: draw them anew with each view.
 */
export interface GroupView {
  /** To write, to post, to page back. Undefined until the component is shown, and on a server that renders it. */
  readonly room: Room | undefined
  /** By `seriesKey(metric, labels)`, which is the metric where there are no labels. */
  readonly series: ReadonlyMap<string, SeriesView>
  /** What people say, oldest first. */
  readonly talk: readonly Annotation[]
  /** What machines log, oldest first. */
  readonly logs: readonly Annotation[]
  /** What was said to us and by us alone, oldest first: of the inbox of the name that we hold here. */
  readonly direct: readonly Annotation[]
  readonly board: Board | null
  readonly people: People
  readonly connection: ConnectionState
  /** The name under which this group knows us, as granted. */
  readonly name: string | undefined
  /** Whether the group has come; until then it is an empty one. */
  readonly isFilled: boolean
  /** Why the server does not let us follow this group. */
  readonly refusal: Refusal | undefined
}

/** Before there is a room. */
export const emptyView: GroupView = {
  room: undefined,
  series: new Map(),
  talk: [],
  logs: [],
  direct: [],
  board: null,
  people: { count: 0, people: [] },
  connection: { word: 'connecting' },
  name: undefined,
  isFilled: false,
  refusal: undefined,
}

/** The view of a room as it is now; what is as it was in the last one is taken from there. */
export function viewOf(room: Room, last: GroupView, refusal?: Refusal): GroupView {
  const { state, inbox, people, connection, name, isFilled } = room
  return {
    room,
    series: seriesView(state.series, last.series),
    talk: sameOrCopy(state.talk.annotations, last.talk),
    logs: sameOrCopy(state.logs.annotations, last.logs),
    direct: sameOrCopy(inbox?.state.talk.annotations ?? [], last.direct),
    board: state.board,
    people,
    connection,
    name,
    isFilled,
    refusal,
  }
}

function seriesView(all: ReadonlyMap<string, Series>, last: GroupView['series']): GroupView['series'] {
  const next = new Map<string, SeriesView>()
  let isSame = all.size === last.size
  for (const [key, series] of all) {
    const known = last.get(key)
    const view = known !== undefined && isAs(known, series) ? known : pick(series)
    next.set(key, view)
    isSame &&= view === known
  }
  return isSame ? last : next
}

function isAs(view: SeriesView, { definition, value, time }: Series): boolean {
  return view.value === value && view.time === time && view.definition === definition
}

function pick({ category, definition, value, time }: Series): SeriesView {
  return { category, definition, value, time }
}

function sameOrCopy<T>(now: readonly T[], last: readonly T[]): readonly T[] {
  return now.length === last.length && now.every((part, at) => part === last[at]) ? last : [...now]
}
