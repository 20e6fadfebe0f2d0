// Owns paging back through older annotations of one run, one page at a time; what a page does to a state is apply.ts's.

import { annotationPage, type RunName } from '../annotation.ts'
import { applyPage } from '../apply.ts'
import { accept, type Result } from '../fault.ts'
import { type GroupState, runOf } from '../state.ts'
import type { Http } from './http.ts'

/** Fetches what is older than a run of a state. */
export class Pager {
  readonly #http: Http
  readonly #state: GroupState
  readonly #run: RunName
  #pending: Promise<Result<boolean>> | undefined

  constructor(http: Http, state: GroupState, run: RunName) {
    this.#http = http
    this.#state = state
    this.#run = run
  }

  /** Puts one more page before the run; true while there is still more. Who asks while one is on its way gets that one. */
  pageBack(limit: number): Promise<Result<boolean>> {
    this.#pending ??= this.#fetchPage(limit).finally(() => {
      this.#pending = undefined
    })
    return this.#pending
  }

  async #fetchPage(limit: number): Promise<Result<boolean>> {
    const { earlier } = runOf(this.#state, this.#run)
    if (earlier === 0) return accept(false)
    const page = await this.#http.get(this.#pathOf(earlier, limit), annotationPage)
    if (!page.ok) return page
    // False when the run was replaced meanwhile: the page would leave a hole, and the next one asks anew.
    applyPage(this.#state, page.value, earlier, this.#run)
    return accept(runOf(this.#state, this.#run).earlier !== 0)
  }

  #pathOf(before: number, limit: number): string {
    const query = `before=${before}&limit=${limit}&run=${this.#run}`
    return `/api/groups/${encodeURIComponent(this.#state.group)}/annotations?${query}`
  }
}
