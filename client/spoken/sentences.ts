// Owns what is worth saying of the way from one moment to another, in short sentences. When it is said is the teller's.

import { formatQuantity } from '@chartroom/shared/option'
import type { Words } from '../words/words.ts'
import type { Glance, SpokenValue } from './glance.ts'

/** One sentence about what changed; undefined where there is nothing of its kind to say. */
type Sentence = (before: Glance, now: Glance, words: Words) => string | undefined

/** In the order in which they are said: what matters most comes first. */
const all: readonly Sentence[] = [connectionSentence, messagesSentence, changeSentence]

/** What changed between two moments; empty when nothing did. */
export function sentencesOf(before: Glance, now: Glance, words: Words): readonly string[] {
  return all.flatMap((sentence) => sentence(before, now, words) ?? [])
}

function connectionSentence(before: Glance, now: Glance, words: Words): string | undefined {
  const word = connectionWord(now, words)
  return word === connectionWord(before, words) ? undefined : words.spoken.connection(word)
}

// The attempts to come back are one state for who only listens.
function connectionWord({ connection }: Glance, { connection: words }: Words): string {
  switch (connection) {
    case 'live':
      return words.live
    case 'behind':
      return words.behind
    case 'connecting':
    case 'waiting':
      return words.reconnecting
    case 'closed':
      return words.offline
    default:
      return connection satisfies never
  }
}

function messagesSentence(before: Glance, now: Glance, words: Words): string | undefined {
  const last = before.messageIds.at(-1) ?? 0
  const count = now.messageIds.filter((id) => id > last).length
  return count === 0 ? undefined : words.spoken.messages(count)
}

// Of all values the one that changed most, compared with how large it is.
function changeSentence(before: Glance, now: Glance, words: Words): string | undefined {
  let most = 0
  let sentence: string | undefined
  for (const [key, present] of now.values) {
    const former = before.values.get(key)
    const change = changeOf(former?.value, present.value)
    if (former === undefined || change <= most) continue
    const [value, was] = [textOf(present, words), textOf(former, words)]
    if (value === was) continue
    most = change
    sentence = words.spoken.change(present.chart, present.name, value, was)
  }
  return sentence
}

// From 0, the same, to 2, as far on the other side of zero.
function changeOf(before: number | null | undefined, now: number | null): number {
  if (before === null || before === undefined || now === null || before === now) return 0
  return Math.abs(now - before) / Math.max(Math.abs(now), Math.abs(before))
}

function textOf({ value, unit }: SpokenValue, { language }: Words): string {
  return formatQuantity(value, unit, language).text
}
