// Owns which names a chart's legend has, in an order that toggling does not change. It draws nothing.

import type { CategoryColor, NamedFigure } from '@chartroom/shared/option'

/** One name of a chart, as its legend has it. */
export interface LegendName {
  readonly key: string
  readonly name: string
  readonly color: CategoryColor
  readonly isHidden: boolean
}

/** The names of a figure by their place in the chart; none where there is only one, which is the chart's title. */
export function legendNamesOf(figure: NamedFigure): readonly LegendName[] {
  if (figure.kind === 'bar') return figure.parts
  const shown = figure.kind === 'pie' ? figure.slices : figure.lines
  const names = [
    ...shown.map((mark) => ({ ...mark, isHidden: false })),
    ...figure.hidden.map((mark) => ({ ...mark, isHidden: true })),
  ]
    .sort((a, b) => a.place - b.place)
    .flatMap(({ key, name, color, isHidden }) =>
      key === undefined || name === undefined ? [] : [{ key, name, color, isHidden }],
    )
  return names.length > 1 || figure.kind === 'pie' ? names : []
}
