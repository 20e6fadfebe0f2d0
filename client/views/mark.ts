// Owns the mark of Chartroom: a neat-line square with a fix and its line.

import { html, type TemplateResult } from 'lit'

/** The mark, in the ink of where it stands. It says nothing: a name stands beside it. style/mark.svg is the same. */
export const mark: TemplateResult = html`<svg viewBox="0 0 24 24" width="24" height="24" fill="none" aria-hidden="true">
  <path d="M3.5 3.5h17v17h-17z" stroke="currentColor" />
  <path d="M3 3.5h5m5 0h5M20.5 3v5m0 5v5M21 20.5h-3m-5 0H8M3.5 21v-3m0-5V8" stroke="currentColor" stroke-width="3" />
  <path d="M6 17.5 9.5 13" stroke="var(--accent)" stroke-width="1.5" stroke-linecap="round" />
  <circle cx="13.5" cy="10.5" r="3" fill="var(--accent)" />
</svg>`
