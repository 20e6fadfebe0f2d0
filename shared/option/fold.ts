// Owns which pins stand so close together that they are drawn as one; where each sits is anchor.ts's.

import type { Place } from './anchor.ts'

/** Pins on one spot, at the place of the first of them. */
export interface Fold<Pin extends Place> extends Place {
  readonly pins: readonly [Pin, ...Pin[]]
}

/** Pins closer than this cannot be told apart, px. */
const foldPx = 18

/** Folds pins in their order: each joins the first one that it would cover, so that a fold stays as it grows. */
export function foldsOf<Pin extends Place>(pins: readonly Pin[]): readonly Fold<Pin>[] {
  const folds: { x: number; y: number; pins: [Pin, ...Pin[]] }[] = []
  for (const pin of pins) {
    const near = folds.find(({ x, y }) => Math.hypot(pin.x - x, pin.y - y) < foldPx)
    if (near === undefined) folds.push({ x: pin.x, y: pin.y, pins: [pin] })
    else near.pins.push(pin)
  }
  return folds
}
