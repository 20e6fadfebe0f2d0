// Owns how one sample is decoded: a plain one by hand, because a batch has thousands; any other by the schema.

import {
  accept,
  decodeValue,
  type Fault,
  kinds,
  type Labels,
  limits,
  type Result,
  refuse,
  type Sample,
  sample,
} from '@chartroom/shared'
import { whyNotTime } from './sample-time.ts'

type Fields = Readonly<Record<string, unknown>>
type Writable<T> = { -readonly [Field in keyof T]: T[Field] }

/** Reads a parsed JSON value as a sample, as the schema does, and checks its time. Unknown fields are dropped. */
export function decodeSample(value: unknown, now: number): Result<Sample> {
  const decoded = plainSample(value)
  if (decoded === undefined) return decodeSlowly(value, now)
  return decoded.time === undefined ? accept(decoded) : timely(decoded, now)
}

/** Whether a parsed JSON value is an object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function timely(sample: Sample, now: number): Result<Sample> {
  const why = sample.time === undefined ? undefined : whyNotTime(sample.time, now)
  return why === undefined ? accept(sample) : refused([{ pointer: '/time', message: why }])
}

function decodeSlowly(value: unknown, now: number): Result<Sample> {
  const decoded = decodeValue(sample, value)
  if (decoded.ok) return timely(decoded.value, now)
  const faults = decoded.refusal.faults ?? []
  return refused(
    faults.map((fault) => (fault.pointer === '/time' && isFields(value) ? timeFault(value.time, now) : fault)),
  )
}

function timeFault(time: unknown, now: number): Fault {
  return { pointer: '/time', message: whyNotTime(time, now) ?? 'is not valid' }
}

function refused(faults: readonly Fault[]): Result<never> {
  return refuse('malformed', 'The sample is not valid.', faults)
}

// The samples that need no second look. Undefined is no verdict: the schema has it.
function plainSample(value: unknown): Sample | undefined {
  if (!isFields(value)) return undefined
  const { metric, labels, time } = value
  if (!isPlainText(metric, 1, limits.maxMetricLength)) return undefined
  const plain: Writable<Sample> = { metric }
  if (labels !== undefined) {
    if (!isPlainLabels(labels)) return undefined
    plain.labels = labels
  }
  if (time !== undefined) {
    if (!isNumber(time) || !Number.isSafeInteger(time) || time < 0) return undefined
    plain.time = time
  }
  return takeAct(plain, value) && takeShow(plain, value) ? plain : undefined
}

function takeAct(plain: Writable<Sample>, { value, add, remove }: Fields): boolean {
  if (add === undefined && remove === undefined) {
    if (value !== null && !isNumber(value)) return false
    plain.value = value
  } else if (value === undefined && remove === undefined) {
    if (!isNumber(add)) return false
    plain.add = add
  } else {
    if (value !== undefined || add !== undefined || remove !== true) return false
    plain.remove = true
  }
  return true
}

function takeShow(plain: Writable<Sample>, fields: Fields): boolean {
  const { title, unit, as } = fields
  if (title !== undefined) {
    if (!isPlainText(title, 1, limits.maxMetricLength)) return false
    plain.title = title
  }
  if (unit !== undefined) {
    if (!isPlainText(unit, 0, limits.maxLabelNameLength)) return false
    plain.unit = unit
  }
  if (as !== undefined) {
    const kind = kinds.find((one) => one === as)
    if (kind === undefined) return false
    plain.as = kind
  }
  return takeNumber(plain, fields, 'min') && takeNumber(plain, fields, 'max') && takeNumber(plain, fields, 'order')
}

function takeNumber(plain: Writable<Sample>, fields: Fields, field: 'min' | 'max' | 'order'): boolean {
  const number = fields[field]
  if (number === undefined) return true
  if (!isNumber(number)) return false
  plain[field] = number
  return true
}

function isPlainLabels(value: unknown): value is Labels {
  if (!isFields(value)) return false
  let count = 0
  for (const name in value) {
    if (++count > limits.maxLabels || name === '__proto__') return false
    if (!isPlainText(name, 1, limits.maxLabelNameLength)) return false
    if (!isPlainText(value[name], 1, limits.maxLabelValueLength)) return false
  }
  return true
}

// UTF-16 units are never fewer than code points, so what is short in units is short.
function isPlainText(value: unknown, minLength: number, maxLength: number): value is string {
  if (typeof value !== 'string' || value.length < minLength || value.length > maxLength) return false
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at)
    if (unit < 0x20 || (unit >= 0x7f && unit < 0xa0)) return false
    // Whether a surrogate has its other half, the schema sees.
    if (unit >= 0xd800 && unit < 0xe000) return false
  }
  return true
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value)
}
