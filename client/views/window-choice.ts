// Owns the choice of how far back the charts of a group look; what there is to choose is window.ts's.

import { html, type TemplateResult } from 'lit'
import type { GroupStore } from '../store.ts'
import { windowsMs } from '../window.ts'
import { words } from '../words/words.ts'

/** The choice. `isBrief` leaves out what a narrow page has no room for. */
export function windowChoice(store: GroupStore, isBrief: boolean, handleChange: () => void): TemplateResult {
  const { charts, length } = words()
  const handle = (event: Event) => {
    if (!(event.currentTarget instanceof HTMLSelectElement)) return
    store.setWindow(Number(event.currentTarget.value))
    handleChange()
  }
  return html`<label class="window">
    <select aria-label=${charts.window} @change=${handle}>
      ${windowsMs.map(
        (ms) => html`<option value=${ms} ?selected=${ms === store.windowMs}>
          ${isBrief ? length(ms) : charts.last(length(ms))}
        </option>`,
      )}
    </select>
    <svg viewBox="0 0 12 12" aria-hidden="true"><path d="m3 4.5 3 3 3-3" /></svg>
  </label>`
}
