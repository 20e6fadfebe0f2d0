// Owns how a person is drawn: a letter on one of eight tints, the same for a name everywhere; not who is here.

import type { Annotation } from '@chartroom/shared'
import { html, type TemplateResult } from 'lit'

const tints = 8
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** A person's letter on their tint. It says nothing to a screen reader: the name stands beside it. */
export function avatar(name: string): TemplateResult {
  return html`<span class="avatar tint${tintOf(name)}" aria-hidden="true">${letterOf(name)}</span>`
}

/** The avatar beside a message; of a name that nobody held then, square, dashed, and with two letters of it. */
export function authorAvatar({ author, unheld }: Pick<Annotation, 'author' | 'unheld'>): TemplateResult {
  if (!unheld) return avatar(author)
  const letters = [...segmenter.segment(author.trim())].slice(0, 2).map(({ segment }) => segment)
  return html`<span class="avatar unheld" aria-hidden="true">${letters.join('')}</span>`
}

/** The tint of a name, 0 to 7: FNV-1a (32 bit) over the UTF-8 of its canonical form. */
export function tintOf(name: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(name.normalize('NFKC').toLowerCase())) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  }
  return hash % tints
}

/** The first letter of a name, whole even where it takes several code points. */
export function letterOf(name: string): string {
  const [first] = segmenter.segment(name.trim())
  return first?.segment.toUpperCase() ?? ''
}
