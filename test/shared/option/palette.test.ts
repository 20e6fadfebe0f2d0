import { describe, expect, it } from 'vitest'
import { categoryColors, type Look, look, type Theme, wallLook } from '../../../shared/option/palette.ts'
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
