// Owns the list that opens from several pins on one spot: who said what, each a way to its message.

import type { Place, View } from '@chartroom/shared/option'
import { html, type TemplateResult } from 'lit'
import { avatar } from '../people/avatar.ts'
import { timeOfDay } from '../words/clock.ts'
import type { PlacedPin } from './pin-drop.ts'
import { popover } from './popover.ts'

/** What the list does: names a pin, lights it, and goes to its message. */
export interface PinActions {
  label(pin: PlacedPin): string
  light(id: number | undefined): void
  travel(id: number): void
}

/** The pins of a fold, in their order. */
export function pinList(pins: readonly PlacedPin[], place: Place, view: View, actions: PinActions): TemplateResult {
  return popover(
    place,
    view,
    html`<ol class="pins" role="list">
      ${pins.map((pin) => item(pin, actions))}
    </ol>`,
  )
}

function item(pin: PlacedPin, { label, light, travel }: PinActions): TemplateResult {
  const { id, author, text, time } = pin.annotation
  return html`<li>
    <button
      aria-label=${label(pin)}
      @click=${() => travel(id)}
      @pointerenter=${() => light(id)}
      @pointerleave=${() => light(undefined)}
      @focus=${() => light(id)}
      @blur=${() => light(undefined)}
    >
      ${avatar(author)}
      <span class="who"><b dir="auto">${author}</b> <time>${timeOfDay(time)}</time></span>
      <span class="said" dir="auto">${text}</span>
    </button>
  </li>`
}
