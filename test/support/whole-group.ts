// What a server has of a group, read over HTTP from end to end: its snapshot, every page of both runs, and a search.

import {
  type Annotation,
  annotationPage,
  applyUpdate,
  createState,
  cursorOf,
  decodeValue,
  encodeCursor,
  type GroupState,
  runNames,
  update,
} from '@chartroom/shared'
import type { View } from './served-group.ts'

/** A group as its server tells it. */
export interface WholeGroup extends View {
  readonly cursor: string
  readonly state: GroupState
}

/** Reads a group that nobody writes to meanwhile. */
export async function readGroup(url: string, group: string): Promise<WholeGroup> {
  const state = await readSnapshot(url, group)
  const runs = await Promise.all(runNames.map((run) => readPages(`${url}/api/groups/${group}/annotations?run=${run}`)))
  const annotations = runs.flat().sort((a, b) => a.id - b.id)
  return { state, cursor: encodeCursor(cursorOf(state)), series: state.series, board: state.board, annotations }
}

/** All annotations that are found by these words, oldest first. */
export function searchGroup(url: string, group: string, words: string): Promise<Annotation[]> {
  return readPages(`${url}/api/groups/${group}/search?q=${encodeURIComponent(words)}`)
}

/** The snapshot of a group as a client takes it in. */
export async function readSnapshot(url: string, group: string): Promise<GroupState> {
  const snapshot = decodeValue(update, await readJson(`${url}/api/groups/${group}`))
  if (!snapshot.ok) throw new Error(snapshot.refusal.message)
  const state = createState(group)
  applyUpdate(state, snapshot.value)
  return state
}

async function readPages(address: string): Promise<Annotation[]> {
  const annotations: Annotation[] = []
  let before = 0
  do {
    const page = decodeValue(annotationPage, await readJson(`${address}&limit=200&before=${before}`))
    if (!page.ok) throw new Error(page.refusal.message)
    annotations.push(...page.value.annotations)
    before = page.value.before
  } while (before !== 0)
  return annotations.reverse()
}

async function readJson(address: string): Promise<unknown> {
  const response = await fetch(address)
  const text = await response.text()
  if (!response.ok) throw new Error(`${address} answered ${response.status}: ${text}`)
  return JSON.parse(text)
}
