import { type Batch, type Chart, commit, createState, type GroupState, type Kind } from '../../../shared/index.ts'
import { look, type View } from '../../../shared/option/index.ts'

/** A moment on a whole second, Unix ms. */
export const now = 1_795_178_660_000

export const light = look('light')

/** A group to which these batches came, one a second, the last of them at `now`. */
export function groupOf(...batches: readonly Batch[]): GroupState {
  const state = createState('ops')
  for (const [at, batch] of batches.entries()) {
    const committed = commit(state, { type: 'batch', samples: batch }, now - (batches.length - 1 - at) * 1_000, 'e')
    if (!committed.ok) throw new Error(committed.refusal.message)
  }
  return state
}

/** A sample of each category. */
export function samples(metric: string, values: Readonly<Record<string, number | null>>, show = {}): Batch {
  return Object.entries(values).map(([item, value]) => ({ metric, labels: { item }, value, ...show }))
}

export function chartOf(metric: string, kind: Kind): Chart {
  return { id: metric, metrics: [metric], kind, title: metric }
}

export function viewOf(changes: Partial<View> = {}): View {
  return { now, windowMs: 300_000, width: 640, height: 236, locale: 'en', motionMs: 0, ...changes }
}
