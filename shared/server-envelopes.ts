// Owns every envelope that a server sends, as a schema with its inferred type; the update's is in update.ts.

import * as z from 'zod/mini'
import { annotation, shownName } from './annotation.ts'
import { groupName } from './group-name.ts'
import { metricName } from './series.ts'
import { update } from './update.ts'

const count = z.int().check(z.nonnegative())
const id = count

/** Answers hello: the name granted, the server's time (Unix ms), how often it pings, and its limits. */
export const welcomeEnvelope = z.object({
  type: z.literal('welcome'),
  id,
  name: z.optional(z.string()),
  time: count,
  pingMs: count,
  limits: z.record(z.string(), z.union([z.number(), z.array(z.number())])),
})

/**
 * A request was done. `cursor` says where the thing is, never how far the receiver has come. Subscribe's ack says
 * what was granted: `group`, `name`, `paceMs`; annotate's carries the annotation.
 */
export const ackEnvelope = z.object({
  type: z.literal('ack'),
  id,
  group: z.optional(groupName),
  cursor: z.optional(z.string()),
  name: z.optional(z.string()),
  paceMs: z.optional(count),
  annotation: z.optional(annotation),
})

/**
 * A request was refused (`id` is its), or a frame was no request, or of the groups that a stream or a poll asked for,
 * `group` was. Only `temporary` says that trying again may help.
 */
export const errorEnvelope = z.object({
  type: z.literal('error'),
  id: z.optional(id),
  group: z.optional(groupName),
  code: z.string(),
  message: z.string(),
  temporary: z.boolean(),
})

/**
 * Somebody who is here: `away` when no page of theirs is in view, `typing`, and the `metric` of the chart they look at.
 */
export const presentPerson = z.object({
  name: shownName,
  away: z.optional(z.literal(true)),
  typing: z.optional(z.literal(true)),
  metric: z.optional(metricName),
})

export type PresentPerson = Readonly<z.infer<typeof presentPerson>>

/** Who is in a group now: how many, and the first names. Whole, never a difference; it may be dropped. */
export const presenceEnvelope = z.object({
  type: z.literal('presence'),
  group: groupName,
  count,
  people: z.array(presentPerson),
})

/** Asks whether the client lives: it answers with `pong` within `limits.pongMs`. */
export const serverPingEnvelope = z.object({ type: z.literal('ping'), time: count })

/** Answers the client's ping with the server's time (Unix ms). */
export const serverPongEnvelope = z.object({ type: z.literal('pong'), id: z.optional(id), time: count })

/** The server is about to close: come back after `afterMs`, so that not everybody comes at once. */
export const closingEnvelope = z.object({ type: z.literal('closing'), afterMs: count })

/** Any envelope that a server sends. */
export const serverEnvelope = z.discriminatedUnion('type', [
  welcomeEnvelope,
  update,
  presenceEnvelope,
  ackEnvelope,
  errorEnvelope,
  serverPingEnvelope,
  serverPongEnvelope,
  closingEnvelope,
])

export type ServerEnvelope = Readonly<z.infer<typeof serverEnvelope>>
export type WelcomeEnvelope = Readonly<z.infer<typeof welcomeEnvelope>>
export type AckEnvelope = Readonly<z.infer<typeof ackEnvelope>>
export type ErrorEnvelope = Readonly<z.infer<typeof errorEnvelope>>
export type PresenceEnvelope = Readonly<z.infer<typeof presenceEnvelope>>
