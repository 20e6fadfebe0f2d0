// Owns how a range looks while it is being chosen: a tint between two moments, their times, and what comes of it.

import { anchorOf, momentsOf, type Spot, type TimedFigure, type View } from '@chartroom/shared/option'
import { html, nothing, type TemplateResult } from 'lit'
import { exactTimeOfDay } from '../words/clock.ts'
import { words } from '../words/words.ts'
import { bracket } from './bracket.ts'
import type { Intent, Range } from './drag.ts'

// The tag with both times, px.
const tagPx = 124

/**
 * A range of a figure, `spot` being what it is of, with what comes of it when the pointer is let go (`intent`), or what
 * the keys can do; one to be pinned has its bracket.
 */
export function rangeMark(
  figure: TimedFigure,
  view: View,
  { spot, range }: { readonly spot: Spot; readonly range: Range },
  intent: Intent | undefined,
): TemplateResult {
  const { plot } = figure
  const [left, right] = momentsOf(figure, range)
  const middle = Math.max(tagPx / 2, Math.min(view.width - tagPx / 2, (left + right) / 2))
  const place = `transform: translate(${left}px, ${plot.top}px); width: ${right - left}px; height: ${plot.height}px`
  const isPin = intent === 'pin'
  return html`${isPin ? bracket(anchorOf(figure, { ...spot, ...range }, view)) : nothing}
    <i class="zone ${isPin ? 'pin' : ''}" .style=${place}></i>
    <span class="hint" .style=${`transform: translate(${middle}px, ${plot.top}px)`}><b>${hintOf(intent)}</b></span>
    <span class="times" .style=${`transform: translate(${middle}px, ${plot.top + plot.height}px)`}>${timesOf(range)}</span>`
}

/** The same in one sentence, for who hears it. */
export function rangeSentence(name: string, range: Range): string {
  return [name, timesOf(range), words().zoom.keys].join(words().charts.comma)
}

function timesOf({ time, timeEnd }: Range): string {
  return words().zoom.range(exactTimeOfDay(time), exactTimeOfDay(timeEnd))
}

function hintOf(intent: Intent | undefined): string {
  const { keys, release, releasePin } = words().zoom
  if (intent === undefined) return keys
  return intent === 'pin' ? releasePin : release
}
