// Owns who else looks at a chart: a few avatars at the right of its head. Who looks where is the server's to tell.

import { html, nothing, type TemplateResult } from 'lit'
import { avatar } from '../people/avatar.ts'
import { words } from '../words/words.ts'

/** Somebody who is here, and the metric of the chart they look at. */
interface Looker {
  readonly name: string
  readonly metric?: string | undefined
}

/** How many avatars are drawn. */
const mostAvatars = 3

/** The names of the others who look at a chart of these metrics. */
export function lookersOf(
  people: readonly Looker[],
  metrics: readonly string[],
  me: string | undefined,
): readonly string[] {
  return people
    .filter(({ metric, name }) => metric !== undefined && metrics.includes(metric) && name !== me)
    .map(({ name }) => name)
}

/** Their avatars, with how many more there are. */
export function lookers(names: readonly string[]): TemplateResult | typeof nothing {
  if (names.length === 0) return nothing
  const label = words().pins.looking(words().people.list(names))
  const more = names.length - mostAvatars
  return html`<span class="lookers" role="img" aria-label=${label} title=${label}>
    ${names.slice(0, mostAvatars).map(avatar)}${more > 0 ? html`<span class="count">+${more}</span>` : nothing}
  </span>`
}
