// Owns what a chart says to who cannot see it: its values in one sentence. It is read on demand, never announced.

import { type Figure, formatQuantity, formatShare, type Locale } from '@chartroom/shared/option'
import { words } from '../words/words.ts'
import { passedWords } from './passed.ts'
import { wholeWords } from './whole-words.ts'

// More than this nobody listens to.
const maxParts = 10

/** The values of a figure in words. */
export function summaryOf(figure: Figure, locale: Locale): string {
  const parts = [...passedOf(figure, locale), ...partsOf(figure, locale)]
  const more = parts.length > maxParts ? [words().charts.more(parts.length - maxParts)] : []
  return [...parts.slice(0, maxParts), ...more].join(words().charts.comma)
}

// What is wrong comes first.
function passedOf({ passed, unit }: Figure, locale: Locale): readonly string[] {
  return passed === undefined ? [] : [passedWords(passed, unit, locale)]
}

function partsOf(figure: Figure, locale: Locale): readonly string[] {
  const write = (value: number | null, unit = figure.unit) => formatQuantity(value, unit, locale).text
  switch (figure.kind) {
    case 'number':
    case 'gauge':
      return [[figure.whole && wholeWords(figure.whole), write(figure.value)].filter(Boolean).join(' ')]
    case 'line':
    case 'area':
      return figure.lines.map(({ name, value, unit }) => `${name} ${write(value, unit)}`)
    case 'bar':
    case 'table':
    case 'heat':
      return figure.rows.map(({ name, value, unit }) => `${name} ${write(value, unit)}`)
    case 'pie':
      return figure.slices.map(({ name = words().charts.others, share }) => `${name} ${formatShare(share)}`)
    default:
      return figure satisfies never
  }
}
