// Owns which series of each chart its reader left out, for me and until I take them back in; kept in the browser.

import type { Kept } from './kept.ts'

/** The series that are left out, by chart. */
export class HiddenSeries {
  readonly #kept: Kept
  readonly #keptKey: string
  readonly #charts: Map<string, ReadonlySet<string>>

  constructor(kept: Kept, group: string) {
    this.#kept = kept
    this.#keptKey = `chartroom.hidden.${group}`
    this.#charts = readCharts(kept.read(this.#keptKey) ?? '{}')
  }

  /** The keys of what is left out of a chart. */
  of(chartId: string): ReadonlySet<string> {
    return this.#charts.get(chartId) ?? new Set()
  }

  /** Leaves these series out of a chart, and no others. */
  set(chartId: string, keys: ReadonlySet<string>): void {
    if (keys.size === 0) this.#charts.delete(chartId)
    else this.#charts.set(chartId, keys)
    const entries = [...this.#charts].map(([id, hidden]) => [id, [...hidden]] as const)
    this.#kept.write(this.#keptKey, JSON.stringify(Object.fromEntries(entries)))
  }

  /** Takes one series of a chart back in. */
  takeIn(chartId: string, key: string): void {
    const hidden = this.of(chartId)
    if (hidden.has(key)) this.set(chartId, new Set([...hidden].filter((other) => other !== key)))
  }
}

/** Without one of all names, or with it again; all of them, where none would be left. */
export function toggled(all: readonly string[], hidden: ReadonlySet<string>, key: string): ReadonlySet<string> {
  if (hidden.has(key)) return new Set([...hidden].filter((other) => other !== key))
  const next = new Set([...hidden, key])
  return all.every((other) => next.has(other)) ? new Set() : next
}

/** One of all names alone; all of them, where it was alone already. */
export function soloed(all: readonly string[], hidden: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const others = all.filter((other) => other !== key)
  const isAlone = !hidden.has(key) && others.every((other) => hidden.has(other))
  return new Set(isAlone ? [] : others)
}

// Another version, or a person, may have written there: whatever is no list of keys is passed over.
function readCharts(text: string): Map<string, ReadonlySet<string>> {
  try {
    const parsed: unknown = JSON.parse(text)
    const entries = parsed !== null && typeof parsed === 'object' ? Object.entries(parsed) : []
    return new Map(entries.filter(isEntry).map(([id, keys]) => [id, new Set(keys)]))
  } catch {
    return new Map()
  }
}

function isEntry(entry: [string, unknown]): entry is [string, string[]] {
  return Array.isArray(entry[1]) && entry[1].every((key) => typeof key === 'string')
}
