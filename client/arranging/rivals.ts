// Owns who changed a chart after I arranged it: the later one has won, and I am told. It decides nothing and sends nothing.

import type { Board, ChartDraft } from '@chartroom/shared'

/** Somebody changed what I had arranged; `by` is undefined when the chart is gone, which keeps no name. */
export interface Rival {
  readonly id: string
  readonly by: string | undefined
  /** What I had made of it. */
  readonly mine: ChartDraft
}

/** What I arranged, each with the revision that it took. */
export class Rivals {
  readonly #mine = new Map<string, { readonly draft: ChartDraft; readonly revision: number }>()

  /** A chart is as I want it since this revision. */
  arranged(draft: ChartDraft, revision: number): void {
    this.#mine.set(draft.id, { draft, revision })
  }

  /** I no longer mind what becomes of a chart. */
  forget(id: string): void {
    this.#mine.delete(id)
  }

  /** I no longer mind anything. */
  forgetAll(): void {
    this.#mine.clear()
  }

  /** Who changed what after me, as the board now is; what I do myself under my name is not told. */
  found(board: Board | null, me: string | undefined): readonly Rival[] {
    return [...this.#mine].flatMap(([id, { draft, revision }]): readonly Rival[] => {
      const now = board?.charts.find((chart) => chart.id === id)
      if (now === undefined) return [{ id, by: undefined, mine: draft }]
      return now.revision > revision && now.author !== me ? [{ id, by: now.author, mine: draft }] : []
    })
  }
}
