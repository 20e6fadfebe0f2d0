// Owns by how much a value changed, as a number that can be compared; how it is written is quantity.ts.

/**
 * The change of a value: of a share in points, of anything else as a ratio of what it was. Undefined where that has no
 * meaning: a ratio is one of something positive.
 */
export function changeOf(
  value: number | null,
  before: number | undefined,
  unit: string | undefined,
): number | undefined {
  if (value === null || before === undefined) return undefined
  if (unit === '%') return value - before
  return before > 0 && value >= 0 ? value / before - 1 : undefined
}
