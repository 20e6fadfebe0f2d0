// Owns the way between text and envelope: encode, and decode, which never throws; it knows no transport.

import * as z from 'zod/mini'
import { type ClientEnvelope, clientEnvelope } from './client-envelopes.ts'
import {
  accept,
  type ErrorCode,
  type Fault,
  isErrorCode,
  pointerStep,
  type Refusal,
  type Result,
  refuse,
} from './fault.ts'
import { limits } from './limits.ts'
import { type ServerEnvelope, serverEnvelope } from './server-envelopes.ts'

/** What could not be decoded: why, and the `id` (for an error to echo) and `type` of the frame where it had them. */
export interface DecodeRefusal extends Refusal {
  readonly id?: number
  readonly type?: string
}

type Decoded<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: DecodeRefusal }

/** The text of an envelope. */
export function encode(envelope: ClientEnvelope | ServerEnvelope): string {
  return JSON.stringify(envelope)
}

/** Reads what a client sent. Unknown fields are ignored; an unknown type is refused as `unknown_type`. Never throws. */
export function decodeClientEnvelope(text: string): Decoded<ClientEnvelope> {
  return decode(clientEnvelope, text)
}

/** Reads what a server sent. Never throws; an unknown type is refused as `unknown_type`, which a client ignores. */
export function decodeServerEnvelope(text: string): Decoded<ServerEnvelope> {
  return decode(serverEnvelope, text)
}

/** Checks an already parsed JSON value against a schema; the refusal carries at most 20 faults with their places. */
export function decodeValue<T>(schema: z.ZodMiniType<T>, value: unknown): Result<T> {
  const parsed = z.safeParse(schema, value)
  if (parsed.success) return accept(parsed.data)
  const faults = parsed.error.issues.slice(0, limits.maxFaults).map((issue) => faultOf(issue, value))
  return refuse(codeOf(parsed.error.issues[0]), sentence(faults[0]), faults)
}

// A schema may name the code of its refusal (annotation.ts does); most are plainly malformed.
function codeOf(issue: z.core.$ZodIssue | undefined): ErrorCode {
  const code: unknown = issue?.code === 'custom' ? issue.params?.code : undefined
  return typeof code === 'string' && isErrorCode(code) ? code : 'malformed'
}

function decode<T>(schema: z.ZodMiniType<T>, text: string): Decoded<T> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('malformed', 'The frame is not JSON.')
  }
  const decoded = decodeValue(schema, value)
  if (decoded.ok) return decoded
  const id = idOf(value)
  const type = typeOf(value)
  const refusal = isOfUnknownType(decoded.refusal)
    ? { code: 'unknown_type' as const, message: 'The envelope has no "type" that is known here.' }
    : decoded.refusal
  const named = { ...(id === undefined ? {} : { id }), ...(type === undefined ? {} : { type }) }
  return { ok: false, refusal: { ...refusal, ...named } }
}

function isOfUnknownType(refusal: Refusal): boolean {
  return refusal.faults?.length === 1 && refusal.faults[0]?.pointer === '/type'
}

function idOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value)) return undefined
  return typeof value.id === 'number' && Number.isSafeInteger(value.id) && value.id >= 0 ? value.id : undefined
}

function typeOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined
  return typeof value.type === 'string' ? value.type : undefined
}

function faultOf(issue: z.core.$ZodIssue, value: unknown): Fault {
  const pointer = issue.path.map((step) => pointerStep(String(step))).join('')
  return { pointer, message: isMissing(issue.path, value) ? 'is missing' : messageOf(issue) }
}

function isMissing(path: readonly PropertyKey[], value: unknown): boolean {
  let place: unknown = value
  for (const step of path) {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, step)) return true
    place = Reflect.get(place, step)
  }
  return false
}

const expectations: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'an array',
  tuple: 'an array',
  object: 'an object',
  record: 'an object',
}

// zod/mini has no texts of its own, which saves 18 KB in the page: these are the few that our schemas need.
function messageOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'custom':
      return issue.message
    case 'invalid_type':
      return `must be ${expectations[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
    case 'invalid_key':
      return 'is no name that a label may have'
    case 'too_big':
      return `must ${issue.origin === 'array' ? 'have' : 'be'} at most ${issue.maximum}`
    case 'too_small':
      return `must ${issue.origin === 'array' ? 'have' : 'be'} ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`
    default:
      return 'is not valid'
  }
}

function sentence(fault: Fault | undefined): string {
  if (fault === undefined) return 'The value is not valid.'
  return fault.pointer === '' ? `It ${fault.message}.` : `"${fault.pointer.slice(1)}" ${fault.message}.`
}
