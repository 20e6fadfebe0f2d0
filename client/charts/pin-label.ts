// Owns what a pin on a chart says to who cannot see it: author, time, what it points at with its number then, and the text.

import { formatQuantity } from '@chartroom/shared/option'
import { timeOfDay } from '../words/clock.ts'
import { words } from '../words/words.ts'
import type { Pinned } from './pin-log.ts'

/** The name of a pin: "Ana, 14:03, Shirts 5 then: why?". */
export function pinLabel({ author, time, text, pin }: Pinned, title: string, unit: string | undefined): string {
  const { pins, language } = words()
  const value = formatQuantity(pin.evidence.value, unit, language).text
  return pins.label(author, timeOfDay(time), pins.before(pin.category ?? title, value), text)
}
