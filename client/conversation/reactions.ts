// Owns what there is to know of reactions: who gave which, which are at hand, and which text is one. It draws nothing.

import type { Annotation } from '@chartroom/shared'

/** One reaction to a message. */
export interface Reaction {
  readonly reaction: string
  /** Who gave it, the first one first. */
  readonly names: readonly string[]
  readonly isMine: boolean
}

/** The reactions at hand; any other is written. */
export const palette: readonly string[] = ['👍', '❤️', '🎉', '👀', '✅', '🙏']

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
// Flags are pairs of letters, and a digit becomes a key by what follows it: neither is a picture by itself.
const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|\u20e3/u

/** The reactions to a message, in an order that stands still: those at hand first. */
export function reactionsOf({ reactions = {} }: Pick<Annotation, 'reactions'>, me: string | undefined): Reaction[] {
  return Object.entries(reactions)
    .map(([reaction, names]) => ({ reaction, names, isMine: me !== undefined && names.includes(me) }))
    .sort((a, b) => placeOf(a.reaction) - placeOf(b.reaction) || (a.reaction < b.reaction ? -1 : 1))
}

function placeOf(reaction: string): number {
  const place = palette.indexOf(reaction)
  return place < 0 ? palette.length : place
}

/** The message as it is once somebody gave a reaction, or took it back. */
export function reacted(annotation: Annotation, name: string, reaction: string, on: boolean): Annotation {
  const { reactions = {} } = annotation
  const others = (reactions[reaction] ?? []).filter((one) => one !== name)
  const names = on ? [...others, name] : others
  const all = Object.entries({ ...reactions, [reaction]: names }).filter(([, given]) => given.length > 0)
  return { ...annotation, reactions: Object.fromEntries(all) }
}

/** The first emoji of a text, undefined when there is none. */
export function emojiIn(text: string): string | undefined {
  return [...segmenter.segment(text)].map(({ segment }) => segment).find((segment) => emoji.test(segment))
}
