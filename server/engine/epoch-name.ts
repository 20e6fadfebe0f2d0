// Owns the names of epochs; when one begins is the engine's.

/** A name for a life of a group. 40 bits: two lives of one group must never share a name. `random` is 0 to 1. */
export function epochName(random: () => number): string {
  return Math.floor(random() * 2 ** 40).toString(36)
}
