// The control of the ingest: a route that parses the body, however it comes, and answers.
import { gunzipSync } from 'node:zlib'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { tellPort } from './tell-port.mjs'

const app = new Hono()

app.post('/api/groups/:group/metrics', async (c) => {
  const samples = await bodyOf(c)
  return c.json({ accepted: samples.length })
})

/**
 * @param {import('hono').Context} c
 * @returns {Promise<unknown[]>}
 */
async function bodyOf(c) {
  if (c.req.header('content-encoding') === 'gzip') return JSON.parse(String(gunzipSync(await c.req.arrayBuffer())))
  if (c.req.header('content-type') !== 'application/x-ndjson') return c.req.json()
  const lines = (await c.req.text()).split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line))
}

tellPort(createAdaptorServer(app))
