// Owns what a chart has passed, in words; whether it has is option's.

import { formatChosen, type Locale, type Passed } from '@chartroom/shared/option'
import { words } from '../words/words.ts'

/** What a chart has passed, in words. */
export function passedWords({ threshold, mark }: Passed, unit: string | undefined, locale: Locale): string {
  const { above, below } = words().charts
  const text = (threshold.when === 'below' ? below : above)(formatChosen(threshold.at, unit, locale))
  return mark.name === undefined ? text : `${mark.name} ${text}`
}
