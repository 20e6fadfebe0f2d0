// Owns the scale bar under a time axis: filled and empty segments, one for each label step, as on the border of a sea chart.

import { html, type TemplateResult } from 'lit'
import { exactTimeOfDay, timeOfDay } from '../words/clock.ts'

/** A part of the bar, or the place of a label, in px from the bar's left end. */
export interface Segment {
  readonly left: number
  readonly width: number
}

export interface ScaleBar {
  readonly filled: readonly Segment[]
  /** The borders that are labelled, with their Unix time in ms. */
  readonly labels: readonly { readonly left: number; readonly time: number }[]
}

const secondMs = 1_000
const minuteMs = 60_000
const stepsMs = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720].map((minutes) => minutes * minuteMs)
// A part of the past that is shorter than this is told by the second.
const shortMs = 2 * minuteMs
const shortStepsMs = [1, 2, 5, 10, 15, 30, 60].map((seconds) => seconds * secondMs)
// How wide a label is.
const labelPx = 30
// Room for a label, and some more around it; with seconds.
const leastStepPx = { minute: 48, second: 72 }

/**
 * Cuts a window (Unix ms) into segments at round times of the reader's day (`aheadMs` of Unix time), as many as have
 * room in this width.
 */
export function scaleBarOf(from: number, to: number, width: number, aheadMs = aheadOf(to)): ScaleBar {
  const pxPerMs = width / (to - from)
  const stepMs = stepOf(to - from, pxPerMs)
  const filled: Segment[] = []
  const labels: { left: number; time: number }[] = []
  for (let index = Math.floor((from + aheadMs) / stepMs); index * stepMs - aheadMs < to; index++) {
    const start = index * stepMs - aheadMs
    const left = (Math.max(from, start) - from) * pxPerMs
    const end = (Math.min(to, start + stepMs) - from) * pxPerMs
    // The step's own number decides, so that a segment stays what it is while it slides.
    if (index % 2 === 0) filled.push({ left, width: end - left })
    if (start >= from) labels.push({ left, time: start })
  }
  return { filled, labels }
}

function stepOf(lengthMs: number, pxPerMs: number): number {
  const isShort = lengthMs <= shortMs
  const leastPx = isShort ? leastStepPx.second : leastStepPx.minute
  return (isShort ? shortStepsMs : stepsMs).find((step) => step * pxPerMs >= leastPx) ?? lengthMs
}

function aheadOf(time: number): number {
  return -new Date(time).getTimezoneOffset() * minuteMs
}

/** The scale bar of a window, at a place in the chart's px; its last `freePx` are left without labels. */
export function scaleBar(
  from: number,
  to: number,
  place: { left: number; top: number; width: number; freePx?: number },
): TemplateResult {
  const { filled, labels } = scaleBarOf(from, to, place.width)
  const end = place.freePx === undefined ? place.width : place.width - place.freePx - labelPx / 2
  const shown = labels.filter(({ left }) => left <= end)
  const write = to - from <= shortMs ? exactTimeOfDay : timeOfDay
  return html`<div class="scale-bar" .style=${`left: ${place.left}px; top: ${place.top}px; width: ${place.width}px`}>
    <div class="segments">
      ${filled.map(({ left, width }) => html`<i .style=${`left: ${left}px; width: ${width}px`}></i>`)}
    </div>
    ${shown.map(({ left, time }) => html`<span .style=${`left: ${left}px`}>${write(time)}</span>`)}
  </div>`
}
