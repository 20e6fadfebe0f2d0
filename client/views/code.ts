// Owns how a line of a program is shown: as it is, with the reader's own part in colour.

import { html, type TemplateResult } from 'lit'
import type { LinePart } from './fill-lines.ts'

/** The parts of a line as text, never as HTML. It can be scrolled by keyboard where it is wider than its room. */
export function code(parts: readonly LinePart[]): TemplateResult {
  const shown = parts.map((part) => (typeof part === 'string' ? part : html`<span class="data">${part.data}</span>`))
  return html`<pre tabindex="0"><code>${shown}</code></pre>`
}
