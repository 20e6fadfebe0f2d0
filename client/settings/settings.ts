// Owns what the reader chooses about the page, and what then holds; how it is shown and applied is its neighbours'.

import type { Contrast, Theme } from '@chartroom/shared/option'
import type { Kept } from '../kept.ts'
import { type Language, languageFor } from '../words/words.ts'

/** What there is to choose, and from what; the first is what holds where nobody chose. */
export const choices = {
  language: ['system', 'en', 'zh'],
  theme: ['system', 'light', 'dark'],
  contrast: ['system', 'high'],
  patterns: ['off', 'on'],
  news: ['off', 'on'],
} as const

export type Setting = keyof typeof choices
export type Choice<S extends Setting = Setting> = (typeof choices)[S][number]

/** What the browser and the system beneath say, of which the reader may choose otherwise. */
export interface System {
  /** BCP 47, best first. */
  readonly languages: readonly string[]
  readonly isDark: boolean
  readonly wantsContrast: boolean
  /** Calls the listener when either of them changes. */
  onChange(listener: () => void): void
}

/** The reader's choices in this browser. What the address says (`?theme=dark&lang=zh`) goes before them, and is not kept. */
export class Settings {
  readonly #kept: Kept
  readonly #system: System
  readonly #address: Map<Setting, string>
  readonly #listeners = new Set<() => void>()

  constructor(kept: Kept, system: System, address: URLSearchParams) {
    this.#kept = kept
    this.#system = system
    this.#address = new Map(settings.map((setting) => [setting, address.get(inAddress(setting)) ?? '']))
    system.onChange(() => this.#tell())
  }

  /** What is chosen. */
  read<S extends Setting>(setting: S): Choice<S> {
    const said: readonly (string | undefined)[] = [this.#address.get(setting), this.#kept.read(keyOf(setting))]
    const all: readonly Choice<S>[] = choices[setting]
    return all.find((choice) => choice === said[0]) ?? all.find((choice) => choice === said[1]) ?? choices[setting][0]
  }

  /** Keeps a choice; from now on it holds, whatever the address says. */
  choose(setting: Setting, choice: string): void {
    this.#address.delete(setting)
    this.#kept.write(keyOf(setting), choice)
    this.#tell()
  }

  /** Another tab kept something under this key; `null`: it forgot everything. */
  reread(key: string | null): void {
    const changed = settings.map(keyOf).filter((one) => key === null || one === key)
    for (const one of changed) this.#kept.reread(one)
    if (changed.length > 0) this.#tell()
  }

  get language(): Language {
    const choice = this.read('language')
    return choice === 'system' ? languageFor(this.#system.languages) : choice
  }

  get theme(): Theme {
    const choice = this.read('theme')
    if (choice !== 'system') return choice
    return this.#system.isDark ? 'dark' : 'light'
  }

  get contrast(): Contrast {
    return this.read('contrast') === 'high' || this.#system.wantsContrast ? 'high' : 'usual'
  }

  /** Whether marks have patterns; in high contrast they always do. */
  get hasPatterns(): boolean {
    return this.read('patterns') === 'on' || this.contrast === 'high'
  }

  /** Whether the page says aloud what changed. */
  get speaks(): boolean {
    return this.read('news') === 'on'
  }

  /** Calls the listener when something else holds. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}

const settings: readonly Setting[] = ['language', 'theme', 'contrast', 'patterns', 'news']

function inAddress(setting: Setting): string {
  return setting === 'language' ? 'lang' : setting
}

function keyOf(setting: Setting): string {
  return `chartroom.${setting}`
}
