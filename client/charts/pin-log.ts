// Owns what of a group's log belongs on a chart: the annotations pinned to its metrics, and the deploys. It places nothing.

import type { Annotation, Pin } from '@chartroom/shared'

/** An annotation that points at something. */
export type Pinned = Annotation & { readonly pin: Pin }

/** What of the log a chart shows, oldest first. */
export interface PinLog {
  readonly pins: readonly Pinned[]
  readonly deploys: readonly Annotation[]
}

/** The part of a log that belongs on a chart of these metrics. What was taken back has no pin. */
export function pinLogOf(log: readonly Annotation[], metrics: readonly string[]): PinLog {
  const shown = log.filter(({ retracted }) => retracted === undefined)
  return {
    pins: shown.filter(isPinned).filter(({ pin }) => metrics.includes(pin.metric)),
    deploys: shown.filter(({ kind }) => kind === 'deploy'),
  }
}

function isPinned(annotation: Annotation): annotation is Pinned {
  return annotation.pin !== undefined
}
