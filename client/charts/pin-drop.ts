// Owns how the pins on one spot look: a drop with a letter or a count, a diamond for an alert, hollow when it is gone.

import type { Anchor, Fold } from '@chartroom/shared/option'
import { html, type TemplateResult } from 'lit'
import { letterOf } from '../people/avatar.ts'
import type { Pinned } from './pin-log.ts'

/** A pin and where it sits. */
export type PlacedPin = Anchor & { readonly annotation: Pinned }

/** The mark of a fold, whose tip is at the lower end of its middle. */
export function pinDrop({ pins }: Fold<PlacedPin>): TemplateResult {
  const [first] = pins
  const shape = pins.length === 1 && first.annotation.kind === 'alert' ? 'diamond' : 'drop'
  const letter = shape === 'diamond' ? '!' : pins.length === 1 ? letterOf(first.annotation.author) : `${pins.length}`
  return html`<span class="${shape} ${first.on} ${pins.length > 1 ? 'folded' : ''}"><b>${letter}</b></span>`
}

/** The mark of a pin that is being composed. */
export const newDrop = html`<span class="drop draft"><b>+</b></span>`
