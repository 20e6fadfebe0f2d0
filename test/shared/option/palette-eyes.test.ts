import { describe, expect, it } from 'vitest'
import { type Contrast, look, type Theme } from '../../../shared/option/palette.ts'

type Triple = readonly [number, number, number]

/** How eyes see linear RGB: Machado, Oliveira, Fernandes 2009, severity 1. */
const eyes = {
  most: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const

type Eyes = keyof typeof eyes

/** The distance of the two categories that are most alike, in OKLab; the eye's threshold is about 0.02. */
function worstPair(theme: Theme, contrast: Contrast, who: Eyes): number {
  const seen = look(theme, contrast).categories.map(({ mark }) => oklab(seenBy(eyes[who], linear(mark))))
  const pairs = seen.flatMap((one, at) => seen.slice(at + 1).map((other) => Math.hypot(...differences(one, other))))
  return Math.min(...pairs)
}

function linear(hex: string): Triple {
  const part = (at: number) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return [part(1), part(3), part(5)]
}

function seenBy(matrix: readonly Triple[], color: Triple): Triple {
  const [red = 0, green = 0, blue = 0] = matrix.map((row) => Math.min(1, Math.max(0, dot(row, color))))
  return [red, green, blue]
}

function oklab(color: Triple): Triple {
  const cones: Triple = [
    Math.cbrt(dot([0.4122214708, 0.5363325363, 0.0514459929], color)),
    Math.cbrt(dot([0.2119034982, 0.6806995451, 0.1073969566], color)),
    Math.cbrt(dot([0.0883024619, 0.2817188376, 0.6299787005], color)),
  ]
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], cones),
    dot([1.9779984951, -2.428592205, 0.4505937099], cones),
    dot([0.0259040371, 0.7827717662, -0.808675766], cones),
  ]
}

function dot(one: Triple, other: Triple): number {
  return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]
}

function differences(one: Triple, other: Triple): Triple {
  return [one[0] - other[0], one[1] - other[1], one[2] - other[2]]
}

describe('no two categories are alike', () => {
  it.each<[Theme, Eyes, number]>([
    ['light', 'most', 0.109],
    ['light', 'protan', 0.077],
    ['light', 'deutan', 0.079],
    ['light', 'tritan', 0.081],
    ['dark', 'most', 0.119],
    ['dark', 'protan', 0.098],
    ['dark', 'deutan', 0.085],
    ['dark', 'tritan', 0.093],
  ])('in %s, for %s eyes', (theme, who, least) => {
    expect(worstPair(theme, 'usual', who)).toBeGreaterThanOrEqual(least - 0.0005)
  })

  // Names' colours are nearer to each other; patterns and names at the marks tell them apart there.
  it.each<[Theme, Eyes]>([
    ['light', 'most'],
    ['light', 'protan'],
    ['light', 'deutan'],
    ['light', 'tritan'],
    ['dark', 'most'],
    ['dark', 'protan'],
    ['dark', 'deutan'],
    ['dark', 'tritan'],
  ])('in %s of high contrast, for %s eyes', (theme, who) => {
    expect(worstPair(theme, 'high', who)).toBeGreaterThan(0.02)
  })
})
