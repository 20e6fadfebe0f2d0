// Owns the words of direct messages, in both languages: they come with the conversation, and the lobby is shown without.

import { words } from './words.ts'

const gap = '\u00a0'
const names = new Intl.ListFormat('en')

const en = {
  heading: 'Direct messages',
  open: (unread: number) => (unread === 0 ? 'Direct messages' : `Direct messages, ${unread} new`),
  back: (unread: number) => (unread === 0 ? 'Back to the conversation' : `Back to the conversation, ${unread} new`),
  new: (count: number) => `${count} new direct ${count === 1 ? 'message' : 'messages'}`,
  quiet: 'Nobody has written to you here. What stands here only you and the others who are named can read.',
  to: 'To',
  recipients: 'For whom it is',
  toWhom: (list: readonly string[]) => `to ${names.format(list)}`,
  you: 'you',
  add: 'Add somebody',
  choose: 'Choose whom',
  nobody: 'Nobody else is here. Write "/to name text".',
  remove: (name: string) => `Not to ${name}`,
  write: (list: readonly string[]) => (list.length === 0 ? 'Write to somebody' : `Write to ${names.format(list)}`),
}

const zh: typeof en = {
  heading: '私信',
  open: (unread) => (unread === 0 ? '私信' : `私信，${unread}${gap}条新消息`),
  back: (unread) => (unread === 0 ? '回到对话' : `回到对话，${unread}${gap}条新消息`),
  new: (count) => `${count}${gap}条新私信`,
  quiet: '还没有人给你写私信。这里的内容只有你和写明的收件人能看到。',
  to: '发给',
  recipients: '发给谁',
  toWhom: (list) => `发给 ${list.join('、')}`,
  you: '你',
  add: '添加收件人',
  choose: '选择收件人',
  nobody: '这里没有别人。可以输入“/to 名字 内容”。',
  remove: (name) => `不发给 ${name}`,
  write: (list) => (list.length === 0 ? '写私信' : `发给 ${list.join('、')}`),
}

/** The words of direct messages, in the language of the page. */
export function directWords(): typeof en {
  return words().language === 'zh' ? zh : en
}
