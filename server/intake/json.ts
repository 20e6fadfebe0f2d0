// Owns our JSON: an array of samples, one sample, or an object from metric to number or to categories.

import { accept, pointerStep, type Result, refuse } from '@chartroom/shared'
import type { BatchDraft } from './batch-draft.ts'
import { jsonFault } from './json-fault.ts'
import { isFields } from './sample.ts'

/** Parses a text that begins in this line of the body; the refusal names the place where it is no JSON. */
export function parseJson(text: string, line = 1): Result<unknown> {
  try {
    return accept(JSON.parse(text))
  } catch {
    const fault = jsonFault(text, line) ?? { pointer: '', message: 'is not JSON' }
    return refuse('malformed', 'The body is not JSON.', [fault])
  }
}

/** Reads a JSON body into the batch. */
export function readJson(text: string, batch: BatchDraft): void {
  const parsed = parseJson(text)
  if (!parsed.ok) for (const { pointer, message } of parsed.refusal.faults ?? []) batch.addFault(pointer, message)
  else if (Array.isArray(parsed.value)) takeArray(parsed.value, batch)
  else takeObject(parsed.value, '', batch)
}

/** Takes one object: a sample when its `metric` is a string, else numbers by metric. `place` is its own place. */
export function takeObject(value: unknown, place: string, batch: BatchDraft): void {
  if (!isFields(value)) batch.addFault(place, 'must be an object')
  else if (typeof value.metric === 'string') batch.takeSample(value, () => place)
  else for (const [metric, one] of Object.entries(value)) takeMetric(metric, one, place + pointerStep(metric), batch)
}

function takeArray(values: readonly unknown[], batch: BatchDraft): void {
  for (const [at, value] of values.entries()) {
    if (batch.isFull) return
    batch.takeSample(value, () => pointerStep(at))
  }
}

function takeMetric(metric: string, value: unknown, pointer: string, batch: BatchDraft): void {
  if (batch.isFull) return
  if (isNumberOrGap(value)) batch.takeNumber(metric, undefined, value, pointer)
  else if (isFields(value)) takeCategories(metric, value, pointer, batch)
  else batch.addFault(pointer, 'must be a number, null, or an object of numbers by category')
}

function takeCategories(metric: string, values: object, place: string, batch: BatchDraft): void {
  for (const [category, value] of Object.entries(values)) {
    if (batch.isFull) return
    const pointer = place + pointerStep(category)
    if (isNumberOrGap(value)) batch.takeNumber(metric, category, value, pointer)
    else batch.addFault(pointer, 'must be a number or null')
  }
}

function isNumberOrGap(value: unknown): value is number | null {
  return value === null || typeof value === 'number'
}
