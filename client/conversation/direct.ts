// Owns my direct messages as the page has them: my inbox in one group, what I wrote there, and how much is unread.

import type { Annotation, AnnotationDraft } from '@chartroom/shared'
import type { Replica } from '@chartroom/shared/client'
import { Attention } from '../attention.ts'
import { GroupStore } from '../store.ts'
import type { Claims } from './claims.ts'
import { Composing } from './composing.ts'
import { Edits } from './edits.ts'
import { KeptDrafts } from './kept-drafts.ts'
import { Outbox } from './outbox.ts'

/** The inbox of the name that I hold in a group, until I have another name. */
export class Direct {
  readonly store: GroupStore
  readonly outbox: Outbox
  readonly edits: Edits
  readonly composing = new Composing([])
  /** The ways within it: its messages are no marks on the charts. */
  readonly attention = new Attention()

  constructor(inbox: Replica, { now, kept }: Pick<GroupStore, 'now' | 'kept'>, claims: Claims) {
    this.store = new GroupStore(inbox, now, kept)
    this.outbox = new Outbox(this.store, new KeptDrafts(kept, claims, inbox.group))
    this.edits = new Edits(this.store)
    void this.outbox.adopt()
  }

  /** How many were written to me since I last looked; what was there before this browser first did is new too. */
  get unread(): number {
    const { state, readId = 0, replica } = this.store
    return state.talk.annotations.filter(({ id, author }) => id > readId && author !== replica.name).length
  }

  /** Those whom I may want to write to again, the last first. */
  get known(): readonly string[] {
    const names = this.store.state.talk.annotations.toReversed().flatMap((one) => this.others(one))
    return [...new Set(names)]
  }

  /** With whom I share a message: whom an answer to it is for. */
  others(message: Annotation): readonly string[] {
    return othersOf(message, this.store.replica.name)
  }

  /** Writes to somebody, and goes on with them. */
  write(draft: AnnotationDraft): void {
    this.composing.address(draft.recipients ?? [])
    void this.outbox.write(draft)
  }

  close(): void {
    this.outbox.close()
    this.edits.close()
    this.store.detach()
  }
}

/** Whom an answer to a direct message is for; for me alone, where nobody else has it. */
export function othersOf({ author, recipients = [] }: Annotation, me: string | undefined): readonly string[] {
  const others = [...new Set([author, ...recipients])].filter((name) => name !== me)
  return others.length > 0 ? others : [author]
}
