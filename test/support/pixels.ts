// What a page really shows at a place: colours read from a screenshot, decoded in the page itself.

import type { Page } from 'playwright-core'

/** A place on the page, CSS px. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** The colours within some px of a place, as `#RRGGBB`, each once. */
export async function colorsNear(page: Page, { x, y }: Point, px: number): Promise<readonly string[]> {
  const side = 2 * px + 1
  const clip = { x: Math.round(x) - px, y: Math.round(y) - px, width: side, height: side }
  const picture = (await page.screenshot({ clip, animations: 'allow' })).toString('base64')
  return page.evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes]))
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
    context?.drawImage(bitmap, 0, 0)
    const data = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? []
    const hex = (channel = 0) => channel.toString(16).padStart(2, '0').toUpperCase()
    const colors = new Set<string>()
    for (let at = 0; at < data.length; at += 4) colors.add(`#${hex(data[at])}${hex(data[at + 1])}${hex(data[at + 2])}`)
    return [...colors]
  }, picture)
}
