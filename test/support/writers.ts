// People and programs that write to one group as fast as they are answered, and again what was not answered.

import { annotation, decodeValue, receipt } from '@chartroom/shared'
import { connect, type Platform, type Room } from '@chartroom/shared/client'
import type { Chance } from './chance.ts'
import type { Ledger } from './ledger.ts'

/** Where to write, and how. */
export interface WritersOptions {
  readonly url: string
  readonly group: string
  readonly platform: Platform
  readonly chance: Chance
  readonly ledger: Ledger
  /** Resolves when there is somebody to write to. */
  readonly up: () => Promise<void>
}

interface Asking {
  readonly method?: 'POST' | 'PATCH'
  readonly path: string
  readonly body: unknown
  readonly key?: string
  readonly secret?: string
}

// What is not answered within this is asked again, ms.
const patienceMs = 1_000
/** How many of a hundred requests are sent again although they were answered. */
const doubled = 20

/** The names of those who write annotations; each of their texts begins with its author's. */
export const authors = ['anna', 'berta', 'clara', 'dora', 'emma', 'frida', 'greta', 'hanna'] as const
/** So many of them speak over a socket, the others post. */
const speakers = 4

/** Everybody who writes in one test. */
export class Writers {
  readonly #options: WritersOptions
  readonly #rooms: Room[] = []
  readonly #work: Promise<unknown>
  #isEnding = false

  constructor(options: WritersOptions) {
    this.#options = options
    this.#work = Promise.all([
      ...authors.slice(0, speakers).map((name) => this.#speak(name)),
      ...authors.slice(speakers).map((author, at) => this.#announce(author, at === 0 ? 'log' : 'note')),
      this.#correct('ivo'),
      ...['orders', 'visits', 'sales'].map((metric) => this.#add(metric)),
      this.#addOnce('guesses'),
      this.#measure('cpu'),
      this.#measure('memory'),
    ])
  }

  /** Resolves when so many more things were acknowledged; rejects when a writer was refused for good. */
  async after(count: number): Promise<void> {
    await Promise.race([this.#options.ledger.after(count), this.#work])
  }

  /** Lets everybody end with what they have begun. */
  async finish(): Promise<void> {
    this.#isEnding = true
    await this.#work
    for (const room of this.#rooms) room.close()
  }

  // Annotations over HTTP, one after another.
  async #announce(author: string, kind: 'note' | 'log'): Promise<void> {
    await this.#each(async (n) => {
      const text = `${author} ${n}`
      const answers = await this.#keyed({ path: 'annotations', body: { text, author, kind }, key: text }, annotation)
      for (const written of answers) this.#options.ledger.wrote(written.text, written.id)
    })
  }

  // One annotation, revised again and again.
  async #correct(author: string): Promise<void> {
    const { ledger } = this.#options
    const asking = (text: string) => ({ body: { text, author }, key: text, secret: `secret of ${author}` })
    const [first] = await this.#keyed({ path: 'annotations', ...asking(author) }, annotation)
    const { id, text: draft } = first ?? { id: 0, text: '' }
    ledger.wrote(draft, id)
    await this.#each(async (n) => {
      const text = `${author} ${n}`
      await this.#keyed({ method: 'PATCH', path: `annotations/${id}`, ...asking(text) }, annotation)
      ledger.revised(id, text)
    })
  }

  // Annotations over a socket, two under way at a time.
  async #speak(name: string): Promise<void> {
    const { url, group, platform, ledger } = this.#options
    const room = connect(url, { group, name, secret: `secret of ${name}`, platform })
    this.#rooms.push(room)
    let last = 0
    const lane = () =>
      this.#each(async () => {
        const written = await room.annotate({ text: `${name} ${++last}` })
        if (!written.ok) throw new Error(`${name} was refused: ${written.refusal.message}`)
        ledger.wrote(written.value.text, written.value.id)
      })
    await Promise.all([lane(), lane()])
  }

  async #add(metric: string): Promise<void> {
    await this.#each(async (n) => {
      const add = this.#options.chance.between(1, 9)
      await this.#keyed({ path: 'metrics', body: [{ metric, add }], key: `${metric} ${n}` }, receipt)
      this.#options.ledger.added(metric, add)
    })
  }

  async #addOnce(metric: string): Promise<void> {
    const { ledger, up } = this.#options
    await this.#each(async () => {
      await up()
      const answer = await this.#ask({ path: 'metrics', body: [{ metric, add: 1 }] })
      if (answer === undefined) ledger.doubted(metric, 1)
      else ledger.added(metric, 1)
    })
  }

  async #measure(metric: string): Promise<void> {
    const { chance, ledger, up } = this.#options
    await this.#each(async () => {
      await up()
      const values = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`${n}`, chance.between(0, 100)]))
      if ((await this.#ask({ path: 'metrics', body: { [metric]: values } })) !== undefined) ledger.happened()
    })
  }

  async #each(work: (n: number) => Promise<void>): Promise<void> {
    for (let n = 1; !this.#isEnding; n++) await work(n)
  }

  // Until it is answered; sometimes once more, for the same answer.
  async #keyed<T>(asking: Asking, schema: Parameters<typeof decodeValue<T>>[0]): Promise<T[]> {
    const { chance, up } = this.#options
    const answers: T[] = []
    const wanted = chance.inHundred(doubled) ? 2 : 1
    while (answers.length < wanted) {
      await up()
      const answer = await this.#ask(asking)
      if (answer === undefined) continue
      const decoded = decodeValue(schema, answer)
      if (!decoded.ok) throw new Error(`${asking.path} was answered with ${JSON.stringify(answer)}`)
      answers.push(decoded.value)
    }
    return answers
  }

  // Undefined when nobody knows what became of it.
  async #ask({ method = 'POST', path, body, key, secret }: Asking): Promise<unknown> {
    const { url, group } = this.#options
    const headers = {
      'Content-Type': 'application/json',
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      ...(secret === undefined ? {} : { 'Chartroom-Secret': secret }),
    }
    const request = { method, headers, body: JSON.stringify(body), signal: AbortSignal.timeout(patienceMs) }
    const response = await fetch(`${url}/api/groups/${group}/${path}`, request).catch(() => undefined)
    const answer: unknown = await response?.json().catch(() => undefined)
    if (response === undefined || answer === undefined || response.status === 503) return undefined
    if (!response.ok) throw new Error(`${path} was refused: ${JSON.stringify(answer)}`)
    return answer
  }
}
