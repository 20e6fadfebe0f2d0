// Owns the order of a table's rows: by what they are sorted, and when they may change places. It knows no numbers.

/** The columns that a table can have. */
export type Column = 'name' | 'value' | 'share' | 'change' | 'least' | 'greatest'

/** By what a table is sorted. */
export interface Sort {
  readonly column: Column
  readonly isDescending: boolean
}

/** The keys of all rows in their order, and since when (Unix ms) it holds. */
export interface HeldOrder {
  readonly sort: Sort
  readonly keys: readonly string[]
  readonly since: number
}

// Rows that change places more often cannot be followed.
const leastHeldMs = 1_000

/** The order to draw with: at once for another sort or other rows, else a second after the last one at the earliest. */
export function holdOrder(held: HeldOrder | undefined, wanted: HeldOrder): HeldOrder {
  if (held === undefined || !isSameSort(held.sort, wanted.sort)) return wanted
  if (isSame(held.keys, wanted.keys)) return held
  const isCalm = wanted.since - held.since < leastHeldMs && isSame([...held.keys].sort(), [...wanted.keys].sort())
  return isCalm ? held : wanted
}

function isSameSort(one: Sort, other: Sort): boolean {
  return one.column === other.column && one.isDescending === other.isDescending
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((key, at) => key === other[at])
}
