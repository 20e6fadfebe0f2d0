// Owns the words of a page that cannot keep the pace of its reader, in both languages: they come when it cannot.

import { words } from './words.ts'

const en = {
  word: 'Slower',
  rest: (every: string) => `${every}, this device is busy`,
  chosen: 'you chose',
  why: (every: string) =>
    `Drawing these charts takes this device so long that their numbers come ${every}. Your pace comes back as soon as it can be kept. Messages come at once.`,
}

const zh: typeof en = {
  word: '放慢',
  rest: (every) => `${every}，此设备繁忙`,
  chosen: '你选择了',
  why: (every) =>
    `此设备绘制这些图表耗时较长，数值改为${every}更新。一旦能够跟上，就会恢复你选择的频率。消息仍立即到达。`,
}

/** The words of a page that shows numbers more slowly than its reader wants, in the language of the page. */
export function slowerWords(): typeof en {
  return words().language === 'zh' ? zh : en
}
