// Owns where a key leads in a row of controls that is one tab stop. It focuses nothing.

/** The place in a row of `length` to which a key leads from `at`; undefined: it leads nowhere. */
export function placeOf(key: string, at: number, length: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return Math.min(length - 1, at + 1)
    case 'ArrowUp':
    case 'ArrowLeft':
      return Math.max(0, at - 1)
    case 'Home':
      return 0
    case 'End':
      return length - 1
    default:
      return undefined
  }
}
