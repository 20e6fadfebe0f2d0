import { describe, expect, it, vi } from 'vitest'
import { Kept } from '../../../client/kept.ts'
import { choices, Settings, type System } from '../../../client/settings/settings.ts'

/** A browser on a system that can be changed. */
class FakeSystem implements System {
  languages: readonly string[] = ['en']
  isDark = false
  wantsContrast = false
  #tell: () => void = () => {}

  onChange(listener: () => void): void {
    this.#tell = listener
  }

  change(to: Partial<Pick<System, 'languages' | 'isDark' | 'wantsContrast'>>): void {
    Object.assign(this, to)
    this.#tell()
  }
}

function keptNowhere(): Kept {
  return new Kept(() => {
    throw new Error('no storage')
  })
}

function settingsOf({ kept = keptNowhere(), system = new FakeSystem(), address = '' } = {}) {
  return { kept, system, settings: new Settings(kept, system, new URLSearchParams(address)) }
}

describe('the settings', () => {
  it('are what the browser and its system say, and nothing beside it, where nobody chose', () => {
    const { system, settings } = settingsOf()
    expect(settings).toMatchObject({
      language: 'en',
      theme: 'light',
      contrast: 'usual',
      hasPatterns: false,
      speaks: false,
    })
    system.change({ languages: ['zh-CN'], isDark: true, wantsContrast: true })
    expect(settings).toMatchObject({
      language: 'zh',
      theme: 'dark',
      contrast: 'high',
      hasPatterns: true,
      speaks: false,
    })
  })

  it('follow what another tab of the browser chose', () => {
    const storage = new Map<string, string>()
    const open = () => ({
      getItem: (key: string) => storage.get(key) ?? null,
      setItem: (key: string, text: string) => void storage.set(key, text),
      removeItem: (key: string) => void storage.delete(key),
      key: () => null,
      length: 0,
    })
    const [here, there] = [settingsOf({ kept: new Kept(open) }), settingsOf({ kept: new Kept(open) })]
    here.settings.choose('theme', 'light')
    const handleChange = vi.fn()
    here.settings.onChange(handleChange)
    there.settings.choose('theme', 'dark')
    here.settings.reread('chartroom.name')
    expect(handleChange).not.toHaveBeenCalled()
    here.settings.reread('chartroom.theme')
    expect(handleChange).toHaveBeenCalledOnce()
    expect(here.settings.theme).toBe('dark')
    storage.clear()
    here.settings.reread(null)
    expect(here.settings.theme).toBe('light')
  })

  it('are what was chosen, whatever the system says, and in the next visit too', () => {
    const { kept, settings } = settingsOf()
    settings.choose('language', 'zh')
    settings.choose('theme', 'dark')
    settings.choose('patterns', 'on')
    settings.choose('news', 'on')
    const chosen = { language: 'zh', theme: 'dark', contrast: 'usual', hasPatterns: true, speaks: true }
    expect(settings).toMatchObject(chosen)
    expect(settingsOf({ kept }).settings).toMatchObject(chosen)
  })

  it('follow the system again when that is chosen', () => {
    const { system, settings } = settingsOf()
    settings.choose('theme', 'dark')
    settings.choose('theme', 'system')
    expect(settings.theme).toBe('light')
    system.change({ isDark: true })
    expect(settings.theme).toBe('dark')
  })

  it('put patterns on in high contrast, whatever was chosen of them', () => {
    const { settings } = settingsOf()
    settings.choose('patterns', 'off')
    settings.choose('contrast', 'high')
    expect(settings.hasPatterns).toBe(true)
    expect(settings.read('patterns')).toBe('off')
  })

  it('tell who listens of every change, until they listen no more', () => {
    const { system, settings } = settingsOf()
    const listener = vi.fn()
    const undo = settings.onChange(listener)
    settings.choose('theme', 'dark')
    system.change({ isDark: true })
    expect(listener).toHaveBeenCalledTimes(2)
    undo()
    settings.choose('theme', 'light')
    expect(listener).toHaveBeenCalledTimes(2)
  })

  it.each(Object.keys(choices))('take a kept %s that they do not know for none', (setting) => {
    const kept = keptNowhere()
    kept.write(`chartroom.${setting}`, 'toString')
    expect(settingsOf({ kept }).settings).toMatchObject({
      language: 'en',
      theme: 'light',
      contrast: 'usual',
      speaks: false,
    })
  })
})

describe('what the address says', () => {
  it('goes before what is kept, and is not kept', () => {
    const kept = keptNowhere()
    kept.write('chartroom.theme', 'light')
    const { settings } = settingsOf({ kept, address: '?theme=dark&lang=zh' })
    expect(settings).toMatchObject({ language: 'zh', theme: 'dark' })
    expect(settings.read('theme')).toBe('dark')
    expect(settingsOf({ kept }).settings).toMatchObject({ language: 'en', theme: 'light' })
  })

  it('is passed over where it means nothing', () => {
    const kept = keptNowhere()
    kept.write('chartroom.theme', 'dark')
    expect(settingsOf({ kept, address: '?theme=pink&lang=tlh' }).settings).toMatchObject({
      language: 'en',
      theme: 'dark',
    })
  })

  it('gives way to what the reader chooses now', () => {
    const { settings } = settingsOf({ address: '?theme=dark' })
    settings.choose('theme', 'light')
    expect(settings.theme).toBe('light')
  })
})
