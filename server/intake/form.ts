// Owns form bodies, `cpu=12.5&orders.Shirts=5`: how they are decoded, and how their keys name metric and category.

import { pointerStep } from '@chartroom/shared'
import type { BatchDraft } from './batch-draft.ts'
import { pieces } from './pieces.ts'

/** One field of a form, decoded; `value` is undefined without a `=`. */
export interface FormField {
  readonly key: string
  readonly value: string | undefined
}

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** The fields of a form, decoded as URLSearchParams does; undefined stands for one that is not UTF-8. */
export function* formFields(text: string): Generator<FormField | undefined> {
  for (const piece of pieces(text, '&')) {
    if (piece !== '') yield decodeField(piece)
  }
}

/** Reads a form into the batch. */
export function readForm(text: string, batch: BatchDraft): void {
  for (const field of formFields(text.trim())) {
    if (batch.isFull) return
    if (field === undefined) batch.addFault('', 'has an escape that is not UTF-8')
    else takeField(field, batch)
  }
}

/** A number as people write it in a form; undefined when it is none. */
export function formNumber(text: string): number | undefined {
  return number.test(text) ? Number(text) : undefined
}

function takeField({ key, value }: FormField, batch: BatchDraft): void {
  const pointer = pointerStep(key)
  if (value === undefined) {
    batch.addFault(pointer, 'has no "=": write metric=number')
    return
  }
  const { metric, category } = splitKey(key)
  const text = value.trim()
  const isGap = text === '' || text === 'null'
  const taken = isGap ? null : formNumber(text)
  if (taken === undefined) batch.addFault(pointer, 'must be a number, or empty for "no value"')
  else batch.takeNumber(metric, category, taken, pointer)
}

// The last unescaped dot splits; `\.` is a dot in a name and `\\` a backslash.
function splitKey(key: string): { readonly metric: string; readonly category: string | undefined } {
  let dot = key.lastIndexOf('.')
  while (isEscaped(key, dot)) dot = key.lastIndexOf('.', dot - 1)
  if (dot < 0) return { metric: unescaped(key), category: undefined }
  return { metric: unescaped(key.slice(0, dot)), category: unescaped(key.slice(dot + 1)) }
}

function isEscaped(key: string, at: number): boolean {
  let backslashes = 0
  while (key[at - 1 - backslashes] === '\\') backslashes++
  return backslashes % 2 === 1
}

function unescaped(name: string): string {
  return name.replace(/\\([.\\])/g, '$1')
}

function decodeField(piece: string): FormField | undefined {
  const sign = piece.indexOf('=')
  try {
    if (sign < 0) return { key: decodePart(piece), value: undefined }
    return { key: decodePart(piece.slice(0, sign)), value: decodePart(piece.slice(sign + 1)) }
  } catch {
    // A URIError: the escapes are not UTF-8.
    return undefined
  }
}

function decodePart(text: string): string {
  return text.replaceAll('+', ' ').replace(/(?:%[0-9a-f]{2})+/gi, decodeURIComponent)
}
