// Owns the words of the settings, in both languages: they come when the settings are opened.

import { words } from './words.ts'

const en = {
  labels: {
    language: 'Language',
    theme: 'Theme',
    contrast: 'Contrast',
    patterns: 'Patterns on charts',
    news: 'Spoken news',
  },
  names: {
    // Each language by its own name: whoever seeks theirs cannot read the others.
    language: { system: 'As the browser says', en: 'English', zh: '中文' },
    theme: { system: 'As the system says', light: 'Light', dark: 'Dark' },
    contrast: { system: 'As the system says', high: 'High' },
    patterns: { off: 'Off', on: 'On' },
    news: { off: 'Off', on: 'On' },
  },
  hints: {
    patterns: 'Tells bars, slices and areas apart without colour. Always on in high contrast.',
    news: 'A screen reader says what changed, at most every 10 seconds.',
  },
}

const zh: typeof en = {
  labels: {
    language: '语言',
    theme: '主题',
    contrast: '对比度',
    patterns: '图表花纹',
    news: '语音播报',
  },
  names: {
    language: { system: '跟随浏览器', en: 'English', zh: '中文' },
    theme: { system: '跟随系统', light: '浅色', dark: '深色' },
    contrast: { system: '跟随系统', high: '高' },
    patterns: { off: '关', on: '开' },
    news: { off: '关', on: '开' },
  },
  hints: {
    patterns: '不靠颜色也能分清条形、扇区和面积。高对比度时始终开启。',
    news: '屏幕阅读器读出变化，最多每 10 秒一次。',
  },
}

/** What there is to choose, in the language of the page. */
export function settingsWords(): typeof en {
  return words().language === 'zh' ? zh : en
}
