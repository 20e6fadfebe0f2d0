// One server, one browser and a fresh group for each test of a file, and visitors that leave when the test ends.

import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { launchBrowser } from './chromium.ts'
import { type RunningServer, startServer } from './running-server.ts'
import { Visitor } from './visitor.ts'

export type VisitOptions = Parameters<typeof Visitor.open>[2]

/** What a test file of pages works with. A test in which a page reported an error fails. */
export class OpenHouse {
  #browser: Browser | undefined
  #server: RunningServer | undefined
  #groups = 0
  readonly #producers: (() => readonly object[])[] = []
  #second: NodeJS.Timeout | undefined
  #posting: Promise<void> | undefined
  readonly #visitors: Visitor[] = []

  /** Opens before the tests of the file that calls this, and closes after them. */
  constructor(start: () => Promise<RunningServer> = startServer) {
    beforeAll(async () => {
      this.#browser = await launchBrowser()
      this.#server = await start()
    })
    afterAll(async () => {
      await this.#browser?.close()
      await this.#server?.stop()
    })
    beforeEach(() => {
      this.#groups++
    })
    afterEach(async () => {
      clearInterval(this.#second)
      this.#second = undefined
      await this.#posting
      this.#producers.length = 0
      const errors = this.#visitors.flatMap((visitor) => visitor.errors)
      for (const visitor of this.#visitors.splice(0)) await visitor.close()
      expect(errors).toEqual([])
    })
  }

  /** The group of this test: nobody wrote to it yet. */
  get group(): string {
    return `g${this.#groups}`
  }

  get url(): string {
    return this.#server?.url ?? ''
  }

  /** Somebody comes to a page of this server, or of another. */
  async visit(path = `/g/${this.group}`, options: VisitOptions = {}, url = this.url): Promise<Visitor> {
    if (this.#browser === undefined) throw new Error('The house is not open yet.')
    const visitor = await Visitor.open(this.#browser, `${url}${path}`, options)
    this.#visitors.push(visitor)
    return visitor
  }

  /**
   * Posts numbers each second until the test ends, as their producer would: those of each second that then stop are drawn
   * in grey after 5 s, and a test takes as long as it takes.
   */
  async goOn(samples: () => readonly object[]): Promise<void> {
    await this.post('metrics', samples())
    this.#producers.push(samples)
    this.#second ??= setInterval(() => {
      this.#posting ??= this.#produce()
    }, 1_000)
  }

  async #produce(): Promise<void> {
    await this.post(
      'metrics',
      this.#producers.flatMap((samples) => samples()),
    )
    this.#posting = undefined
  }

  /** Posts to the test's group; fails when it is refused. */
  async post(to: 'metrics' | 'annotations', body: unknown): Promise<void> {
    const response = await fetch(`${this.url}/api/groups/${this.group}/${to}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(response.status).toBeLessThan(300)
  }
}
