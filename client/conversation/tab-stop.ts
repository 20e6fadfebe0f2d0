// Owns which message the Tab key stops at: one of all, moved by the arrow keys. It focuses nothing.

/** Where a key leads: to a message, or beyond the first one. */
export type Move = { readonly to: number } | 'earlier' | undefined

/** The tab stop among messages, by their ids in the order of the log: the newest until somebody goes to another. */
export class TabStop {
  #id: number | undefined

  /** The message of these that the Tab key stops at. */
  of(ids: readonly number[]): number | undefined {
    return this.#id !== undefined && ids.includes(this.#id) ? this.#id : ids.at(-1)
  }

  /** Stops there from now on; undefined: at the newest. */
  set(id: number | undefined): void {
    this.#id = id
  }

  /** Where a key leads from the message that it stops at; undefined: nowhere. */
  move(key: string, ids: readonly number[]): Move {
    const id = this.of(ids)
    const at = id === undefined ? -1 : ids.indexOf(id)
    switch (key) {
      case 'ArrowUp':
        return at === 0 ? 'earlier' : to(ids[at - 1])
      case 'ArrowDown':
        return to(ids[at + 1])
      case 'Home':
        return to(ids[0])
      case 'End':
        return to(ids.at(-1))
      default:
        return undefined
    }
  }
}

function to(id: number | undefined): Move {
  return id === undefined ? undefined : { to: id }
}
