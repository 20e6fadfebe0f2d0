// Owns what somebody writes into a group, checked: a message, its revision, its taking back, a reaction. It sends nothing.

import * as z from 'zod/mini'
import { annotateEnvelope, reactEnvelope, retractEnvelope, reviseEnvelope } from '../client-envelopes.ts'
import { decodeValue } from '../codec.ts'
import { accept, type Result } from '../fault.ts'

const writeEnvelope = z.discriminatedUnion('type', [annotateEnvelope, reviseEnvelope, retractEnvelope, reactEnvelope])

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never

/** What is asked for, before it has the id of a request. */
export type Draft = WithoutId<z.infer<typeof writeEnvelope>>

/** What is asked for, with the key that makes sending it again safe. */
export type Written = Draft & { readonly key: string }

/** Checks it: a frame that the server would refuse, or close the link for, is refused here. */
export function writtenOf(draft: Draft, key: string): Result<Written> {
  const checked = decodeValue(writeEnvelope, { ...draft, id: 0, key })
  if (!checked.ok) return checked
  const { id: _unused, ...written } = checked.value
  return accept({ ...written, key })
}
