// What a server has acknowledged: all of it must be there at the end, once, whatever happened between.

/** The acknowledgements of all writers of a test. */
export class Ledger {
  /** Text of each acknowledged annotation, as it is now, to its id. No two have the same text. */
  readonly annotations = new Map<string, number>()
  /** Metric to the sum of what was added to it and acknowledged. */
  readonly sums = new Map<string, number>()
  /** Metric to the sum of what was added to it once, without a key, and never answered. */
  readonly doubts = new Map<string, number>()
  #events = 0
  #waiting: { readonly at: number; readonly go: () => void }[] = []

  /** An annotation was acknowledged; one that is answered with another id than before was written twice. */
  wrote(text: string, id: number): void {
    const known = this.annotations.get(text)
    if (known !== undefined && known !== id) throw new Error(`"${text}" was answered with ${known} and with ${id}`)
    this.annotations.set(text, id)
    this.happened()
  }

  /** An annotation was acknowledged with another text. */
  revised(id: number, text: string): void {
    for (const [known, its] of this.annotations) if (its === id) this.annotations.delete(known)
    this.wrote(text, id)
  }

  added(metric: string, amount: number): void {
    this.sums.set(metric, (this.sums.get(metric) ?? 0) + amount)
    this.happened()
  }

  doubted(metric: string, amount: number): void {
    this.doubts.set(metric, (this.doubts.get(metric) ?? 0) + amount)
  }

  /** Something was acknowledged. */
  happened(): void {
    this.#events++
    const due = this.#waiting.filter(({ at }) => at <= this.#events)
    this.#waiting = this.#waiting.filter(({ at }) => at > this.#events)
    for (const { go } of due) go()
  }

  /** Resolves when so many more things were acknowledged: a moment that no clock decides. */
  after(count: number): Promise<void> {
    if (count === 0) return Promise.resolve()
    return new Promise((go) => this.#waiting.push({ at: this.#events + count, go }))
  }
}
