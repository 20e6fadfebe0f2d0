// Owns how a request says who asks, where it stands for a link: the name and the secret that hello would carry.

import { accept, decodeValue, type HelloEnvelope, type Result, refuse, shownName } from '@chartroom/shared'
import type { Context } from 'hono'
import { secretOf } from './answer.ts'

/** The hello of who is called `?name=` and has this `Chartroom-Secret`. */
export function helloOf(c: Context): Result<HelloEnvelope> {
  const secret = secretOf(c)
  if (!secret.ok) return secret
  const asked = c.req.query('name')
  const name = asked === undefined ? accept(undefined) : decodeValue(shownName, asked)
  if (!name.ok) return refuse('malformed', '"name" is no name.', [{ pointer: '/name', message: 'is no name' }])
  const said = { name: name.value, secret: secret.value }
  return accept({ type: 'hello', id: 0, ...said })
}
