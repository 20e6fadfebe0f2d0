// Somebody who follows a group through everything, with the package's own client, and notes what must never happen.

import { type Annotation, cursorOf, encodeCursor, runNameOf, type Update } from '@chartroom/shared'
import { connect, type Platform, type Room } from '@chartroom/shared/client'

/** Where and how to follow. */
export interface FollowerOptions {
  readonly url: string
  readonly group: string
  readonly platform: Platform
  readonly paceMs?: number
  readonly windowMs?: number
}

/** One follower. */
export class Follower {
  readonly room: Room
  /** What went wrong, as sentences. */
  readonly faults: string[] = []
  /** What was ever said on the screen, by id, as it was last. */
  readonly shown = new Map<number, Annotation>()
  /** How many updates came, and how many of them replaced everything. */
  readonly updates = { all: 0, replaced: 0 }
  #revision = 0

  constructor(options: FollowerOptions) {
    this.room = connect(options.url, options)
    this.room.on('update', (update, outcome) => this.#look(update, outcome === 'replaced'))
    this.room.on('refused', ({ message }) => this.faults.push(`may not follow: ${message}`))
  }

  get cursor(): string {
    return encodeCursor(cursorOf(this.room.state))
  }

  /** Pages back until there is nothing earlier. */
  async readAll(): Promise<void> {
    for (let hasMore = true; hasMore; ) {
      const page = await this.room.pageBack()
      if (!page.ok) throw new Error(page.refusal.message)
      hasMore = page.value
    }
    this.#lookAtRun()
  }

  close(): void {
    this.room.close()
  }

  #look({ annotations = [], to }: Update, isReplaced: boolean): void {
    this.updates.all++
    if (isReplaced) this.updates.replaced++
    if (to < this.#revision) this.faults.push(`the revision went back from ${this.#revision} to ${to}`)
    this.#revision = to
    for (const annotation of annotations) if (runNameOf(annotation) === 'talk') this.#lookAtOne(annotation)
    if (isReplaced) this.#lookAtRun()
  }

  // Only a later revision says something else.
  #lookAtOne(annotation: Annotation): void {
    const { id, revision, text } = annotation
    const known = this.shown.get(id)
    const isOlder =
      known !== undefined && (revision < known.revision || (revision === known.revision && text !== known.text))
    if (isOlder) this.faults.push(`${id} was "${known.text}" and became "${text}"`)
    this.shown.set(id, annotation)
  }

  // What was shown and belongs to the run is still there, and nothing stands twice or before what is older.
  #lookAtRun(): void {
    const { annotations, earlier } = this.room.state.talk
    for (const [id, { text }] of this.shown) {
      if (id >= earlier && this.room.state.talk.find(id) === undefined) this.faults.push(`"${text}" has gone`)
    }
    for (const [at, { id }] of annotations.entries()) {
      if (id <= (annotations[at - 1]?.id ?? 0)) this.faults.push(`${id} stands behind ${annotations[at - 1]?.id}`)
    }
  }
}
