import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'

const script = readFileSync(new URL('../../../client/public/look.js', import.meta.url), 'utf8')

function lookAt(search: string, kept: Readonly<Record<string, string>> | undefined): Record<string, string> {
  const dataset: Record<string, string> = {}
  const localStorage = {
    getItem(key: string) {
      if (kept === undefined) throw new Error('storage is off')
      return kept[key] ?? null
    },
  }
  runInNewContext(script, {
    document: { documentElement: { dataset } },
    location: { search },
    localStorage,
    URLSearchParams,
  })
  return dataset
}

const dark = { 'chartroom.theme': 'dark', 'chartroom.contrast': 'high' }

it.each([
  ['is left to the system where nobody chose', '', {}, {}],
  ['is what was chosen', '', dark, { theme: 'dark', contrast: 'high' }],
  ['is what the address says before that', '?theme=light', dark, { theme: 'light', contrast: 'high' }],
  ['is dark on a wall', '?tv', {}, { theme: 'dark' }],
  ['is no word that it does not know', '?theme=pink', {}, {}],
  ['is left to the system where nothing can be kept', '', undefined, {}],
] as const)('the look before the first paint %s', (_, search, kept, expected) => {
  expect(lookAt(search, kept)).toEqual(expected)
})
