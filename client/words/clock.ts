// Owns how a moment is written: the time of day and the day itself, in the reader's time zone.

import { words } from './words.ts'

const day = { en: dayFormat('en-GB'), zh: dayFormat('zh-CN') }
const minute = timeFormat({ hour: '2-digit', minute: '2-digit' })
const second = timeFormat({ hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** 14:03, of a Unix time in ms. */
export function timeOfDay(time: number): string {
  return minute.format(time)
}

/** 14:03:07, of a Unix time in ms. */
export function exactTimeOfDay(time: number): string {
  return second.format(time)
}

/** Today, Yesterday, or the day with its weekday, of a Unix time in ms seen from another. */
export function dayOf(time: number, now: number): string {
  const { conversation, language } = words()
  const days = Math.round((midnightOf(now) - midnightOf(time)) / 86_400_000)
  if (days === 0) return conversation.today
  if (days === 1) return conversation.yesterday
  return (language === 'zh' ? day.zh : day.en).format(time)
}

/** The beginning of the reader's day in which a Unix time (ms) falls. */
export function midnightOf(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0)
}

function timeFormat(parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', { ...parts, hourCycle: 'h23' })
}

function dayFormat(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' })
}
