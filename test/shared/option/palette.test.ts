import { describe, expect, it } from 'vitest'
import {
  categoryColors,
  fillOf,
  type Look,
  look,
  strokeOf,
  type Theme,
  wallLook,
} from '../../../shared/option/palette.ts'
import { backgroundOf, decalOf } from '../../../shared/option/pattern.ts'
import { groupOf, light, samples } from './group.ts'

/** The surfaces that text and marks stand on: paper, land, shoal, raised. */
const surfaces: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#FCFCFA', '#F6F2E7', '#EDF2F4', '#FFFFFF'],
  dark: ['#0F161B', '#1A1816', '#18242C', '#1C252B'],
}

describe('a look on a wall', () => {
  it('has grid lines that are seen from afar in the dark, and is the usual one otherwise', () => {
    const dark = look('dark')
    expect(wallLook(dark)).toEqual({ ...dark, grid: '#2C3941' })
    expect(wallLook(light)).toBe(light)
  })
})

describe.each(['light', 'dark'] as const)('the %s look', (theme) => {
  const colors = look(theme)

  it('has ten categories', () => {
    expect(colors.categories).toHaveLength(10)
  })

  it('lets every mark stand out from every surface by 3.03:1', () => {
    expect(worst(colors, 'mark', surfaces[theme])).toBeGreaterThanOrEqual(3.03)
  })

  it('lets every name in its colour be read on every surface, by 4.5:1', () => {
    expect(worst(colors, 'text', surfaces[theme])).toBeGreaterThanOrEqual(4.5)
  })

  it('lets its texts be read on every surface, by 4.5:1', () => {
    const texts = [colors.ink, colors.ink3, colors.rest.text]
    expect(Math.min(...pairs(texts, surfaces[theme]))).toBeGreaterThanOrEqual(4.5)
  })
})

describe.each([
  ['light', '#FFFFFF'],
  ['dark', '#000000'],
] as const)('the %s look in high contrast', (theme, paper) => {
  const colors = look(theme, 'high')

  it('lets every mark stand out, and every name be read, by 4.5:1', () => {
    expect(worst(colors, 'mark', [paper])).toBeGreaterThanOrEqual(4.5)
    expect(worst(colors, 'text', [paper])).toBeGreaterThanOrEqual(4.5)
  })

  it('lets its texts be read by 7:1', () => {
    expect(Math.min(...pairs([colors.ink, colors.ink3, colors.rest.text], [paper]))).toBeGreaterThanOrEqual(7)
  })

  it('draws lines, which have no outline, in a colour that stands out also when they are old', () => {
    const old = { mark: colors.stale[2], text: colors.ink3 }
    expect(strokeOf(old, colors)).toBe(colors.ink3)
    expect(strokeOf(old, look(theme))).toBe(old.mark)
  })

  it('has stronger rules, outlines in ink, and patterns without being asked', () => {
    expect(colors).toMatchObject({ paper, ruleWidth: 2, outlineWidth: 1.5, hasPatterns: true })
    expect(colors.categories.every(({ pattern }) => pattern !== undefined)).toBe(true)
  })
})

describe('patterns', () => {
  const { categories, rest } = look('light', 'usual', true)

  it('are there only when asked for', () => {
    expect(light.categories.every(({ pattern }) => pattern === undefined)).toBe(true)
    expect(fillOf(light.rest)).toEqual({ color: light.rest.mark })
  })

  it('are of each category another, also without colour, and of the rest none', () => {
    const drawn = categories.map(({ pattern }) => JSON.stringify(pattern && decalOf(pattern)))
    const written = categories.map(({ pattern }) => backgroundOf({ mark: '#000000', pattern }))
    expect([new Set(drawn).size, new Set(written).size]).toEqual([10, 10])
    expect(rest.pattern).toBeUndefined()
  })

  it('are drawn in paper, which stands out from every mark, and leave the colours alone', () => {
    expect(new Set(categories.map(({ pattern }) => pattern?.ink))).toEqual(new Set([`${light.paper}80`]))
    const high = look('dark', 'high')
    expect(new Set(high.categories.map(({ pattern }) => pattern?.ink))).toEqual(new Set([high.paper]))
    expect(categories.map(({ mark }) => mark)).toEqual(light.categories.map(({ mark }) => mark))
  })

  it('are handed out anew each time: ECharts writes into what it is given', () => {
    const [first] = categories
    if (first === undefined) throw new Error('There is no category.')
    const { decal } = fillOf(first)
    expect(fillOf(first).decal).toEqual(decal)
    expect(fillOf(first).decal).not.toBe(decal)
  })
})

describe('the colour of a category', () => {
  const colorsOf = (state: ReturnType<typeof groupOf>, metric: string) => {
    const all = [...state.series.values()].filter((series) => series.definition.metric === metric)
    const colors = categoryColors(state, all, light)
    return Object.fromEntries(all.map((series) => [series.category, colors.get(series.key)]))
  }
  const [ink, ochre, sea] = light.categories

  it('is the same in all charts of the group, by first appearance', () => {
    const state = groupOf([...samples('orders', { Shirts: 1, Socks: 2 }), ...samples('stock', { Hats: 1, Socks: 9 })])
    expect(colorsOf(state, 'orders')).toEqual({ Shirts: ink, Socks: ochre })
    expect(colorsOf(state, 'stock')).toEqual({ Hats: sea, Socks: ochre })
  })

  it('begins anew for each label name', () => {
    const state = groupOf([
      ...samples('orders', { Shirts: 1 }),
      { metric: 'requests', labels: { region: 'EU' }, value: 1 },
      { metric: 'requests', labels: { region: 'EU', zone: 'a' }, value: 1 },
      { metric: 'cpu', value: 1 },
    ])
    expect(colorsOf(state, 'requests')).toEqual({ EU: ink, 'EU / a': ink })
    expect(colorsOf(state, 'cpu')).toEqual({ '': ink })
  })

  it('is the rest from the 11th on', () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`c${at}`, at]))
    const colors = colorsOf(groupOf(samples('orders', many)), 'orders')
    expect(colors.c9).toBe(light.categories[9])
    expect(colors.c10).toBe(light.rest)
    expect(colors.c11).toBe(light.rest)
  })
})

function worst({ categories }: Look, part: 'mark' | 'text', grounds: readonly string[]): number {
  return Math.min(
    ...pairs(
      categories.map((color) => color[part]),
      grounds,
    ),
  )
}

function pairs(colors: readonly string[], grounds: readonly string[]): number[] {
  return colors.flatMap((color) => grounds.map((ground) => contrast(color, ground)))
}

/** WCAG 2.2's contrast ratio. */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
