// Owns what stands behind a chart's title: the unit of its numbers, and how many of its lines are drawn.

import { type Figure, formatQuantity, formatUnit } from '@chartroom/shared/option'
import { words } from '../words/words.ts'

/** The subtitle of a figure. A unit that stands at every value is not said again. */
export function subtitleOf(figure: Figure): string {
  if (figure.kind === 'number' || figure.kind === 'gauge') return ''
  const { language, charts } = words()
  const unit = formatUnit(figure.unit, language)
  const isSaid =
    figure.kind === 'pie' ||
    ((figure.kind === 'bar' || figure.kind === 'table') &&
      formatQuantity(1, figure.unit, language).brief.endsWith(unit))
  const count = figure.kind === 'line' ? figure.lines.length : figure.kind === 'heat' ? figure.rows.length : 0
  const hidden = figure.kind === 'line' || figure.kind === 'heat' ? figure.hiddenCount : 0
  const drawn = hidden > 0 ? charts.drawn(count, count + hidden) : ''
  return [isSaid ? '' : unit, drawn].filter((part) => part !== '').join(charts.comma)
}
