// The control of a fan-out: what people write with ws. Everything posted is written as JSON to each client anew.
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { WebSocketServer } from 'ws'
import { tellPort } from './tell-port.mjs'

const app = new Hono()
const server = createAdaptorServer(app)
const sockets = new WebSocketServer({ noServer: true })

app.post('/api/groups/:group/metrics', async (c) => {
  const samples = await c.req.json()
  const group = c.req.param('group')
  const time = Date.now()
  for (const client of sockets.clients) client.send(JSON.stringify({ type: 'metrics', group, time, samples }))
  return c.json({ ok: true })
})

server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (opened) => {
    opened.on('error', () => {})
    sockets.emit('connection', opened, request)
  })
})
tellPort(server)
