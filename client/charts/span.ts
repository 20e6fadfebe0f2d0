// Owns how much room a kind of chart takes in the page's grid; the grid itself is the page's.

import type { Kind } from '@chartroom/shared'

/** The sizes of charts, in columns (of 12) and rows: small 3 x 2, medium 4 x 4, wide 8 x 4. */
export type Span = 'small' | 'medium' | 'wide'

/** The size of a chart of this kind. */
export function spanOf(kind: Kind): Span {
  switch (kind) {
    case 'number':
    case 'gauge':
      return 'small'
    case 'bar':
    case 'pie':
    case 'heat':
      return 'medium'
    case 'line':
    case 'area':
    case 'table':
      return 'wide'
    default:
      return kind satisfies never
  }
}
