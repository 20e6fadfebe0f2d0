// Owns what a wall shows of the conversation: the two messages that were said last, with what they point at.

import type { Annotation, GroupState } from '@chartroom/shared'
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { pinTitle } from '../conversation/pin-words.ts'
import { plainText } from '../conversation/prose.ts'
import { authorAvatar } from '../people/avatar.ts'
import type { GroupStore } from '../store.ts'
import { timeOfDay } from '../words/clock.ts'
import { words } from '../words/words.ts'

const mostMessages = 2

/** The last messages that still have words, oldest first. */
export function lastMessages({ talk }: GroupState): readonly Annotation[] {
  return talk.annotations.filter(({ retracted }) => !retracted).slice(-mostMessages)
}

/** The foot of a wall; nothing while nobody has said anything. */
export function tvTalk(store: GroupStore): TemplateResult | typeof nothing {
  const messages = lastMessages(store.state)
  if (messages.length === 0) return nothing
  return html`<footer aria-label=${words().conversation.heading}>
    ${repeat(
      messages,
      ({ id }) => id,
      (message) => messageLine(message, store),
    )}
  </footer>`
}

function messageLine(message: Annotation, store: GroupStore): TemplateResult {
  const { author, time, text, kind, pin } = message
  return html`<article>
    ${authorAvatar(message)}
    <p class="who"><b dir="auto">${author}</b> <time>${timeOfDay(time)}</time>${
      pin === undefined ? nothing : html` <span class="pin" dir="auto">${drop}${pinTitle(pin, store)}</span>`
    }</p>
    <p class="text" dir="auto">${kind === 'deploy' ? words().pins.deploy(text) : plainText(text)}</p>
  </article>`
}

const drop = html`<svg viewBox="0 0 12 16" aria-hidden="true"><path d="M6 16C3 11.5.5 9 .5 5.5a5.5 5.5 0 0 1 11 0C11.5 9 9 11.5 6 16Z" /></svg>`
