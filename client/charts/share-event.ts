// Owns how a chart tells the page that its reader wants their kind to be everyone's.

import type { Kind } from '@chartroom/shared'

/** The reader wants everybody to see a chart as this kind. */
export class ShareEvent extends Event {
  readonly chart: string
  readonly kind: Kind

  constructor(chart: string, kind: Kind) {
    super('share', { bubbles: true, composed: true })
    this.chart = chart
    this.kind = kind
  }
}
