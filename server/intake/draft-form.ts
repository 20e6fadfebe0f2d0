// Owns an annotation's draft as a form, `text=deploy 1.4&author=ci`: which fields it has. What is valid is the schema's.

import { accept, type Result, refuse } from '@chartroom/shared'
import { formFields, formNumber } from './form.ts'

/** Reads a form as the JSON that it stands for; only `recipients` may be given twice, else the first counts. */
export function readDraftForm(text: string): Result<unknown> {
  const fields = new Map<string, string>()
  const recipients: string[] = []
  for (const field of formFields(text)) {
    if (field === undefined) return refuse('malformed', 'The form has an escape that is not UTF-8.')
    // An empty one is refused, and not left out: what is meant for somebody must not be told to all.
    if (field.key === 'recipients') recipients.push(field.value ?? '')
    if (!fields.has(field.key)) fields.set(field.key, field.value ?? '')
  }
  const pin = given({
    metric: fields.get('pin.metric'),
    category: fields.get('pin.category'),
    time: numberOrText(fields.get('pin.time')),
    timeEnd: numberOrText(fields.get('pin.timeEnd')),
  })
  return accept({
    text: fields.get('text') ?? '',
    ...given({
      author: fields.get('author'),
      kind: fields.get('kind'),
      replyTo: numberOrText(fields.get('replyTo')),
      recipients: recipients.length > 0 ? recipients : undefined,
      pin: Object.keys(pin).length > 0 ? pin : undefined,
    }),
  })
}

// A form that a page sends has every field, and those that were left alone are empty.
function given(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''))
}

// What is no number stays as it is: the schema then says what it must be.
function numberOrText(text: string | undefined): number | string | undefined {
  return text === undefined ? undefined : (formNumber(text) ?? text)
}
