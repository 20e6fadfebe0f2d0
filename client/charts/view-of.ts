// Owns what a chart's card tells of the place where it draws: which part of time, which series, and what it held before.

import type { Chart, Kind } from '@chartroom/shared'
import { motionMs, type Sort, type Spot, type View } from '@chartroom/shared/option'
import { isMotionReduced } from '../preferences.ts'
import type { GroupStore } from '../store.ts'
import { words } from '../words/words.ts'
import type { Drawn } from './drawn.ts'
import { stride } from './stride.ts'

// As style/chart-wall.css has it.
const wallNumber = { px: (104 * 11) / 24, fromPx: 200 }

// Slow enough to follow, and over before the next one may come.
const reorderMs = 250

/** What only the card knows; on a wall nobody is there who could bring back what was left out. */
export interface CardView {
  readonly width: number
  readonly height: number
  readonly wall: boolean
  readonly sort: Sort | undefined
  readonly chosen: Spot | undefined
}

/** The view of a chart now, `last` being what stands there. A chart over time shows what is zoomed into. */
export function viewOf(store: GroupStore, chart: Chart, last: Drawn | undefined, card: CardView): View {
  const { wall, ...rest } = card
  const part = isOverTimeKind(chart.kind) ? store.zoom.part : undefined
  const windowMs = part === undefined ? store.windowMs : part.to - part.from
  const isSamePart = last?.view.until === part?.to && last?.view.windowMs === windowMs
  const isSame = last !== undefined && last.figure.kind === chart.kind && isSamePart
  // What moves is drawn again in each frame: a page that cannot keep its pace has no time for that.
  const isStill = isMotionReduced() || stride.isSlowed
  return {
    now: store.now(),
    until: part?.to,
    windowMs,
    locale: words().language,
    reorderMs: isStill ? 0 : reorderMs,
    motionMs: motionMs(store.replica.paceMs, isStill),
    hidden: wall ? undefined : store.hidden.of(chart.id),
    numberPx: wall && card.width >= wallNumber.fromPx ? wallNumber.px : undefined,
    held: isSame && 'scale' in last.figure ? last.figure.scale : undefined,
    order: isSame && 'order' in last.figure ? last.figure.order : undefined,
    ...rest,
  }
}

function isOverTimeKind(kind: Kind): boolean {
  return kind === 'line' || kind === 'area' || kind === 'heat'
}
