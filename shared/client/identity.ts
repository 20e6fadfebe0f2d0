// Owns who somebody is to a server, checked as the server would.

import { type HelloEnvelope, helloEnvelope } from '../client-envelopes.ts'
import { decodeValue } from '../codec.ts'
import { accept, type Result } from '../fault.ts'

/** Who somebody is, as hello says it. */
export type Identity = Pick<HelloEnvelope, 'name' | 'secret'>

/** Checks it before it is sent: a server would have to close the connection for it. */
export function identityOf(name: string | undefined, secret: string | undefined): Result<Identity> {
  const checked = decodeValue(helloEnvelope, { type: 'hello', id: 0, name, secret })
  if (!checked.ok) return checked
  const { type: _type, id: _id, ...identity } = checked.value
  return accept(identity)
}
