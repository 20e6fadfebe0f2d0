// Owns plain text as one JSON object a frame, for pages that parse every frame and read `message`, `text` or `author`.

import { accept, type Result, refuse } from '@chartroom/shared'
import type { PlainForm, PlainSaid, PlainSeries, PlainTold } from './plain-form.ts'
import { plainLines } from './plain-lines.ts'

/** What programs parse. */
export const plainObjects: PlainForm = { word: 'json', read, write: (told) => JSON.stringify(objectOf(told)) }

function read(frame: string): Result<PlainSaid> {
  const said = parsed(frame)
  if (typeof said !== 'object' || said === null) return notObject
  if ('type' in said && (said.type === 'ping' || said.type === 'close')) return accept({ type: said.type })
  const text = 'message' in said ? said.message : 'text' in said ? said.text : undefined
  if (typeof text !== 'string') return notObject
  const to = 'to' in said ? [said.to].flat() : []
  if (!to.every((name) => typeof name === 'string')) return refuse('malformed', '"to" must be a name, or names.')
  return accept({ type: 'message', text, ...(to.length === 0 ? {} : { to }) })
}

function parsed(frame: string): unknown {
  try {
    return JSON.parse(frame)
  } catch {
    return undefined
  }
}

const notObject = refuse(
  'malformed',
  'Send a JSON object a frame: {"message": "hello"}, {"message": "hello", "to": "bob"}, {"type": "ping"}.',
)

// Every object has a `message` that may be shown, but where there is nothing to say.
function objectOf(told: PlainTold): object {
  switch (told.type) {
    case 'message': {
      const { group, annotation } = told
      const { id, time, author, text, kind, recipients: to } = annotation
      return { type: 'message', group, id, time, author, message: text, text, kind, to }
    }
    case 'numbers':
      return {
        ...told,
        values: told.values.map(([series, value]) => ({ ...named(series), value })),
        removed: told.removed.map(named),
      }
    case 'here':
    case 'left_out':
    case 'closing':
      return { ...told, message: plainLines.write(told) }
    case 'error':
    case 'pong':
      return told
    default:
      return told satisfies never
  }
}

function named({ metric, labels }: PlainSeries): PlainSeries {
  return labels === undefined ? { metric } : { metric, labels }
}
