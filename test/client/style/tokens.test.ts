import { readFileSync } from 'node:fs'
import { type Contrast, look, type Theme } from '@chartroom/shared/option'
import { describe, expect, it } from 'vitest'

const sheet = readFileSync(new URL('../../../client/style/tokens.css', import.meta.url), 'utf8')
const surfaces = ['paper', 'land', 'shoal', 'raised']

/** The colours of a look: those of the first block, and over them those of high contrast where it is wanted. */
function tokensOf(theme: Theme, wanted: Contrast): (name: string) => string {
  const [usual = '', high = ''] = sheet.split("[data-contrast='high']")
  const found = (wanted === 'high' ? usual + high : usual).matchAll(
    /--([\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\);/g,
  )
  const tokens = new Map(
    [...found].map(([, name = '', light = '', dark = '']) => [name, theme === 'light' ? light : dark]),
  )
  return (name) => {
    const color = tokens.get(name)
    if (color === undefined) throw new Error(`There is no token "${name}".`)
    return color
  }
}

/** The contrast of two colours, WCAG 2.2, in hundredths as it is stated. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((one, other) => other - one)
  return Math.round(((light + 0.05) / (dark + 0.05)) * 100) / 100
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

describe.each([
  ['light', 'usual', 4.85],
  ['dark', 'usual', 5.48],
  ['light', 'high', 7],
  ['dark', 'high', 7],
] as const)('the %s colours of %s contrast', (theme, wanted, least) => {
  const token = tokensOf(theme, wanted)

  it.each(['ink', 'ink2', 'ink3', 'accent', 'ok', 'warn', 'crit'])('can be read in %s on every surface', (name) => {
    for (const surface of surfaces) expect(contrast(token(name), token(surface))).toBeGreaterThanOrEqual(least)
  })

  it('show the borders of controls on every surface', () => {
    for (const surface of surfaces) expect(contrast(token('line2'), token(surface))).toBeGreaterThanOrEqual(3)
  })

  it('can be read on what they fill', () => {
    expect(contrast(token('on-accent'), token('accent'))).toBeGreaterThanOrEqual(4.5)
    for (const name of ['ink', 'ink2', 'accent']) {
      expect(contrast(token(name), token('accent-weak'))).toBeGreaterThanOrEqual(4.5)
    }
    expect(contrast(token('warn'), token('warn-weak'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(token('code-ink'), token('shoal'))).toBeGreaterThanOrEqual(4.5)
  })

  it('can be read on each of the eight tints of people', () => {
    for (let tint = 0; tint < 8; tint++) {
      expect(contrast(token(`person${tint}-ink`), token(`person${tint}`))).toBeGreaterThanOrEqual(6.3)
    }
  })

  it('are those that charts are drawn with', () => {
    const { paper, ink, ink3, rule, line, grid } = look(theme, wanted)
    for (const [name, color] of Object.entries({ paper, ink, ink3, rule, line, grid })) {
      expect([name, color.toLowerCase()]).toEqual([name, token(name)])
    }
  })
})
