// Owns the buttons that show a chart as another kind, for me; which kinds there are to choose is kind-choice.ts's.

import type { Kind } from '@chartroom/shared'
import { html, type TemplateResult } from 'lit'
import { words } from '../words/words.ts'
import { glyph } from './glyph.ts'
import type { KindChoice } from './kind-choice.ts'

/** A button for each kind. Choosing the group's own takes my choice back, which `choose` is told as undefined. */
export function kindSwitch(
  { kinds, groupKind }: KindChoice,
  now: Kind,
  choose: (kind: Kind | undefined) => void,
): TemplateResult {
  return html`<div class="kinds" role="group" aria-label=${words().charts.showAs}>
    ${kinds.map((kind) => {
      const name = kind === groupKind ? words().charts.asGroup(kind) : words().charts.kinds[kind]
      const chosen = kind === groupKind ? undefined : kind
      return html`<button aria-pressed=${kind === now} aria-label=${name} title=${name} @click=${() => choose(chosen)}>
        ${glyph(kind)}
      </button>`
    })}
  </div>`
}
