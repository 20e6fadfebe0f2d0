// Owns what the keys of a chart ask for: a step of its data cursor, a pin, a zoom, the way out. It knows no figure.

import type { Step } from '@chartroom/shared/option'

/** What a key asks for. A step with Shift takes along what lies between: a range. */
export type Command =
  | { readonly to: 'step'; readonly step: Step; readonly isRange: boolean }
  | { readonly to: 'pin' | 'zoom' | 'present' | 'leave' }

/** How far a page key goes, in marks or moments. */
const pageStride = 10

const steps: Readonly<Record<string, Step>> = {
  ArrowRight: { across: 1, down: 0 },
  ArrowLeft: { across: -1, down: 0 },
  ArrowDown: { across: 0, down: 1 },
  ArrowUp: { across: 0, down: -1 },
  PageDown: { across: pageStride, down: 0 },
  PageUp: { across: -pageStride, down: 0 },
  Home: { across: Number.NEGATIVE_INFINITY, down: 0 },
  End: { across: Number.POSITIVE_INFINITY, down: 0 },
}

const others: Readonly<Record<string, Exclude<Command['to'], 'step'>>> = {
  Enter: 'pin',
  ' ': 'pin',
  z: 'zoom',
  '0': 'present',
  Escape: 'leave',
}

/** The command of a key; undefined for one that is not the chart's. */
export function commandOf({
  key,
  shiftKey,
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>): Command | undefined {
  if (ctrlKey || metaKey || altKey) return undefined
  const step = steps[key]
  if (step !== undefined) return { to: 'step', step, isRange: shiftKey }
  const to = others[key.length === 1 ? key.toLowerCase() : key]
  return to && { to }
}
