// Owns how a text that somebody wrote is drawn: code, links, and all else as it is. How it is read is prose.ts.

import { html, type TemplateResult } from 'lit'
import { type Piece, piecesOf } from './prose.ts'

/** The text of a message; `tabIndex` is that of its links. */
export function said(text: string, tabIndex: 0 | -1): (TemplateResult | string)[] {
  return piecesOf(text).map((one) => piece(one, tabIndex))
}

function piece({ type, text }: Piece, tabIndex: 0 | -1): TemplateResult | string {
  switch (type) {
    case 'text':
      return text
    case 'code':
      return html`<code>${text}</code>`
    case 'link':
      return html`<a href=${text} target="_blank" rel="noopener noreferrer" tabindex=${tabIndex}>${text}</a>`
    default:
      return type satisfies never
  }
}
