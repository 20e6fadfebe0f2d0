// Owns what stands on a chart now: a figure, and the place that it was made for. It draws nothing.

import type { Figure, View } from '@chartroom/shared/option'

/** A figure as it was drawn. */
export interface Drawn {
  readonly figure: Figure
  readonly view: View
}
