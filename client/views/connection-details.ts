// Owns what the connection says of itself when it is asked: by which way it came in, and what that means for who reads.

import type { ConnectionState, Way } from '@chartroom/shared/client'
import { html, type TemplateResult } from 'lit'
import { wayWords } from '../words/ways.ts'

/**
 * A state, as one word, by a way in, and why numbers come more slowly where they do. A way that is over is not told: what
 * comes next may take another.
 */
export function connectionDetails(
  state: ConnectionState,
  word: string,
  way: Way | undefined,
  why?: string,
): TemplateResult {
  const { by, means, meanwhile } = wayWords()
  if (why !== undefined) return html`<h2>${word}</h2><p>${why}</p>`
  const isIn = state.word === 'live' || state.word === 'behind'
  return isIn && way !== undefined
    ? html`<h2>${by(word, way)}</h2><p>${means[way]}</p>`
    : html`<h2>${word}</h2><p>${meanwhile}</p>`
}
