// Owns how the change of a value is written: points for a share, per cent of what it was for anything else.

import { formatChange, formatPoints, type Locale } from '@chartroom/shared/option'

/** A change as option's `changeOf` has it. */
export function changeText(change: number, unit: string | undefined, locale: Locale): string {
  return unit === '%' ? formatPoints(change, locale) : formatChange(change)
}
