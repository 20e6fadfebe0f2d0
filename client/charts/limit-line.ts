// Owns how a chart's limits are called, and their lines over its plot. Where they lie, and what is passed, is option's.

import {
  formatChosen,
  type Limit,
  type Locale,
  limitWordsPlace,
  type PlacedLimit,
  type TimeFigure,
  textWidth,
  type WordsPlace,
} from '@chartroom/shared/option'
import { html, type TemplateResult } from 'lit'
import { words } from '../words/words.ts'

const wordsPx = 12
const gapPx = 8

interface Place {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** What a limit is called: the word that somebody gave it, or what it is with its value. */
export function limitWords({ at, level, word }: Limit, unit: string | undefined, locale: Locale): string {
  const { limit, target } = words().charts
  return word ?? (level === 'target' ? target : limit)(formatChosen(at, unit, locale))
}

/** The lines across a chart over time, their words where they cover no mark. */
export function timeLines(figure: TimeFigure, locale: Locale): TemplateResult {
  return levelLines(figure.limits, figure.plot, figure.unit, locale, (limit, text) =>
    limitWordsPlace(figure, limit.px, textWidth(text, wordsPx) + 2 * gapPx),
  )
}

/** The lines across a plot whose values go up. */
export function levelLines(
  limits: readonly PlacedLimit[],
  { left, width }: Place,
  unit: string | undefined,
  locale: Locale,
  placeOf: (limit: PlacedLimit, text: string) => WordsPlace = () => ({ isAtEnd: false, isBelow: false }),
): TemplateResult {
  return html`${limits.map((limit) => {
    const text = limitWords(limit, unit, locale)
    const { isAtEnd, isBelow } = placeOf(limit, text)
    return html`<div
      class="limit ${limit.level}"
      .style=${`left: ${left}px; top: ${limit.px}px; width: ${width}px`}
    >
      <span class="${isAtEnd ? 'at-end' : ''} ${isBelow ? 'below' : ''}" dir="auto">${text}</span>
    </div>`
  })}`
}

/** The lines down a plot whose values go to the right; their words stand side by side above it. */
export function uprightLines(
  limits: readonly PlacedLimit[],
  { top, height }: Place,
  unit: string | undefined,
  { locale, width }: { readonly locale: Locale; readonly width: number },
): TemplateResult {
  const all = [...limits].sort((a, b) => a.px - b.px).map((limit) => ({ limit, text: limitWords(limit, unit, locale) }))
  const lefts = sideBySide(
    all.map(({ limit, text }) => ({ middle: limit.px, width: textWidth(text, wordsPx) + gapPx })),
    width,
  )
  return html`${all.map(
    ({ limit, text }, at) => html`<div
        class="limit down ${limit.level}"
        .style=${`left: ${limit.px}px; top: ${top}px; height: ${height}px`}
      ></div>
      <span class="limit-words ${limit.level}" dir="auto" .style=${`left: ${lefts[at] ?? 0}px; top: ${top}px`}
        >${text}</span
      >`,
  )}`
}

// As near to their middles as they can stand without covering one another, in their order and within this width.
function sideBySide(words: readonly { readonly middle: number; readonly width: number }[], width: number): number[] {
  const lefts: number[] = []
  let end = 0
  for (const word of words) {
    const left = Math.max(end, word.middle - word.width / 2)
    lefts.push(left)
    end = left + word.width
  }
  let border = width
  for (const [at, word] of [...words.entries()].reverse()) {
    border = Math.min(lefts[at] ?? 0, border - word.width)
    lefts[at] = border
  }
  return lefts
}
