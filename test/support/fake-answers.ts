// Long answers whose pieces a test hands over: what a feed reads, without a server.

import type { AnswerListener, Undo } from '../../shared/client/platform.ts'

/** One question, and its answer as a test gives it. */
export interface Asked {
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Record<string, string>
  readonly answer: AnswerListener
  /** Whether nobody waits for the answer any more. */
  isLetGo: boolean
}

/** What `Platform.read` was asked for, oldest first. */
export class FakeAnswers {
  readonly asked: Asked[] = []

  readonly read = (url: string, headers: Record<string, string>, answer: AnswerListener): Undo => {
    const { pathname: path, searchParams: query } = new URL(url)
    const one: Asked = { path, query, headers, answer, isLetGo: false }
    this.asked.push(one)
    return () => {
      one.isLetGo = true
    }
  }

  /** The last question. */
  get last(): Asked {
    const last = this.asked.at(-1)
    if (last === undefined) throw new Error('Nothing was asked.')
    return last
  }

  /** Answers the last question wholly. */
  answer(status: number, text = ''): void {
    const { answer } = this.last
    answer.onStatus(status)
    answer.onText(text)
    answer.onEnd(true)
  }
}
