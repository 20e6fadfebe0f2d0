// Owns the head of a chart: its title, unit, age, who looks at it, and its tools. What the tools do is the card's.

import type { Level } from '@chartroom/shared'
import { html, nothing, type TemplateResult } from 'lit'
import { words } from '../words/words.ts'
import type { Drawn } from './drawn.ts'
import type { Freshness } from './freshness.ts'
import { glyph } from './glyph.ts'
import { lookers } from './lookers.ts'
import { passedWords } from './passed.ts'
import { subtitleOf } from './subtitle.ts'

/** The head of a chart with this title. `names` are those who look at it. */
export function chartHead(
  title: string,
  written: Drawn | undefined,
  freshness: Freshness,
  names: readonly string[],
  tools: TemplateResult | typeof nothing,
): TemplateResult {
  return html`<figcaption>
    <h2 id="title" dir="auto">${title}</h2>
    <span class="subtitle" dir="auto">${written && subtitleOf(written.figure)}</span>
    ${flagOf(written, freshness)}
    ${lookers(names)}
    ${tools}
  </figcaption>`
}

// How old it is comes before how bad it was.
function flagOf(written: Drawn | undefined, freshness: Freshness): TemplateResult | typeof nothing {
  if (freshness.word === 'stale') return flag('clock', words().charts.lastValue(words().age(freshness.silentMs)))
  const passed = written?.figure.passed
  if (written === undefined || passed === undefined) return nothing
  return flag(passed.level, passedWords(passed, written.figure.unit, written.view.locale))
}

function flag(name: Level | 'clock', text: string): TemplateResult {
  return html`<span class="flag ${name}" title=${text}>${glyph(name)}<span dir="auto">${text}</span></span>`
}
