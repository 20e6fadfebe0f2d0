// Owns how many things happened in the last minute; it does not know which.

const minuteMs = 60_000

/** How often something happened in the last 60 s. */
export interface Minute {
  add(): void
  count(): number
}

/** Counts from now on. `now` is Unix ms. */
export function createMinute(now: () => number): Minute {
  const seconds = new Map<number, number>()

  function forget(): void {
    const oldest = Math.floor((now() - minuteMs) / 1_000)
    for (const second of seconds.keys()) {
      if (second > oldest) return
      seconds.delete(second)
    }
  }

  return {
    add() {
      forget()
      const second = Math.floor(now() / 1_000)
      seconds.set(second, (seconds.get(second) ?? 0) + 1)
    },
    count() {
      forget()
      let sum = 0
      for (const count of seconds.values()) sum += count
      return sum
    },
  }
}
