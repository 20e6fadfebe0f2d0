// Owns the words of the ways in, in both languages: they come when the reader asks how the page is connected.

import type { Way } from '@chartroom/shared/client'
import { words } from './words.ts'

type ByWay = Readonly<Record<Way, string>>

const byEn: ByWay = {
  websocket: 'over WebSocket',
  'event-stream': 'over server-sent events',
  'long-poll': 'by long poll',
  poll: 'by poll',
  tab: 'through another tab of this browser',
}

const againEn = 'Nothing is lost, and WebSocket is tried again every five minutes.'

const en = {
  by: (word: string, way: Way) => `${word} ${byEn[way]}`,
  /** What a way means for who reads and writes. */
  means: {
    websocket: 'Messages come at once, and numbers at their pace.',
    'event-stream': `The network here lets no WebSocket through. ${againEn}`,
    'long-poll': `The network here lets no WebSocket through and holds streams back, so numbers may be a little later. ${againEn}`,
    poll: `The network here lets no answer wait, so the page asks again and again, and numbers and messages may be a little later. ${againEn}`,
    tab: 'All tabs share one connection, which another one holds.',
  } satisfies ByWay,
  meanwhile: 'What happens meanwhile is shown as soon as the connection is there.',
}

const byZh: ByWay = {
  websocket: '通过 WebSocket',
  'event-stream': '通过服务器推送事件',
  'long-poll': '通过长轮询',
  poll: '通过轮询',
  tab: '通过此浏览器的另一个标签页',
}

const againZh = '内容不会丢失，每五分钟会再试一次 WebSocket。'

const zh: typeof en = {
  by: (word, way) => `${word}，${byZh[way]}`,
  means: {
    websocket: '消息立即到达，数值按设定的频率更新。',
    'event-stream': `这里的网络不允许 WebSocket 通过。${againZh}`,
    'long-poll': `这里的网络不允许 WebSocket 通过，也会扣住数据流，所以数值可能稍晚一些。${againZh}`,
    poll: `这里的网络不允许应答等待，页面会反复询问，所以数值和消息可能稍晚一些。${againZh}`,
    tab: '所有标签页共用一个连接，由另一个标签页保持。',
  },
  meanwhile: '期间发生的内容，连接恢复后立即显示。',
}

/** The words of the ways in, in the language of the page. */
export function wayWords(): typeof en {
  return words().language === 'zh' ? zh : en
}
