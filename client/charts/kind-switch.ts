// Owns the buttons that show a chart as another kind, for me and then for everyone; which kinds there are is kind-choice.ts's.

import type { Kind } from '@chartroom/shared'
import { html, nothing, type TemplateResult } from 'lit'
import { words } from '../words/words.ts'
import { glyph } from './glyph.ts'
import type { KindChoice } from './kind-choice.ts'

/**
 * A button for each kind. Choosing the group's own takes my choice back, which `choose` is told as undefined; `share`
 * makes mine the group's.
 */
export function kindSwitch(
  { kinds, groupKind }: KindChoice,
  now: Kind,
  choose: (kind: Kind | undefined) => void,
  share: () => void,
): TemplateResult {
  const { forEveryone, onlyMe } = words().charts
  const handle = ({ currentTarget }: Event) => {
    focusChosen(currentTarget)
    share()
  }
  const shared = html`<button class="share" title=${onlyMe} @click=${handle}>${forEveryone}</button>`
  return html`<div class="kinds" role="group" aria-label=${words().charts.showAs}>
    ${now === groupKind ? nothing : shared}
    ${kinds.map((kind) => {
      const name = kind === groupKind ? words().charts.asGroup(kind) : words().charts.kinds[kind]
      const chosen = kind === groupKind ? undefined : kind
      return html`<button aria-pressed=${kind === now} aria-label=${name} title=${name} @click=${() => choose(chosen)}>
        ${glyph(kind)}
      </button>`
    })}
  </div>`
}

// Shared, it is the group's: the button goes, and the focus would go with it.
function focusChosen(share: EventTarget | null): void {
  if (!(share instanceof HTMLElement) || !share.matches(':focus')) return
  share.parentElement?.querySelector<HTMLElement>('[aria-pressed=true]')?.focus()
}
