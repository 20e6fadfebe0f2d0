// The control of a fan-out: a room of Socket.IO for each group.
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { Server } from 'socket.io'
import { tellPort } from './tell-port.mjs'

const app = new Hono()
const server = createAdaptorServer(app)
const io = new Server(/** @type {import('node:http').Server} */ (server))

app.post('/api/groups/:group/metrics', async (c) => {
  const samples = await c.req.json()
  io.to(c.req.param('group')).emit('metrics', { time: Date.now(), samples })
  return c.json({ ok: true })
})

io.on('connection', (socket) => void socket.join(String(socket.handshake.query.groups).split(',')))
tellPort(server)
