// Owns how a pin is said: what it points at, when, and its number then and now, as texts; where they stand is not here.

import { type Evidence, evidenceOf, type GroupState, type PinDraft, said, seriesByMetric } from '@chartroom/shared'
import { formatChange, formatPoints, formatQuantity, formatShare } from '@chartroom/shared/option'
import type { GroupStore } from '../store.ts'
import { exactTimeOfDay } from '../words/clock.ts'
import type { Words } from '../words/words.ts'

/** A pin that the server took, or one of mine that it has not added the evidence to yet. */
export type WrittenPin = PinDraft & { readonly evidence?: Evidence }

/** A pin's number: absent `before` the server said what it was, and absent at `present` when the series is gone. */
export interface Comparison {
  readonly before: string | undefined
  readonly present: string | undefined
  /** By how much it changed, or that it is the lowest of a range; '' when there is nothing to say. */
  readonly change: string
}

/** What a store must know for a pin to be said. */
export type PinStore = Pick<GroupStore, 'state' | 'charts'>

/** What a pin points at: "Orders by item / Shirts". */
export function pinTitle({ metric, category }: PinDraft, store: PinStore): string {
  const chart = store.charts().find(({ metrics }) => metrics.includes(metric))
  const title =
    chart?.metrics.length === 1 ? chart.title : (said(seriesByMetric(store.state).get(metric) ?? [], 'title') ?? metric)
  return category === undefined ? title : `${title} / ${category}`
}

/** The moment or the range of a pin, 14:03:07 or 14:04:13–14:05:02; `time` (Unix ms) is that of its evidence. */
export function pinTime(pin: PinDraft, time: number): string {
  if (pin.time === undefined || pin.timeEnd === undefined) return exactTimeOfDay(time)
  return `${exactTimeOfDay(pin.time)}–${exactTimeOfDay(pin.timeEnd)}`
}

/** The number then and now; as shares of the whole where its chart shows shares. */
export function comparisonOf(pin: WrittenPin, store: PinStore, words: Words): Comparison {
  const before = pin.evidence
  const present = presentOf(pin, store.state)
  const isShare = isOfPie(pin, store) && hasShare(before) && hasShare(present)
  const unit = isShare ? '%' : unitOf(pin, store.state)
  const number = (evidence: Evidence) => (isShare ? 100 * (evidence.share ?? 0) : evidence.value)
  const text = (evidence: Evidence) => formatQuantity(number(evidence), unit, words.language).brief
  const change = before && present ? changeOf(number(before), number(present), unit, words) : ''
  return {
    before: before && text(before),
    present: present && text(present),
    change: pin.timeEnd === undefined ? change : words.conversation.lowest,
  }
}

/** What the evidence of a pin would be now: "268 pcs · 3rd of 6 · 19 % · 14:07:32". */
export function evidenceLine(pin: PinDraft, state: GroupState, words: Words): string {
  const { conversation, language } = words
  const evidence = evidenceOf(state, pin)
  if (evidence === undefined) return conversation.gone
  const { value, share, rank, of, time } = evidence
  const isOneOfMany = of > 1
  return [
    formatQuantity(value, unitOf(pin, state), language).text,
    pin.timeEnd === undefined ? '' : conversation.lowest,
    isOneOfMany && rank !== null ? conversation.rank(rank, of) : '',
    isOneOfMany && share !== null ? formatShare(share) : '',
    pinTime(pin, time),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

function presentOf({ metric, category }: PinDraft, state: GroupState): Evidence | undefined {
  return evidenceOf(state, category === undefined ? { metric } : { metric, category })
}

function isOfPie({ metric }: PinDraft, store: PinStore): boolean {
  return store.charts().some(({ metrics, kind }) => metrics.includes(metric) && kind === 'pie')
}

function hasShare(evidence: Evidence | undefined): boolean {
  return evidence === undefined || evidence.share !== null
}

function unitOf({ metric }: PinDraft, state: GroupState): string | undefined {
  return said(seriesByMetric(state).get(metric) ?? [], 'unit')
}

// A ratio has a meaning only from something, on a scale that begins at zero.
function changeOf(
  before: number | null,
  present: number | null,
  unit: string | undefined,
  { language }: Words,
): string {
  if (before === null || present === null || before === present) return ''
  if (unit === '%') return formatPoints(present - before, language)
  if (before > 0 && present >= 0) return formatChange(present / before - 1)
  return `${present > before ? '+' : ''}${formatQuantity(present - before, unit, language).brief}`
}
