// Owns what the address of a WebSocket without subprotocol asks for. It reads text only; what is said is plain-text.ts's.

import { accept, canonicalGroupName, limits, type Result, refuse } from '@chartroom/shared'

/** What somebody asks for who speaks plain text. */
export interface PlainAddress {
  /** The canonical group. */
  readonly group: string
  readonly name: string | undefined
  /** The names that every message is for; empty: it is for the group. */
  readonly to: readonly string[]
  readonly form: PlainFormWord
  /** Whether numbers are told too, and not only messages. */
  readonly hasNumbers: boolean
  readonly paceMs: (typeof limits.pacesMs)[number]
}

/** How plain text looks: lines for people, or a JSON object a frame. */
export type PlainFormWord = 'text' | 'json'

/** The group of the addresses that name none. */
const defaultGroup = 'home'
// What small chat pages connect to, as it stands in the tutorials that they come from.
const defaultPaths = ['', '/ws', '/chat', '/chatsocket']
const numbersStep = /\/refreshTime=([^/]*)$/

/** What an address (path and query) asks for; `not_found` when nobody speaks plain text there. */
export function readPlainAddress(url: string): Result<PlainAddress> {
  const [whole = '', query = ''] = url.split('?', 2)
  const path = whole.replace(/\/$/, '')
  const seconds = numbersStep.exec(path)?.[1]
  const group = groupAt(path.replace(numbersStep, ''))
  if (!group.ok) return group
  const asked = new URLSearchParams(query)
  const form = wordOf(asked, 'format', ['text', 'json'])
  if (!form.ok) return form
  const show = wordOf(asked, 'show', ['messages', 'numbers'])
  if (!show.ok) return show
  const pace = paceOf(asked.get('paceMs') ?? undefined, seconds)
  if (!pace.ok) return pace
  return accept({
    group: group.value,
    name: asked.get('name') || undefined,
    to: asked.getAll('to').filter((name) => name !== ''),
    form: form.value,
    hasNumbers: show.value === 'numbers' || seconds !== undefined,
    paceMs: pace.value,
  })
}

function groupAt(path: string): Result<string> {
  if (defaultPaths.includes(path)) return accept(defaultGroup)
  const name = /^\/(?:ws|room)\/([^/]+)$/.exec(path)?.[1]
  if (name === undefined) return refuse('not_found', 'Plain text is spoken at /room/:group/, /ws/:group/ and /ws/.')
  return groupNamed(name)
}

/** The canonical group of a step of a path. */
export function groupNamed(step: string): Result<string> {
  try {
    return canonicalGroupName(decodeURIComponent(step))
  } catch {
    return refuse('group_name', 'The group in the address is not percent-encoded UTF-8.')
  }
}

// The first word is what it is when nobody says.
function wordOf<T extends string>(asked: URLSearchParams, field: string, words: readonly [T, T]): Result<T> {
  const said = asked.get(field) ?? words[0]
  const word = words.find((known) => known === said)
  return word === undefined ? refuse('malformed', `"${field}" must be ${words.join(' or ')}.`) : accept(word)
}

// Whoever asks for a pace that there is not gets the next slower one.
function paceOf(ms: string | undefined, seconds: string | undefined): Result<PlainAddress['paceMs']> {
  if (ms === undefined && seconds === undefined) return accept(limits.defaultPaceMs)
  const asked = ms === undefined ? Number(seconds || 'no') * 1_000 : Number(ms || 'no')
  const field = ms === undefined ? 'refreshTime' : 'paceMs'
  if (!(asked > 0)) return refuse('malformed', `"${field}" must be a number greater than 0.`)
  return accept(limits.pacesMs.find((paceMs) => paceMs >= asked) ?? 60_000)
}
