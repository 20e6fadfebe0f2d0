// Owns what somebody writes into a group, checked: a message, its edits, a reaction, the arranging. It sends nothing.

import * as z from 'zod/mini'
import { utf8Bytes } from '../bytes.ts'
import {
  annotateEnvelope,
  arrangeEnvelope,
  reactEnvelope,
  retractEnvelope,
  reviseEnvelope,
} from '../client-envelopes.ts'
import { decodeValue, encode } from '../codec.ts'
import { accept, type Result, refuse } from '../fault.ts'
import { limits } from '../limits.ts'

const writeEnvelope = z.discriminatedUnion('type', [
  annotateEnvelope,
  reviseEnvelope,
  retractEnvelope,
  reactEnvelope,
  arrangeEnvelope,
])

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
  // Only edits of a board can be as long; their id will not be longer.
  const bytes = utf8Bytes(encode({ ...written, id: Number.MAX_SAFE_INTEGER }))
  if (bytes > limits.maxFrameBytes) return tooLong
  return accept({ ...written, key })
}

const tooLong = refuse('board_limit', `The edits of one request take at most ${limits.maxFrameBytes} bytes.`)
