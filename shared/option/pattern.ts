// Owns the patterns that tell categories apart without colour: which there are, on a canvas and as a background. No colours.

/** Stripes or dots in one colour over a mark. Lengths are in px, the angle in degrees, clockwise from horizontal. */
export type Pattern = { readonly ink: string } & Shape

type Shape =
  | { readonly shape: 'stripes'; readonly angle: number; readonly widthPx: number; readonly gapPx: number }
  | { readonly shape: 'dots'; readonly sizePx: number; readonly gapPx: number }

const rising = -45
const falling = 45

/** One for each category, no two alike: first those that are far apart, then the same as dense. */
const shapes: readonly Shape[] = [
  { shape: 'stripes', angle: rising, widthPx: 1.5, gapPx: 6 },
  { shape: 'dots', sizePx: 2.5, gapPx: 4 },
  { shape: 'stripes', angle: 0, widthPx: 1.5, gapPx: 5 },
  { shape: 'stripes', angle: falling, widthPx: 1.5, gapPx: 6 },
  { shape: 'stripes', angle: 90, widthPx: 1.5, gapPx: 6 },
  { shape: 'dots', sizePx: 5, gapPx: 3 },
  { shape: 'stripes', angle: rising, widthPx: 2, gapPx: 2 },
  { shape: 'stripes', angle: falling, widthPx: 2, gapPx: 2 },
  { shape: 'stripes', angle: 0, widthPx: 1.5, gapPx: 1.5 },
  { shape: 'stripes', angle: 90, widthPx: 2, gapPx: 2 },
]

/** The pattern of a category by its place, in this colour; undefined beyond the last. */
export function patternOf(place: number, ink: string): Pattern | undefined {
  const shape = shapes[place]
  return shape && { ...shape, ink }
}

/** A pattern as ECharts draws it over a mark. Always a new object: ECharts writes into it. */
export function decalOf(pattern: Pattern) {
  switch (pattern.shape) {
    case 'stripes':
      return {
        symbol: 'rect',
        color: pattern.ink,
        dashArrayX: [1, 0],
        dashArrayY: [pattern.widthPx, pattern.gapPx],
        rotation: (pattern.angle * Math.PI) / 180,
      }
    case 'dots':
      return {
        symbol: 'circle',
        color: pattern.ink,
        dashArrayX: [pattern.sizePx, pattern.gapPx],
        dashArrayY: [pattern.sizePx, pattern.gapPx],
      }
    default:
      return pattern satisfies never
  }
}

/** A colour with a pattern over it as a CSS background, for the key beside a chart. */
export function backgroundOf({
  mark,
  pattern,
}: {
  readonly mark: string
  readonly pattern?: Pattern | undefined
}): string {
  switch (pattern?.shape) {
    case undefined:
      return mark
    case 'stripes': {
      const { angle, widthPx, gapPx, ink } = pattern
      return `repeating-linear-gradient(${angle}deg, ${ink} 0 ${widthPx}px, transparent ${widthPx}px ${widthPx + gapPx}px) ${mark}`
    }
    case 'dots': {
      const { sizePx, gapPx, ink } = pattern
      const tilePx = sizePx + gapPx
      return `radial-gradient(circle, ${ink} ${sizePx / 2}px, transparent ${sizePx / 2 + 0.5}px) 0 0 / ${tilePx}px ${tilePx}px ${mark}`
    }
    default:
      return pattern satisfies never
  }
}
