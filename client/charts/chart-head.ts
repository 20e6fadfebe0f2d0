// Owns the head of a chart: its title, unit, age, who looks at it, and its tools. What the tools do is the card's.

import { html, nothing, type TemplateResult } from 'lit'
import { words } from '../words/words.ts'
import type { Drawn } from './drawn.ts'
import type { Freshness } from './freshness.ts'
import { glyph } from './glyph.ts'
import { lookers } from './lookers.ts'
import { subtitleOf } from './subtitle.ts'

/** The head of a chart with this title. `names` are those who look at it. */
export function chartHead(
  title: string,
  written: Drawn | undefined,
  freshness: Freshness,
  names: readonly string[],
  tools: TemplateResult,
): TemplateResult {
  return html`<figcaption>
    <h2 id="title" dir="auto">${title}</h2>
    <span class="subtitle" dir="auto">${written && subtitleOf(written.figure)}</span>
    ${freshness.word === 'stale' ? flag(words().charts.lastValue(words().age(freshness.silentMs))) : nothing}
    ${lookers(names)}${tools}
  </figcaption>`
}

function flag(text: string): TemplateResult {
  return html`<span class="flag" title=${text}>${glyph('clock')}<span>${text}</span></span>`
}
