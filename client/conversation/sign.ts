// Owns the small drawings of the conversation.

import { type SVGTemplateResult, svg } from 'lit'

const paths = {
  react: 'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2M5.4 9.4a3 3 0 0 0 5.2 0M6 6v.6M10 6v.6',
  reply: 'M6.5 3.5 2.5 7.5l4 4M2.5 7.5h6a5 5 0 0 1 5 5',
  edit: 'M3 13l.6-2.8L10.8 3a1.5 1.5 0 0 1 2.2 2.2L5.8 12.4Z',
  takeBack: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9M6.8 7v4M9.2 7v4',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9M10.3 10.3l3.7 3.7',
  talk: 'M2.5 3h11v7.5H8.2L5 13.2v-2.7H2.5Z',
  direct: 'M2 3.5h12v9H2ZM2.4 4 8 8.6 13.6 4',
  cross: 'm4 4 8 8M12 4l-8 8',
} as const

/** A drawing of 16 px in the colour of the text around it; what it means is said beside it. */
export function sign(name: keyof typeof paths): SVGTemplateResult {
  return svg`<svg class="sign" viewBox="0 0 16 16" aria-hidden="true"><path d=${paths[name]} /></svg>`
}
