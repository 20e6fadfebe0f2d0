// Owns which language the tools of arranging speak: that of the page. They bring their words along, in both.

import { type ArrangingWords, arrangingEn } from './arranging-en.ts'
import { arrangingZh } from './arranging-zh.ts'
import { words } from './words.ts'

/** The words of arranging. */
export function arrangingWords(): ArrangingWords {
  return words().language === 'zh' ? arrangingZh : arrangingEn
}
