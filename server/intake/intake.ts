// Owns which format a body is in, by its content type; each format is read in a file of its own.

import {
  type Arrangement,
  type Attention,
  type AuthoredDraft,
  accept,
  arrangement,
  attention,
  authoredDraft,
  type Batch,
  decodeValue,
  type Result,
  refuse,
} from '@chartroom/shared'
import { BatchDraft } from './batch-draft.ts'
import { type BoardBody, boardBodyOf } from './board-body.ts'
import { readDraftForm } from './draft-form.ts'
import { readForm } from './form.ts'
import { parseJson, readJson } from './json.ts'
import type { KnownSamples } from './known-samples.ts'
import { readNdjson } from './ndjson.ts'

type Format = 'json' | 'ndjson' | 'form'

const formats: ReadonlyMap<string, Format> = new Map([
  ['application/json', 'json'],
  ['application/x-ndjson', 'ndjson'],
  ['application/jsonl', 'ndjson'],
  ['application/x-www-form-urlencoded', 'form'],
  ['', 'form'],
])

const readers = { json: readJson, ndjson: readNdjson, form: readForm }

/**
 * Reads a batch of samples; the refusal names every fault (the first 20) by its place. `now` is Unix ms; `known` makes
 * it quicker, and nothing else.
 */
export function readBatch(
  contentType: string | undefined,
  body: Uint8Array,
  now: number,
  known?: KnownSamples,
): Result<Batch> {
  const formatted = formattedText(contentType, body)
  if (!formatted.ok) return formatted
  const { format, text } = formatted.value
  const quick = format === 'form' ? undefined : known?.read(text, format === 'json' ? 'array' : 'lines', now)
  if (quick !== undefined) return accept(quick)
  const batch = new BatchDraft(now)
  readers[format](text, batch)
  return batch.result()
}

/** Reads the draft of an annotation, JSON or a form. */
export function readDraft(contentType: string | undefined, body: Uint8Array): Result<AuthoredDraft> {
  const formatted = formattedText(contentType, body)
  if (!formatted.ok) return formatted
  const { format, text } = formatted.value
  if (format === 'ndjson') return unknownType()
  const value = format === 'json' ? parseJson(text) : readDraftForm(text)
  return value.ok ? decodeValue(authoredDraft, value.value) : value
}

/** Reads a board, JSON only. */
export function readBoard(contentType: string | undefined, body: Uint8Array): Result<BoardBody> {
  const value = jsonOf(contentType, body)
  return value.ok ? boardBodyOf(value.value) : value
}

/** Reads edits of a board, JSON only. */
export function readArrangement(contentType: string | undefined, body: Uint8Array): Result<Arrangement> {
  const value = jsonOf(contentType, body)
  return value.ok ? decodeValue(arrangement, value.value) : value
}

/** Reads what somebody attends to, JSON only. */
export function readAttention(contentType: string | undefined, body: Uint8Array): Result<Attention> {
  const value = jsonOf(contentType, body)
  return value.ok ? decodeValue(attention, value.value) : value
}

function jsonOf(contentType: string | undefined, body: Uint8Array): Result<unknown> {
  const formatted = formattedText(contentType, body)
  if (!formatted.ok) return formatted
  const { format, text } = formatted.value
  return format === 'json' ? parseJson(text) : refuse('content_type', 'Send application/json here.')
}

function formattedText(
  contentType: string | undefined,
  body: Uint8Array,
): Result<{ readonly format: Format; readonly text: string }> {
  const declared = formatOf(contentType)
  if (declared === undefined) return unknownType()
  const text = decodeText(body)
  if (!text.ok) return text
  // curl -d calls everything a form.
  const format = declared === 'form' && /^\s*[[{]/.test(text.value) ? 'json' : declared
  return accept({ format, text: text.value })
}

function formatOf(contentType = ''): Format | undefined {
  const plain = formats.get(contentType)
  if (plain !== undefined) return plain
  const [type = ''] = contentType.split(';')
  const name = type.trim().toLowerCase()
  return formats.get(name) ?? (name.endsWith('+json') ? 'json' : undefined)
}

function decodeText(body: Uint8Array): Result<string> {
  try {
    return accept(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return refuse('malformed', 'The body is not UTF-8.', [{ pointer: '', message: 'is not UTF-8' }])
  }
}

function unknownType(): Result<never> {
  return refuse(
    'content_type',
    'Send application/json, application/x-www-form-urlencoded, or a batch as application/x-ndjson.',
  )
}
