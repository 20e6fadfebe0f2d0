// Owns POST .../metrics: a batch is taken whole or not at all. How a body is read is intake's.

import { accept, limits, type Receipt, type Result } from '@chartroom/shared'
import { type Context, Hono } from 'hono'
import { readBatch } from '../intake/intake.ts'
import { KnownSamples } from '../intake/known-samples.ts'
import { bodyOf, groupOf, keyOf, refused } from './answer.ts'
import type { RouteHost } from './host.ts'

/** `POST /` takes a batch and answers with a receipt. */
export function createMetricsRoutes(host: RouteHost): Hono {
  const routes = new Hono({ strict: false })
  const known = new KnownSamples()
  routes.post('/', async (c) => {
    const taken = await takeBatch(c, host, known)
    if (!taken.ok) return refused(c, host, taken.refusal)
    host.counters.add('samples', taken.value.accepted)
    return c.json(taken.value)
  })
  return routes
}

async function takeBatch(c: Context, host: RouteHost, known: KnownSamples): Promise<Result<Receipt>> {
  const named = groupOf(c)
  if (!named.ok) return named
  const body = await bodyOf(c, limits.maxUnpackedBytes)
  if (!body.ok) return body
  const batch = readBatch(c.req.header('content-type'), body.value, host.now(), known)
  if (!batch.ok) return batch
  const key = keyOf(c, host)
  if (!key.ok) return key
  const change = { type: 'batch', samples: batch.value } as const
  const accepted = await host.engine.append({ group: named.value, change, ...key.value })
  if (!accepted.ok) return accepted
  const { epoch, revision } = accepted.value.cursor
  return accept({ epoch, revision, accepted: batch.value.length })
}
