// Owns the words for how one number was made of several series.

import type { Whole } from '@chartroom/shared/option'
import { words } from '../words/words.ts'

/** What stands beside a number of several series: "mean of 5". */
export function wholeWords({ as, count }: Whole): string {
  return words().charts.whole[as](count)
}
