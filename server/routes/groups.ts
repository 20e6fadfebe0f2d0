// Owns GET /api/groups and the snapshot of one group; what changes a group is in the routes beside it.

import {
  changesSince,
  encode,
  encodeCursor,
  type GroupList,
  type GroupState,
  isInboxName,
  limits,
  startCursor,
} from '@chartroom/shared'
import { Hono } from 'hono'
import { cacheOf, isKnown, readableOf, refused } from './answer.ts'
import type { RouteHost } from './host.ts'

const cacheSeconds = limits.defaultPaceMs / 1_000

/** `GET /` lists the groups with counts; `GET /:group` is the snapshot, with the cursor as its ETag. */
export function createGroupsRoutes(host: RouteHost): Hono {
  const routes = new Hono({ strict: false })
  const snapshots = new Snapshots()
  routes.get('/', async (c) => c.json(await list(host), 200, { 'Cache-Control': 'no-cache' }))
  routes.get('/:group', async (c) => {
    const named = await readableOf(c, host)
    if (!named.ok) return refused(c, host, named.refusal)
    const followed = await host.engine.open(named.value)
    try {
      const { epoch, revision } = followed.state
      const etag = `"${encodeCursor({ epoch, revision })}"`
      const headers = { ETag: etag, ...cacheOf(c, `public, max-age=${cacheSeconds}`) }
      if (isKnown(c, etag)) return c.body(null, 304, headers)
      const body = isInboxName(followed.state.group) ? encoded(followed.state) : snapshots.of(followed.state, etag)
      return c.body(body, 200, { ...headers, 'Content-Type': 'application/json' })
    } finally {
      followed.close()
    }
  })
  return routes
}

// Snapshots that are kept, so that a crowd that polls a group costs one encoding for each of its revisions.
const maxSnapshots = 16

/** The last snapshots as they were encoded, by group. */
class Snapshots {
  readonly #kept = new Map<string, { readonly etag: string; readonly body: Uint8Array<ArrayBuffer> }>()

  of(state: GroupState, etag: string): Uint8Array<ArrayBuffer> {
    const known = this.#kept.get(state.group)
    if (known?.etag === etag) return known.body
    const body = encoded(state)
    this.#kept.delete(state.group)
    this.#kept.set(state.group, { etag, body })
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > maxSnapshots && oldest !== undefined) this.#kept.delete(oldest)
    return body
  }
}

function encoded(state: GroupState): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(encode(changesSince(state, startCursor)))
}

async function list({ engine, groups }: RouteHost): Promise<GroupList> {
  const stored = await engine.groups()
  return { groups: stored.map((one) => ({ ...one, people: groups.people(one.group) })) }
}
