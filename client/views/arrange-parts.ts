// Owns what the page of a group shows of arranging: the button that turns it on, the bar, the panel. What they do is
// arranging/'s, which is loaded on first use.

import type { Connection } from '@chartroom/shared/client'
import { html, nothing, type TemplateResult } from 'lit'
import type { Hand } from '../arranging/hand.ts'
import type { Mode } from '../arranging/mode.ts'
import type { Self } from '../self.ts'
import type { GroupStore } from '../store.ts'
import { words } from '../words/words.ts'

/** Loads what arranging needs. */
export async function loadHand(store: GroupStore): Promise<Hand> {
  const { createHand } = await import('../arranging/tools.ts')
  return createHand(store)
}

type Part = TemplateResult | typeof nothing

/** The button of a mode; none while there is nothing to arrange. */
export function arrangeButton(mode: Mode | undefined, store: GroupStore): Part {
  const { arranging } = words()
  if (mode === undefined || (store.charts().length === 0 && store.board === null)) return nothing
  const isOn = mode.hand !== undefined
  const handle = () => (isOn ? mode.turnOff() : void mode.turnOn())
  return html`<button class="arrange ${isOn ? 'on' : ''}" @click=${handle}>${isOn ? arranging.done : arranging.arrange}</button>`
}

/** The bar of a mode: also when arranging is off, while something of it is to be told. */
export function arrangeBar(mode: Mode | undefined, self: Self, connection: Connection): Part {
  if (mode?.state === 'failed') return html`<p class="refused" role="alert">${words().arranging.failed}</p>`
  if (mode === undefined || (mode.state === 'off' && mode.tools === undefined)) return nothing
  return html`<arrange-bar .mode=${mode} .self=${self} .connection=${connection}></arrange-bar>`
}

/** The panel of the chart that is open. */
export function arrangePanel(mode: Mode | undefined, connection: Connection): Part {
  return mode?.hand?.open === undefined
    ? nothing
    : html`<chart-panel .hand=${mode.hand} .connection=${connection}></chart-panel>`
}
