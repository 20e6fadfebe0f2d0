// Owns the problem document: how a refusal looks over HTTP (RFC 9457). Who is refused is not decided here.

import { errorCodes, type Refusal } from '@chartroom/shared'

// As long as our own client leaves a server alone that refused for now.
const linkRetryS = 5

/** A refusal as an HTTP answer. */
export interface Problem {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The answer to a refused request: `application/problem+json` with the code, the sentence, and each fault's place. */
export function problemOf({ code, message, faults }: Refusal): Problem {
  const { status, temporary } = errorCodes[code]
  const document = {
    type: 'about:blank',
    title: code,
    status,
    detail: message,
    code,
    temporary,
    ...(faults && { faults }),
  }
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...extraHeaders(status) },
    body: `${JSON.stringify(document)}\n`,
  }
}

// RFC 9110 15.5.22: an answer 426 names the protocol to upgrade to.
function extraHeaders(status: number): Record<string, string> {
  if (status === 426) return { Upgrade: 'websocket', Connection: 'Upgrade' }
  if (status === 429) return { 'Retry-After': String(linkRetryS) }
  // The rest of a body that was too large is not read, so nothing can follow it on this connection.
  return status === 413 ? { Connection: 'close' } : {}
}
