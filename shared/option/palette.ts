// Owns the colours of charts: the tokens a canvas needs, the ten categories, and which category gets which. No layout.

import { type GroupState, readOnce, type Series } from '../state.ts'
import { decalOf, type Pattern, patternOf } from './pattern.ts'

export type Theme = 'light' | 'dark'

/** High: for who needs more than the usual colours give. */
export type Contrast = 'usual' | 'high'

/** A category's colour: for its mark (3:1 on all surfaces), and for its name written in it (4.5:1). */
export interface CategoryColor {
  readonly mark: string
  readonly text: string
  /** What tells it from the others without colour, where the reader asked for it. */
  readonly pattern?: Pattern | undefined
}

/** How charts are drawn: the colours of a theme, and how strong lines are. */
export interface Look {
  readonly theme: Theme
  readonly contrast: Contrast
  /** Whether categories have patterns. */
  readonly hasPatterns: boolean
  readonly paper: string
  readonly ink: string
  readonly ink3: string
  readonly rule: string
  /** How strong the axis of categories is, px. */
  readonly ruleWidth: number
  /** How strong the outline of a mark is, in `ink`, px; 0: none. */
  readonly outlineWidth: number
  /** Hairlines, and the track of a gauge; in high contrast, where it would outweigh the value, that is `grid`. */
  readonly line: string
  readonly grid: string
  /** The 11th category and on, and "other". */
  readonly rest: CategoryColor
  /** Marks of a series that fell silent, in three steps. */
  readonly stale: readonly [string, string, string]
  /** The opacity of a band of least and greatest. */
  readonly bandOpacity: number
  readonly categories: readonly CategoryColor[]
  /** From nothing to much, in seven steps, as the depth tints of a sea chart. */
  readonly depth: readonly string[]
  /** From far below zero to far above it, in seven steps: land, the shore at zero, sea. */
  readonly landToSea: readonly string[]
}

const usual: Readonly<Record<Theme, Look>> = {
  light: {
    theme: 'light',
    contrast: 'usual',
    hasPatterns: false,
    paper: '#FCFCFA',
    ink: '#14212B',
    ink3: '#5F6B73',
    rule: '#14212B',
    ruleWidth: 1,
    outlineWidth: 0,
    line: '#E2E5E3',
    grid: '#E6E9E8',
    rest: { mark: '#7D888E', text: '#5F6B73' },
    stale: ['#9AA4A9', '#BFC6C9', '#DDE1E2'],
    bandOpacity: 0.16,
    categories: [
      { mark: '#0D4BA0', text: '#0D4BA0' },
      { mark: '#B4800F', text: '#916500' },
      { mark: '#1D827B', text: '#0F7B74' },
      { mark: '#B05242', text: '#AF5141' },
      { mark: '#795DBD', text: '#795DBD' },
      { mark: '#2892C8', text: '#0175A6' },
      { mark: '#475508', text: '#475508' },
      { mark: '#683070', text: '#683070' },
      { mark: '#313444', text: '#313444' },
      { mark: '#5A2604', text: '#5A2604' },
    ],
    depth: ['#EFF4F5', '#D3E5EE', '#A3CADF', '#649FC7', '#2F73AE', '#0F4788', '#07295A'],
    landToSea: ['#7A4A0A', '#B4800F', '#E0C27E', '#F1EFE6', '#A3CADF', '#2F73AE', '#07295A'],
  },
  dark: {
    theme: 'dark',
    contrast: 'usual',
    hasPatterns: false,
    paper: '#0F161B',
    ink: '#ECE8DE',
    ink3: '#919B9F',
    rule: '#6A767E',
    ruleWidth: 1,
    outlineWidth: 0,
    line: '#232E35',
    grid: '#1D272E',
    rest: { mark: '#64717A', text: '#919B9F' },
    stale: ['#66727A', '#46535B', '#2E3940'],
    bandOpacity: 0.24,
    categories: [
      { mark: '#4C7BCF', text: '#5A8ADF' },
      { mark: '#E1B24D', text: '#E1B24D' },
      { mark: '#55C2AA', text: '#55C2AA' },
      { mark: '#BA5A44', text: '#D16F58' },
      { mark: '#A79CE7', text: '#A79CE7' },
      { mark: '#92DDF6', text: '#92DDF6' },
      { mark: '#D2E0A1', text: '#D2E0A1' },
      { mark: '#8F5B94', text: '#AE78B3' },
      { mark: '#83889A', text: '#858A9C' },
      { mark: '#C28D64', text: '#C28D64' },
    ],
    depth: ['#16222B', '#17344B', '#1A4E77', '#2C72A6', '#5A9CCB', '#9CCAE5', '#DDF0F8'],
    landToSea: ['#F0CF8A', '#C08F35', '#6B5324', '#20282B', '#1F5580', '#5A9CCB', '#DDF0F8'],
  },
}

const patterned: Readonly<Record<Theme, Look>> = {
  light: withPatterns(usual.light, halfOf(usual.light.paper)),
  dark: withPatterns(usual.dark, halfOf(usual.dark.paper)),
}

const high: Readonly<Record<Theme, Look>> = {
  light: strengthened(usual.light, {
    paper: '#FFFFFF',
    ink: '#000000',
    ink3: '#333333',
    rule: '#000000',
    line: '#000000',
    grid: '#767676',
    rest: { mark: '#333333', text: '#333333' },
  }),
  dark: strengthened(usual.dark, {
    paper: '#000000',
    ink: '#FFFFFF',
    ink3: '#D6D6D6',
    rule: '#FFFFFF',
    line: '#FFFFFF',
    grid: '#8C8C8C',
    rest: { mark: '#D6D6D6', text: '#D6D6D6' },
  }),
}

/** The face of the page, for the few texts on a canvas. */
export const fontFamily =
  'Inter, "SF Pro Text", "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", "PingFang SC", ' +
  '"Microsoft YaHei UI", "Noto Sans CJK SC", system-ui, sans-serif'

/** The look of a theme. In high contrast categories always have patterns. Equal arguments give the same object. */
export function look(theme: Theme, contrast: Contrast = 'usual', hasPatterns = false): Look {
  if (contrast === 'high') return high[theme]
  return hasPatterns ? patterned[theme] : usual[theme]
}

function withPatterns(plain: Look, ink: string): Look {
  const categories = plain.categories.map((color, place) => ({ ...color, pattern: patternOf(place, ink) }))
  return { ...plain, hasPatterns: true, categories }
}

// Marks take the colours of their names, which are further from the paper.
function strengthened(plain: Look, stronger: Partial<Look>): Look {
  const categories = plain.categories.map(({ text }) => ({ mark: text, text }))
  const look = { ...plain, ...stronger, contrast: 'high' as const, ruleWidth: 2, outlineWidth: 1.5, categories }
  return withPatterns(look, look.paper)
}

// Without an outline a pattern of full strength would fray the mark.
function halfOf(color: string): string {
  return `${color}80`
}

/** How ECharts fills a mark of a category. */
export function fillOf({ mark, pattern }: CategoryColor) {
  return { color: mark, ...(pattern === undefined ? {} : { decal: decalOf(pattern) }) }
}

/** A look on a wall: from five metres nobody would see the usual grid lines of the dark one. */
export function wallLook(look: Look): Look {
  return look.grid === usual.dark.grid ? { ...look, grid: '#2C3941' } : look
}

/** The colour of a line: in high contrast, where marks have an outline and it cannot, the one of its name. */
export function strokeOf({ mark, text }: CategoryColor, { contrast }: Look): string {
  return contrast === 'high' ? text : mark
}

/**
 * The colour of each of these series, by its key. A category has one colour in all charts of its group: those of one
 * label name take the colours in the order in which they appeared; from the 11th on they are `rest`.
 */
export function categoryColors(
  state: GroupState,
  all: readonly Series[],
  look: Look,
): ReadonlyMap<string, CategoryColor> {
  return new Map(all.map((series) => [series.key, categoryColor(state, labelNames(series), series.category, look)]))
}

/** The colour of a category of these labels (their names in order), as `category` of series.ts writes it. */
export function categoryColor(
  state: GroupState,
  labels: readonly string[],
  category: string,
  look: Look,
): CategoryColor {
  return look.categories[placesOf(state, labels).get(category) ?? 0] ?? look.rest
}

/** The colours of a chart of several metrics, by the key of each series: in the order in which they appeared. */
export function metricColors(all: readonly Series[], look: Look): ReadonlyMap<string, CategoryColor> {
  const inOrder = [...all].sort((a, b) => a.definition.n - b.definition.n)
  return new Map(inOrder.map(({ key }, place) => [key, look.categories[place] ?? look.rest]))
}

type Places = ReadonlyMap<string, number>

function placesOf(state: GroupState, labels: readonly string[]): Places {
  const all = placesByLabels(state)
  const name = labels.join('\u0000')
  const known = all.get(name) ?? readPlaces(state, labels)
  all.set(name, known)
  return known
}

// Filled as it is asked for.
const placesByLabels = readOnce(() => new Map<string, Places>())

// A label that stands with others is the same label: its values have the same colours there.
function readPlaces(state: GroupState, names: readonly string[]): Places {
  const first = new Map<string, number>()
  for (const { definition } of state.series.values()) {
    const { labels, n } = definition
    if (!names.every((name) => labels?.[name] !== undefined)) continue
    const category = names.map((name) => labels?.[name]).join(' / ')
    first.set(category, Math.min(first.get(category) ?? Number.POSITIVE_INFINITY, n))
  }
  const inOrder = [...first].sort(([, a], [, b]) => a - b)
  return new Map(inOrder.map(([category], place) => [category, place]))
}

// A category of several labels is one of their names together.
function labelNames({ definition: { labels } }: Series): readonly string[] {
  return labels === undefined ? [] : Object.keys(labels).sort()
}
