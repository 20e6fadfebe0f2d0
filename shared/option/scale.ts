// Owns the value axis: round borders and steps around what is drawn, held still while they fit. It draws nothing.

/** From where to where an axis reaches, and how far its grid lines are apart, in the unit of the values. */
export interface Scale {
  readonly min: number
  readonly max: number
  readonly step: number
}

/** A scale as it is held: `looseSince` is when (ms) a tighter one first would have done. */
export interface HeldScale extends Scale {
  readonly looseSince?: number
}

/** What steps are round for: people's tens, or the powers of two that memory comes in. */
export type Steps = 'decimal' | 'binary'

const largest = 1e300
const smallest = 1e-300
// More grid lines than that are no help.
const gridSteps = 4
// Variation below this share of the value would look flat over zero, so the line leaves zero out.
const flatShare = 0.1
// And below this share it is noise, which must not fill the chart.
const noiseShare = 0.02
// An axis that shrinks at once would jump with every peak that leaves.
const shrinkAfterMs = 5_000

/** The tightest scale of at most so many round steps that holds both values; around a single one, with zero. */
export function scaleOf(least: number, greatest: number, steps: Steps = 'decimal', most = gridSteps): Scale {
  const [low, high] = bordersOf(inReach(least), inReach(greatest))
  const step = stepOf(low, high, steps, most)
  return { min: times(Math.floor(low / step), step), max: times(Math.ceil(high / step), step), step }
}

/** The least and greatest value that a line's axis should hold: with zero, unless that would flatten the line. */
export function lineReach(least: number, greatest: number): readonly [number, number] {
  const size = Math.max(Math.abs(least), Math.abs(greatest))
  if (greatest - least >= size * flatShare) return [Math.min(least, 0), Math.max(greatest, 0)]
  const middle = (least + greatest) / 2
  const half = Math.max(greatest - least, size * noiseShare) / 2
  return [middle - half, middle + half]
}

/** The scale to draw with: it grows at once, and shrinks only when a tighter one has been enough for 5 s. */
export function holdScale(held: HeldScale | undefined, wanted: Scale, now: number): HeldScale {
  if (held === undefined || wanted.min < held.min || wanted.max > held.max) return wanted
  if (wanted.min === held.min && wanted.max === held.max) return wanted
  const looseSince = held.looseSince ?? now
  return now - looseSince < shrinkAfterMs ? { ...held, looseSince } : wanted
}

function bordersOf(least: number, greatest: number): readonly [number, number] {
  if (greatest - least > smallest) return [least, greatest]
  if (Math.abs(greatest) <= smallest) return [0, 1]
  return [Math.min(least, 0), Math.max(greatest, 0)]
}

// Beyond these the differences of doubles overflow, or their quotients do.
function inReach(value: number): number {
  return Math.max(-largest, Math.min(largest, value))
}

function stepOf(least: number, greatest: number, steps: Steps, most: number): number {
  const base = steps === 'binary' ? 2 : 10
  const factors = steps === 'binary' ? [1, 2, 4, 8] : [1, 2, 5, 10, 20, 50]
  const power = base ** Math.floor(Math.log((greatest - least) / most) / Math.log(base))
  const fitting = factors.find((factor) => countOf(least, greatest, factor * power) <= most)
  return (fitting ?? 100) * power
}

function countOf(least: number, greatest: number, step: number): number {
  return Math.ceil(greatest / step) - Math.floor(least / step)
}

// 3 * 0.1 is 0.30000000000000004, which would be read on the axis.
function times(count: number, step: number): number {
  return count === 0 ? 0 : Number((count * step).toPrecision(12))
}
