// Owns .../board: a group's board read as it is shown, edited, put whole, and given back to the derivation over HTTP.

import { createHash } from 'node:crypto'
import {
  type Accepted,
  accept,
  type BoardDraft,
  type BoardEdit,
  decodeCursor,
  draftsOf,
  encodeCursor,
  type GroupState,
  limits,
  type Result,
} from '@chartroom/shared'
import { type Context, Hono } from 'hono'
import { readArrangement, readBoard } from '../intake/intake.ts'
import { authorOf, bodyOf, groupOf, isKnown, refused, tagsOf } from './answer.ts'
import type { RouteHost } from './host.ts'
import { done } from './write.ts'

/** `GET /`; `PATCH /` with edits; `PUT /` with a board; `DELETE /`: as if nobody had arranged it. `If-Match` names the board that was read. */
export function createBoardRoutes(host: RouteHost): Hono {
  const routes = new Hono({ strict: false })
  routes.get('/', async (c) => {
    const named = groupOf(c)
    if (!named.ok) return refused(c, host, named.refusal)
    const followed = await host.engine.open(named.value)
    try {
      return answer(c, followed.state)
    } finally {
      followed.close()
    }
  })
  routes.patch('/', (c) => edit(c, host, editsOf))
  routes.put('/', (c) => edit(c, host, replacementOf))
  routes.delete('/', (c) => edit(c, host, async () => accept({ edits: [{ type: 'replace', board: null }] })))
  return routes
}

// What is to be done with a board, and the places of what nobody understood of it.
interface Asked {
  readonly edits: readonly BoardEdit[]
  readonly ignored?: readonly string[]
}

async function editsOf(c: Context): Promise<Result<Asked>> {
  const body = await bodyOf(c, limits.maxFrameBytes)
  if (!body.ok) return body
  return readArrangement(c.req.header('content-type'), body.value)
}

async function replacementOf(c: Context): Promise<Result<Asked>> {
  const body = await bodyOf(c, limits.maxFrameBytes)
  if (!body.ok) return body
  const read = readBoard(c.req.header('content-type'), body.value)
  if (!read.ok) return read
  const { board, ignored } = read.value
  return accept({ edits: [{ type: 'replace', board }], ignored })
}

async function edit(c: Context, host: RouteHost, read: (c: Context) => Promise<Result<Asked>>): Promise<Response> {
  const named = groupOf(c)
  if (!named.ok) return refused(c, host, named.refusal)
  const asked = await read(c)
  if (!asked.ok) return refused(c, host, asked.refusal)
  const { edits, ignored } = asked.value
  const followed = await host.engine.open(named.value)
  try {
    const arranged = await arrange(c, host, followed.state, edits)
    if (!arranged.ok) return refused(c, host, arranged.refusal)
    return answer(c, followed.state, { 'Chartroom-Cursor': encodeCursor(arranged.value.cursor) }, ignored)
  } finally {
    followed.close()
  }
}

async function arrange(
  c: Context,
  host: RouteHost,
  state: GroupState,
  edits: readonly BoardEdit[],
): Promise<Result<Accepted>> {
  const author = authorOf(c)
  if (!author.ok) return author
  const name = author.value
  const boardAt = askedBoardAt(c, state)
  const change = { type: 'arrange', edits, name, ...(boardAt === undefined ? {} : { boardAt }) } as const
  return done(c, host, { group: state.group, change, name })
}

// A revision at which no board ever changed.
const never = -1

// Left to the commit to compare, which knows first whether this was done already: its own change is no other's.
function askedBoardAt(c: Context, { epoch, boardAt }: GroupState): number | undefined {
  const tags = tagsOf(c.req.header('if-match'))
  if (tags === undefined || tags.includes('*')) return undefined
  const isPresent = tags.some((tag) => {
    const asked = decodeCursor(/^"([^".]*)(?:\.[^"]*)?"$/.exec(tag)?.[1] ?? '')
    return asked?.epoch === epoch && asked.revision === boardAt
  })
  return isPresent ? boardAt : never
}

function answer(
  c: Context,
  state: GroupState,
  more: Readonly<Record<string, string>> = {},
  ignored: readonly string[] = [],
): Response {
  const board = shownBoard(state)
  // In lines, because people read it, change it and put it back.
  const text = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`
  const body = text(board)
  const isOwn = board.charts.length === (state.board?.charts.length ?? 0)
  const etag = `"${encodeCursor({ epoch: state.epoch, revision: state.boardAt })}${isOwn ? '' : `.${hashOf(body)}`}"`
  const headers = { ETag: etag, 'Cache-Control': 'no-cache', ...more }
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (isRead && isKnown(c, etag)) return c.body(null, 304, headers)
  // First, where a slip of the pen is seen.
  const answered = ignored.length === 0 ? body : text({ ignored, ...board })
  return c.body(answered, 200, { ...headers, 'Content-Type': 'application/json' })
}

// Charts that are derived come and go with their series: what is shown changes, and the board does not.
function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('base64url').slice(0, 8)
}

function shownBoard(state: GroupState): BoardDraft {
  const { hidden, others } = state.board ?? {}
  return {
    charts: [...draftsOf(state, state.board)],
    ...(hidden === undefined ? {} : { hidden }),
    ...(others === undefined ? {} : { others }),
  }
}
