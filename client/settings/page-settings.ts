// Owns how what the reader chose reaches the page: attributes of the document, which styles and canvases read, and the words.

import type { Kept } from '../kept.ts'
import { speak, words } from '../words/words.ts'
import { rerender } from './rerender.ts'
import { Settings, type System } from './settings.ts'

/** The settings of a page at this address, applied now and whenever they change. Resolves when it may be shown. */
export async function createPageSettings(kept: Kept, address: URLSearchParams): Promise<Settings> {
  const settings = new Settings(kept, systemOf(window), address)
  settings.onChange(() => void apply(settings))
  window.addEventListener('storage', ({ key }) => settings.reread(key))
  await apply(settings)
  return settings
}

async function apply(settings: Settings): Promise<void> {
  const { documentElement, body } = document
  const { dataset } = documentElement
  dataset.theme = settings.theme
  dataset.contrast = settings.contrast
  dataset.patterns = settings.hasPatterns ? 'on' : 'off'
  try {
    await speak(settings.language)
  } catch {
    // The words cannot be had: the page goes on in the language that it has, and says so below.
  }
  documentElement.lang = words().language
  rerender(body)
}

function systemOf(window: Window): System {
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const more = window.matchMedia('(prefers-contrast: more)')
  return {
    get languages() {
      return window.navigator.languages
    },
    get isDark() {
      return dark.matches
    },
    get wantsContrast() {
      return more.matches
    },
    onChange(listener) {
      dark.addEventListener('change', listener)
      more.addEventListener('change', listener)
      window.addEventListener('languagechange', listener)
    },
  }
}
