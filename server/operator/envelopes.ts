// Owns what is said on the operator's socket, one JSON object a line: by a command, and by the server that answers it.

/** What a command asks for. */
export type OperatorRequest =
  /** Leave the file as it is, so that it can be copied; until `copied`, or until the command goes. */
  { readonly type: 'backup' } | { readonly type: 'copied' } | { readonly type: 'delete'; readonly group: string }

/** What the server answers, each request once. */
export type OperatorAnswer =
  /** To `backup`: all that was shown is in the file, and the file stays as it is. */
  | { readonly type: 'held' }
  | { readonly type: 'done' }
  /** The message is for whoever runs the server. */
  | { readonly type: 'refused'; readonly message: string }

/** Reads a request; undefined when it is none. */
export function decodeRequest(line: string): OperatorRequest | undefined {
  const { type, group } = fieldsOf(line)
  if (type === 'backup' || type === 'copied') return { type }
  return type === 'delete' && typeof group === 'string' ? { type, group } : undefined
}

/** Reads an answer; undefined when it is none. */
export function decodeAnswer(line: string): OperatorAnswer | undefined {
  const { type, message } = fieldsOf(line)
  if (type === 'held' || type === 'done') return { type }
  return type === 'refused' && typeof message === 'string' ? { type, message } : undefined
}

function fieldsOf(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
