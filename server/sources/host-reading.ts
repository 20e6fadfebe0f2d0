// Owns what the probe tells of this machine, and the check of it; it neither measures nor draws.

import type { Flow } from './rates.ts'

/** The parts of a reading; each is left out where this machine does not tell it. */
export const hostParts = ['cores', 'memory', 'loads', 'network', 'disk'] as const

export type HostPart = (typeof hostParts)[number]

/** Bytes of memory: all, used by programs, and used by nobody; what is left is cache. */
export interface Memory {
  readonly total: number
  readonly programs: number
  readonly free: number
}

/** Why a part could not be read; the reason is for the log. */
export interface HostFailure {
  readonly part: HostPart
  readonly reason: string
}

/** One look at the machine. */
export interface HostReading {
  /** How busy each core was since the last look, %. */
  readonly cores?: readonly number[] | undefined
  readonly memory?: Memory | undefined
  /** How many processes ran or waited to run: the mean of 1, 5 and 15 minutes. */
  readonly loads?: readonly number[] | undefined
  /** Bytes a second: received and sent. */
  readonly network?: Flow | undefined
  /** Bytes a second: read and written. */
  readonly disk?: Flow | undefined
  readonly failures: readonly HostFailure[]
}

/** Checks what came from the worker; undefined when it is no reading. */
export function decodeReading(message: unknown): HostReading | undefined {
  return isReading(message) ? message : undefined
}

function isReading(value: unknown): value is HostReading {
  return (
    isObject(value) &&
    isOptional(value.cores, isNumbers) &&
    isOptional(value.memory, (memory) => hasNumbers(memory, ['total', 'programs', 'free'])) &&
    isOptional(value.loads, isNumbers) &&
    isOptional(value.network, isFlow) &&
    isOptional(value.disk, isFlow) &&
    Array.isArray(value.failures) &&
    value.failures.every(isFailure)
  )
}

function isFailure(value: unknown): boolean {
  return isObject(value) && hostParts.some((part) => part === value.part) && typeof value.reason === 'string'
}

function isFlow(value: unknown): boolean {
  return hasNumbers(value, ['in', 'out'])
}

function isNumbers(value: unknown): boolean {
  return Array.isArray(value) && value.every(Number.isFinite)
}

function hasNumbers(value: unknown, names: readonly string[]): boolean {
  return isObject(value) && names.every((name) => Number.isFinite(value[name]))
}

function isOptional(value: unknown, check: (value: unknown) => boolean): boolean {
  return value === undefined || check(value)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
