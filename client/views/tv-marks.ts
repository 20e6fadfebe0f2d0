// Owns the marks that say how far a wall's tour has come: one for each group, and in the one that is shown for each page.

import { html, nothing, type TemplateResult } from 'lit'
import { words } from '../words/words.ts'

/** Where a tour is; `group` and `page` are counted from 0. */
export interface Progress {
  readonly groups: number
  readonly group: number
  readonly pages: number
  readonly page: number
}

// More marks than this are not counted by eye.
const mostMarks = 12

/** The marks; none where there is nothing to go to. */
export function tvMarks({ groups, group, pages, page }: Progress): TemplateResult | typeof nothing {
  if (groups * pages <= 1) return nothing
  const { tv } = words()
  const said = [groups > 1 ? tv.group(group + 1, groups) : '', pages > 1 ? tv.page(page + 1, pages) : '']
  const label = said.filter((part) => part !== '').join(words().charts.comma)
  if (groups + pages > mostMarks) return html`<span class="marks">${label}</span>`
  const lines = (count: number, at: number) =>
    Array.from({ length: count }, (_, line) => html`<b class=${line === at ? 'here' : ''}></b>`)
  return html`<span class="marks" role="img" aria-label=${label}>
    ${Array.from({ length: groups }, (_, at) => html`<i>${at === group ? lines(Math.max(1, pages), page) : lines(1, -1)}</i>`)}
  </span>`
}
