// Owns every envelope that a client sends, as a schema with its inferred type; what they do is the server's.

import * as z from 'zod/mini'
import { annotationDraft, annotationId, annotationText, reaction, shownName } from './annotation.ts'
import { boardEdit } from './board.ts'
import { cursorPattern } from './cursor.ts'
import { groupName } from './group-name.ts'
import { limits } from './limits.ts'
import { metricName } from './series.ts'
import { limitedName } from './text.ts'

const id = z.int().check(z.nonnegative())
const group = z.optional(groupName)
const key = z.optional(limitedName(limits.maxKeyLength))
const request = { id, group }

/**
 * Opens the conversation; anything else before it is refused. Without a `name` one may read and is counted, but not
 * listed. The `secret` holds the name, and scopes the keys.
 */
export const helloEnvelope = z.object({
  type: z.literal('hello'),
  id,
  name: z.optional(shownName),
  secret: z.optional(limitedName(limits.maxKeyLength)),
})

/**
 * Follows a group, or follows it otherwise (another pace, a longer window). `cursor` resumes; `windowMs` asks for the
 * past; `present: false` keeps this link out of the people of the group (a lobby looks into many).
 */
export const subscribeEnvelope = z.object({
  type: z.literal('subscribe'),
  ...request,
  paceMs: z.optional(z.literal([...limits.pacesMs])),
  windowMs: z.optional(z.int().check(z.positive(), z.maximum(86_400_000))),
  cursor: z.optional(z.string().check(z.regex(cursorPattern))),
  present: z.optional(z.boolean()),
})

export const unsubscribeEnvelope = z.object({ type: z.literal('unsubscribe'), ...request })

/** Writes an annotation; a `key` makes a retry safe. */
export const annotateEnvelope = z.object({ type: z.literal('annotate'), ...request, key, ...annotationDraft.shape })

/** Changes the text of an annotation whose author's name one holds. */
export const reviseEnvelope = z.object({
  type: z.literal('revise'),
  ...request,
  key,
  annotation: annotationId,
  text: annotationText,
})

/** Takes back an annotation whose author's name one holds: its words go, its place stays. */
export const retractEnvelope = z.object({ type: z.literal('retract'), ...request, key, annotation: annotationId })

/** Gives (`on`) or takes back a reaction to an annotation, under the name that the group granted. */
export const reactEnvelope = z.object({
  type: z.literal('react'),
  ...request,
  key,
  annotation: annotationId,
  reaction,
  on: z.boolean(),
})

/** Edits of a board, in their order. */
export const arrangement = z.object({
  edits: z.array(boardEdit).check(z.minLength(1), z.maxLength(limits.maxBoardEdits)),
})

/** Arranges the group's charts, under the name that the group granted: all of the edits in their order, or none. */
export const arrangeEnvelope = z.object({ type: z.literal('arrange'), ...request, key, ...arrangement.shape })

/** What somebody attends to: a chart (`null`: none), a text that they type, another page. */
export const attention = z.object({
  metric: z.optional(z.nullable(metricName)),
  typing: z.optional(z.boolean()),
  away: z.optional(z.boolean()),
})

/**
 * Where I look (`null`: at no chart), that I type, that no page of mine is in view. Absent parts stay as they were.
 * Presence only: it takes no revision, and may be told late or not at all.
 */
export const pointEnvelope = z.object({ type: z.literal('point'), ...request, ...attention.shape })

/** Asks whether the other side lives; answered by `pong` with the same id. */
export const clientPingEnvelope = z.object({ type: z.literal('ping'), id: z.optional(id) })

/** Answers the server's ping. */
export const clientPongEnvelope = z.object({ type: z.literal('pong') })

/** Any envelope that a client sends. */
export const clientEnvelope = z.discriminatedUnion('type', [
  helloEnvelope,
  subscribeEnvelope,
  unsubscribeEnvelope,
  annotateEnvelope,
  reviseEnvelope,
  retractEnvelope,
  reactEnvelope,
  arrangeEnvelope,
  pointEnvelope,
  clientPingEnvelope,
  clientPongEnvelope,
])

/** Whether an envelope writes into a group: such are done in their order, each once by its key. */
export function isWriting(envelope: ClientEnvelope): envelope is WritingEnvelope {
  switch (envelope.type) {
    case 'annotate':
    case 'revise':
    case 'retract':
    case 'react':
    case 'arrange':
      return true
    case 'hello':
    case 'subscribe':
    case 'unsubscribe':
    case 'point':
    case 'ping':
    case 'pong':
      return false
    default:
      return envelope satisfies never
  }
}

export type WritingEnvelope = Extract<ClientEnvelope, { type: 'annotate' | 'revise' | 'retract' | 'react' | 'arrange' }>
export type ClientEnvelope = Readonly<z.infer<typeof clientEnvelope>>
export type HelloEnvelope = Readonly<z.infer<typeof helloEnvelope>>
export type SubscribeEnvelope = Readonly<z.infer<typeof subscribeEnvelope>>
export type UnsubscribeEnvelope = Readonly<z.infer<typeof unsubscribeEnvelope>>
export type PointEnvelope = Readonly<z.infer<typeof pointEnvelope>>
export type AnnotateEnvelope = Readonly<z.infer<typeof annotateEnvelope>>
export type ReviseEnvelope = Readonly<z.infer<typeof reviseEnvelope>>
export type ArrangeEnvelope = Readonly<z.infer<typeof arrangeEnvelope>>
export type RetractEnvelope = Readonly<z.infer<typeof retractEnvelope>>
export type ReactEnvelope = Readonly<z.infer<typeof reactEnvelope>>
export type Attention = Readonly<z.infer<typeof attention>>
export type Arrangement = Readonly<z.infer<typeof arrangement>>
