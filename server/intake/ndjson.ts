// Owns lines of JSON: one object a line, empty lines skipped. What an object may be is json.ts's.

import { limits, pointerStep } from '@chartroom/shared'
import type { BatchDraft } from './batch-draft.ts'
import { parseJson, takeObject } from './json.ts'
import { pieces } from './pieces.ts'

/** Reads lines of JSON into the batch; a pointer begins with the line's index, empty lines counted. */
export function readNdjson(text: string, batch: BatchDraft): void {
  let index = 0
  let taken = 0
  for (const line of pieces(text, '\n')) {
    // An object may hold no sample: a body of millions of those must end too.
    if (batch.isFull || taken > limits.maxSamplesPerBatch) break
    if (line.trim() !== '') {
      takeLine(line, index, batch)
      taken++
    }
    index++
  }
  if (taken > limits.maxSamplesPerBatch) batch.addFault('', `has more than ${limits.maxSamplesPerBatch} lines`)
}

function takeLine(line: string, index: number, batch: BatchDraft): void {
  const place = pointerStep(index)
  const parsed = parseJson(line, index + 1)
  if (parsed.ok) takeObject(parsed.value, place, batch)
  else for (const { pointer, message } of parsed.refusal.faults ?? []) batch.addFault(place + pointer, message)
}
