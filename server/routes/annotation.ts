// Owns .../annotations/:id: one annotation read, revised, retracted and reacted to over HTTP. Who may is the engine's.

import {
  type Annotation,
  accept,
  authoredReaction,
  type Change,
  decodeValue,
  limits,
  type Result,
  refuse,
  runNames,
} from '@chartroom/shared'
import { type Context, Hono } from 'hono'
import { readDraft } from '../intake/intake.ts'
import { bodyOf, cacheOf, followedOf, readableOf, refused } from './answer.ts'
import type { RouteHost } from './host.ts'
import { type Writing, write } from './write.ts'

/** Makes of a request what is to be done to the annotation that it names. */
type Edit = (c: Context, old: Annotation) => Promise<Result<Omit<Writing, 'group'>>> | Result<Omit<Writing, 'group'>>

/** `GET /:id`; `PATCH /:id` with a text; `DELETE /:id`; `PUT` and `DELETE /:id/reactions/:reaction?author=`. */
export function createAnnotationRoutes(host: RouteHost): Hono {
  const routes = new Hono({ strict: false })
  routes.get('/:id', async (c) => {
    const found = await find(c, host)
    if (!found.ok) return refused(c, host, found.refusal)
    return c.json(found.value.annotation, 200, cacheOf(c))
  })
  routes.patch('/:id', (c) => edit(c, host, revise))
  routes.delete('/:id', (c) => edit(c, host, retract))
  routes.put('/:id/reactions/:reaction', (c) => edit(c, host, (_c, old) => react(c, old, true)))
  routes.delete('/:id/reactions/:reaction', (c) => edit(c, host, (_c, old) => react(c, old, false)))
  return routes
}

async function edit(c: Context, host: RouteHost, editOf: Edit): Promise<Response> {
  const found = await find(c, host)
  if (!found.ok) return refused(c, host, found.refusal)
  const { group, annotation } = found.value
  const asked = await editOf(c, annotation)
  if (!asked.ok) return refused(c, host, asked.refusal)
  const written = await write(c, host, { group, ...asked.value })
  if (!written.ok) return refused(c, host, written.refusal)
  return c.json(written.value.annotation, 200, { 'Chartroom-Cursor': written.value.cursor })
}

// Its author is the name that must be held.
async function revise(c: Context, { id, author }: Annotation) {
  const body = await bodyOf(c, limits.maxFrameBytes)
  if (!body.ok) return body
  const draft = readDraft(c.req.header('content-type'), body.value)
  if (!draft.ok) return draft
  return asked({ type: 'revise', id, text: draft.value.text }, author)
}

function retract(_c: Context, { id, author }: Annotation) {
  return asked({ type: 'retract', id }, author)
}

function react(c: Context, { id }: Annotation, on: boolean) {
  const name = c.req.query('author')
  if (name === undefined) return refuse('name_missing', 'Say who reacts: "?author=".')
  const read = decodeValue(authoredReaction, { author: name, reaction: c.req.param('reaction') })
  if (!read.ok) return read
  const { author, reaction } = read.value
  return asked({ type: 'react', id, name: author, reaction, on }, author)
}

function asked(change: Change, name: string): Result<Omit<Writing, 'group'>> {
  return accept({ change, name })
}

interface Found {
  readonly group: string
  readonly annotation: Annotation
}

async function find(c: Context, host: RouteHost): Promise<Result<Found>> {
  const named = followedOf(c)
  if (!named.ok) return named
  const kept = await readableOf(c, host)
  if (!kept.ok) return kept
  const text = c.req.param('id') ?? ''
  const id = /^[0-9]{1,16}$/.test(text) ? Number(text) : 0
  for (const run of runNames) {
    const { annotations } = await host.engine.page(kept.value, run, id + 1, 1)
    const [annotation] = annotations
    if (annotation?.id === id) return accept({ group: named.value, annotation })
  }
  return refuse('not_found', 'This group has no such annotation.')
}
