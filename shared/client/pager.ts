// Owns paging back through older annotations of one group, one page at a time; what a page does to a state is apply.ts's.

import { annotationPage } from '../annotation.ts'
import { applyPage } from '../apply.ts'
import { accept, type Result } from '../fault.ts'
import { limits } from '../limits.ts'
import type { GroupState } from '../state.ts'
import type { Http } from './http.ts'

/** Fetches what is older than a state's log. */
export class Pager {
  readonly #http: Http
  readonly #state: GroupState
  #pending: Promise<Result<boolean>> | undefined

  constructor(http: Http, state: GroupState) {
    this.#http = http
    this.#state = state
  }

  /** Puts one more page before the log; true while there is still more. Who asks while one is on its way gets that one. */
  pageBack(): Promise<Result<boolean>> {
    this.#pending ??= this.#fetchPage().finally(() => {
      this.#pending = undefined
    })
    return this.#pending
  }

  async #fetchPage(): Promise<Result<boolean>> {
    const {
      group,
      talk: { earlier },
    } = this.#state
    if (earlier === 0) return accept(false)
    const path = `/api/groups/${encodeURIComponent(group)}/annotations?before=${earlier}&limit=${limits.pageAnnotations}`
    const page = await this.#http.get(path, annotationPage)
    if (!page.ok) return page
    // False when the log was replaced meanwhile: the page would leave a hole, and the next one asks anew.
    applyPage(this.#state, page.value, earlier)
    return accept(this.#state.talk.earlier !== 0)
  }
}
