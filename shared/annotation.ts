// Owns the annotation and its draft; their order and revisions are commit's, their merging is apply's.

import * as z from 'zod/mini'
import { limits } from './limits.ts'
import { pin, pinDraft } from './pin.ts'
import { codePoints, hasVisible, limitedName, limitedText, wellFormedText } from './text.ts'

/** What sort of message an annotation is; absent means `note`. A `log` travels at the pace. */
export const annotationKinds = ['note', 'deploy', 'alert', 'log'] as const

/**
 * The two runs of a group's annotations: the talk of people, and the logs, which have a retention and a panel of their
 * own and are not counted among what was said.
 */
export const runNames = ['talk', 'logs'] as const

export type RunName = (typeof runNames)[number]

/** The name that others see. */
export const shownName = limitedName(limits.maxNameLength).check(z.refine(hasVisible, { error: 'must not be blank' }))

/** An annotation's number: microseconds of the server's clock or the last one's plus 1, growing over all epochs. */
export const annotationId = z.int().check(z.positive())

/** What somebody says: 1 to 4,000 code points, each refusal with a code of its own. */
export const annotationText = wellFormedText.check(
  z.refine((text) => text.trim() !== '', { error: 'must not be empty', params: { code: 'text_missing' } }),
  z.refine((text) => codePoints(text) <= limits.maxTextLength, {
    error: `must have at most ${limits.maxTextLength} characters`,
    params: { code: 'text_too_long' },
  }),
)

/** One reaction, an emoji. The word that names no key of a record is refused, so that none is lost. */
export const reaction = limitedName(limits.maxReactionLength).check(
  z.refine((text) => text.trim() !== '' && text !== '__proto__', { error: 'is not a reaction' }),
)

/** A reaction over HTTP, with the name that gives it or takes it back. */
export const authoredReaction = z.object({ author: shownName, reaction })

/** The reactions of an annotation: the emoji, and the names that gave it. */
export const reactions = z.record(reaction, z.array(shownName))

const common = {
  kind: z.optional(z.enum(annotationKinds)),
  recipients: z.optional(z.array(shownName).check(z.minLength(1), z.maxLength(limits.maxRecipients))),
  replyTo: z.optional(annotationId),
}

/** The run that an annotation stands in: a `log`, and an alert that repeats an earlier one, is of the logs. */
export function runNameOf({ kind, repeats }: Pick<Annotation, 'kind' | 'repeats'>): RunName {
  return kind === 'log' || repeats !== undefined ? 'logs' : 'talk'
}

/** What somebody sends to write an annotation. */
export const annotationDraft = z.object({ text: annotationText, pin: z.optional(pinDraft), ...common })

export type AnnotationDraft = Readonly<z.infer<typeof annotationDraft>>

/** A draft over HTTP, where the author stands in the body. */
export const authoredDraft = z.object({ author: z.optional(shownName), ...annotationDraft.shape })

export type AuthoredDraft = Readonly<z.infer<typeof authoredDraft>>

/**
 * A message as everybody sees it: in an update, in a 201, on a page. `revision` is the group's when it last changed,
 * `time` (Unix ms) is the server's when it was taken; a retracted one has lost its text, pin and reactions; `unheld`
 * says that nobody held the author's name by a secret; `repeats` is the id of the alert that this one only repeats.
 */
export const annotation = z.object({
  id: annotationId,
  revision: z.int().check(z.positive()),
  time: z.int(),
  author: shownName,
  text: limitedText(limits.maxTextLength),
  pin: z.optional(pin),
  reactions: z.optional(reactions),
  editedTime: z.optional(z.int()),
  retracted: z.optional(z.literal(true)),
  unheld: z.optional(z.literal(true)),
  repeats: z.optional(annotationId),
  ...common,
})

export type Annotation = Readonly<z.infer<typeof annotation>>

/**
 * Older annotations, newest first. `before` is the id before which the next page begins, 0 when there is none;
 * `cursor` says when the page was read: for each id the greater revision wins.
 */
export const annotationPage = z.object({
  annotations: z.array(annotation),
  before: z.int(),
  cursor: z.string(),
})

export type AnnotationPage = Readonly<z.infer<typeof annotationPage>>
