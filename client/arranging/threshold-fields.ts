// Owns the fields of a chart's thresholds: value, side, how bad it is, and its word. What they do to a chart is option's.

import { type ChartDraft, type Level, levels, limits, type Threshold } from '@chartroom/shared'
import { html, nothing, type TemplateResult } from 'lit'
import { arrangingWords } from '../words/arranging.ts'
import type { Fields } from './arranging.ts'
import { textOfNumber, thresholdsWith } from './fields.ts'
import type { TypedEvent } from './typed-field.ts'
import { numberOf } from './typed-number.ts'

const sides = ['above', 'below'] as const

/** The thresholds of a chart in a unit; `add` adds one, and `save` takes what they are to be. */
export function thresholdFields(
  draft: ChartDraft,
  unit: string,
  faults: ReadonlySet<string>,
  save: (fields: Fields, run?: string) => void,
  add: () => void,
): TemplateResult {
  const arranging = arrangingWords()
  const { thresholds = [] } = draft
  return html`<div class="thresholds" role="group" aria-labelledby="thresholds">
    <h3 id="thresholds">${arranging.thresholds}</h3>
    ${thresholds.map((threshold, at) => {
      const change = (fields: Readonly<Record<string, unknown>> | undefined, run?: string) =>
        save({ thresholds: thresholdsWith(draft, at, fields) }, run && `${run} ${at}`)
      return row(threshold, at, unit, faults, change)
    })}
    ${thresholds.length >= limits.maxThresholds ? nothing : html`<button type="button" class="link" @click=${add}>${arranging.addThreshold}</button>`}
  </div>`
}

type Change = (fields: Readonly<Record<string, unknown>> | undefined, run?: string) => void

function row(
  threshold: Threshold,
  at: number,
  unit: string,
  faults: ReadonlySet<string>,
  change: Change,
): TemplateResult {
  const arranging = arrangingWords()
  const wrong = (field: string, fault: string) => (faults.has(`/thresholds/${at}/${field}`) ? fault : '')
  return html`<div class="threshold" role="group" aria-label=${arranging.threshold(at + 1)}>
    ${select(arranging.side, threshold.when ?? 'above', sides, arranging.sides, (when) => change({ when }))}
    <typed-field
      number
      .label=${arranging.at}
      .value=${textOfNumber(threshold.at)}
      .fault=${wrong('at', arranging.number)}
      @typed=${({ text }: TypedEvent) => change({ at: numberOf(text, unit) ?? Number.NaN }, 'at')}
    ></typed-field>
    ${select(arranging.level, threshold.level ?? 'warn', levels, arranging.levels, (level) => change({ level }))}
    <typed-field
      .label=${arranging.word}
      .value=${threshold.word ?? ''}
      .fault=${wrong('word', arranging.tooLong(limits.maxLabelNameLength))}
      @typed=${({ text }: TypedEvent) => change({ word: text === '' ? undefined : text }, 'word')}
    ></typed-field>
    <button type="button" class="link" aria-label=${arranging.removeThreshold(at + 1)} @click=${() => change(undefined)}>${arranging.remove}</button>
  </div>`
}

function select<Key extends Level | (typeof sides)[number]>(
  label: string,
  value: Key,
  keys: readonly Key[],
  texts: Readonly<Record<Key, string>>,
  handle: (key: Key) => void,
): TemplateResult {
  const handleChange = ({ currentTarget }: Event) => {
    const chosen = currentTarget instanceof HTMLSelectElement ? keys[currentTarget.selectedIndex] : undefined
    if (chosen !== undefined) handle(chosen)
  }
  return html`<label class="choice">
    <span>${label}</span>
    <select aria-label=${label} @change=${handleChange}>
      ${keys.map((key) => html`<option value=${key} .selected=${key === value}>${texts[key]}</option>`)}
    </select>
  </label>`
}
