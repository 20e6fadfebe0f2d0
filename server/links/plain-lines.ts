// Owns plain text as lines that people read and type: `ann: hello`, `/to bob hello`, `orders{category="Shirts"} 5`.

import { type Annotation, accept, type Result, refuse } from '@chartroom/shared'
import type { PlainForm, PlainSaid, PlainSeries, PlainTold } from './plain-form.ts'

/** What is typed and read. */
export const plainLines: PlainForm = { word: 'text', read, write }

const direct = /^\/to\s+(?:"([^"]+)"|([^\s"]\S*))\s+(\S.*)$/s

function read(frame: string): Result<PlainSaid> {
  // Whoever sends what is typed may send the end of the line too.
  const line = frame.replace(/\r?\n$/, '')
  if (line === 'ping' || line === 'close') return accept({ type: line })
  if (!/^\/to(?:\s|$)/.test(line)) return accept({ type: 'message', text: line })
  const [, quoted, bare, text] = direct.exec(line) ?? []
  const name = quoted ?? bare
  if (name === undefined || text === undefined) {
    return refuse('malformed', 'To tell one person: /to bob hello, and for a name with spaces /to "ann 2" hello.')
  }
  return accept({ type: 'message', text, to: [name] })
}

function write(told: PlainTold): string {
  switch (told.type) {
    case 'here':
      return `[${told.group}: you are ${told.name}; here: ${peopleOf(told)}]`
    case 'message':
      return messageLine(told.annotation)
    case 'numbers':
      return [
        ...told.values.map(([series, value]) => `${seriesText(series)} ${value}`),
        ...told.removed.map((series) => `${seriesText(series)} removed`),
      ].join('\n')
    case 'left_out':
      return `[more was written in ${told.group} than is shown here]`
    case 'error':
      return `[error: ${told.message}]`
    case 'pong':
      return 'pong'
    case 'closing':
      return '[the server is going away: come back in a moment]'
    default:
      return told satisfies never
  }
}

function messageLine({ author, recipients, text }: Annotation): string {
  return recipients === undefined ? `${author}: ${text}` : `${author} (to ${recipients.join(', ')}): ${text}`
}

function peopleOf({ people, count }: Extract<PlainTold, { type: 'here' }>): string {
  const more = count - people.length
  return [...people, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

// As Prometheus writes a sample, so that what reads one reads the other.
function seriesText({ metric, labels = {} }: PlainSeries): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? metric : `${metric}{${pairs.join(',')}}`
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
