// Owns the Chinese words of the page; which there are is said by the English ones.

import type { Kind } from '@chartroom/shared'
import type { Words } from './en.ts'
import { ageOf, countdownOf, lengthOf, secondsOf } from './span.ts'

// Unbreakable, between a number and its unit: in running text a thin one is too thin.
const gap = '\u00a0'

const units = { second: '秒', minute: '分钟', hour: '小时', day: '天' }

const chartKinds: Readonly<Record<Kind, string>> = {
  number: '数字',
  line: '折线',
  area: '面积',
  bar: '条形',
  pie: '占比',
  gauge: '仪表',
  table: '表格',
  heat: '热图',
}

/** Every word of the page, in simplified Chinese. */
export const zh: Words = {
  language: 'zh',

  age: (ms) => {
    const { count, unit } = ageOf(ms)
    return `${count}${gap}${units[unit]}`
  },
  length: (ms) => {
    const { count, unit } = lengthOf(ms)
    return `${count}${gap}${units[unit]}`
  },
  seconds: (ms) => `${secondsOf(ms)}${gap}秒`,
  countdown: (ms) => `${countdownOf(ms)}${gap}秒`,

  connection: {
    label: '连接',
    connecting: '正在连接',
    live: '实时',
    behind: '滞后',
    reconnecting: '正在重连',
    offline: '离线',
    pace: '数值更新的频率',
    every: (paceMs) => `每${gap}${paceMs / 1_000}${gap}秒`,
    slowLink: (lag) => `${lag}，此连接较慢`,
    inTime: (wait) => `${wait}后`,
    now: '立即',
    numbersOf: (time) => `${time}${gap}的数值`,
  },

  people: {
    here: (count) => `${count}${gap}人在线`,
    nobody: '无人在线',
    more: (count) => `另有${gap}${count}${gap}人`,
    away: (name) => `${name}（离开）`,
    list: (names) => names.join('、'),
    writing: (names) => `${names.length > 2 ? `${names.length}${gap}人` : names.join('、')} 正在输入`,
  },

  invite: {
    button: '邀请',
    heading: (group) => `邀请加入 ${group}`,
    link: '链接',
    code: '链接的二维码',
    ways: '服务器地址',
    how: '打开链接即加入群组。',
    onlyHere: '此页面只能在本机打开。要让别人加入，请这样启动：',
    reading: '正在读取本机地址',
    unread: '现在读不到本机地址。',
  },

  lobby: {
    heading: '群组',
    summary: (groups, people) => `${groups}${gap}个群组，${people === 0 ? '无人在线' : `${people}${gap}人`}`,
    start: '新建群组',
    startHint: '发送第一个数值，群组就出现在这里。',
    none: '还没有人发送数值。',
    reading: '正在读取群组',
    unread: '现在读不到群组，几秒后重试。',
    thisMachine: '本机',
  },

  group: {
    back: '所有群组',
    charts: '图表',
    badName: (name) => `群组不能叫“${name}”。`,
    badNameHint: '名称由 1 到 64 个字母、文字、数字或“_”“-”“.”组成，不能只有点。',
  },

  missing: {
    part: '页面的一部分没有加载成功。服务器上可能已有新版本，或者暂时无法连接。',
    reload: '重新加载',
  },

  tv: {
    group: (at, of) => `第${gap}${at}${gap}组，共${gap}${of}${gap}组`,
    page: (at, of) => `第${gap}${at}${gap}页，共${gap}${of}${gap}页`,
    held: '已停住',
    open: '大屏显示',
  },

  settings: { heading: '设置' },
  keys: { heading: '按键' },

  spoken: {
    connection: (word) => `连接：${word}。`,
    messages: (count) => `${count}${gap}条新消息。`,
    change: (chart, name, value, was) => `${chart}：${name === '' ? '' : `${name} `}${value}，之前${gap}${was}。`,
  },

  empty: {
    heading: (group) => `${group} 等待第一个数值`,
    ways: '发送方式',
    hint: '图表会自动出现在这里。',
    inviteFirst: '先邀请别人：',
    inviteBy: '链接和二维码',
    copy: '复制',
    copied: '已复制',
    notCopied: '请选中后复制',
  },

  charts: {
    comma: '，',
    window: '显示的时间',
    last: (length) => `最近${gap}${length}`,
    waiting: '等待第一个数值',
    limit: (value: string) => `限值 ${value}`,
    target: (value: string) => `目标 ${value}`,
    above: (value: string) => `高于 ${value}`,
    below: (value: string) => `低于 ${value}`,
    lastValue: (age) => `${age}前的值`,
    within: (time) => `${time}内`,
    noValue: (time) => `${time}无数值`,
    others: '其他',
    othersOf: (count) => `其他（${count}）`,
    columns: { name: '名称', value: '当前值', share: '占比', least: '最小', greatest: '最大' },
    change: (within) => `${within}变化`,
    whole: { sum: (count) => `${count} 项之和`, mean: (count) => `${count} 项平均` },
    more: (count) => `另有${gap}${count}${gap}项`,
    drawn: (count, all) => `${all}${gap}项中的${gap}${count}${gap}项`,
    tools: '显示为',
    kinds: chartKinds,
    asGroup: (kind) => `${chartKinds[kind]}，与群组一致`,
    ago: (age) => `${age}前`,
    forEveryone: '让所有人都这样看',
    onlyMe: '只有你这样看。',
  },

  legend: {
    label: '名称',
    hint: (name) => `${name}：点击隐藏，双击只看它`,
    more: (count) => `另有${gap}${count}${gap}个名称`,
  },

  zoom: {
    range: (from, to) => `${from}–${to}`,
    release: '松开即放大',
    releasePin: '松开即固定',
    keys: 'z 放大，Enter 固定',
    pin: '固定此时段',
    back: '回到实时',
    shown: (from, to) => `正在显示${gap}${from}${gap}至${gap}${to}`,
    paused: '已暂停',
    selecting: '正在选择',
  },

  twin: {
    show: '以表格显示',
    time: '时间',
    caption: (from, to) => `${from}${gap}至${gap}${to}，最新在前`,
  },

  // The other words of arranging come with its tools: arranging.ts.
  arranging: { arrange: '排列', done: '完成', failed: '现在无法载入排列功能。' },

  pins: {
    list: '图钉',
    choose: (title) => `${title}：方向键选择，Enter 固定`,
    click: '点击固定',
    enter: '按 Enter 固定',
    time: '时间',
    share: '占比',
    rank: '名次',
    label: (author, time, what, text) => `${author}，${time}，${what}${text === '' ? '' : `：${text}`}`,
    before: (what, value) => `${what} 当时 ${value}`,
    several: (count) => `${count}${gap}个图钉`,
    chip: (text) => `${text}图钉`,
    was: (name) => `原为：${name}`,
    earlier: (count) => `更早${gap}${count}${gap}个`,
    later: (count) => `更晚${gap}${count}${gap}个`,
    deploy: (text) => (/^(deploy|部署)/i.test(text) ? text : `部署 ${text}`),
    looking: (names) => `正在看：${names}`,
  },

  logs: {
    heading: '日志',
    filter: '筛选',
    author: '作者',
    everybody: '所有人',
    pause: '暂停',
    goOn: '继续',
    none: '没有含这些词的行。',
    earlier: '更早的行',
    earlierFailed: '现在读不到更早的行。',
    alert: '告警',
    again: '重复',
    repeated: (count, isAll, time) => `重复${gap}${count}${gap}次${isAll ? '' : '以上'}，最近${gap}${time}`,
  },

  search: {
    open: '搜索',
    field: '搜索对话',
    close: '关闭搜索',
    reading: '正在搜索',
    none: '没有找到。',
    failed: '现在无法搜索对话。',
    found: (count, isAll) => `找到${gap}${count}${isAll ? '' : '+'}${gap}条`,
    earlier: '更早的结果',
    log: '日志',
  },

  conversation: {
    heading: '对话',
    new: (count) => `${count}${gap}条新消息`,
    newFrom: (count) => `超过${gap}${count}${gap}条新消息`,
    today: '今天',
    yesterday: '昨天',
    thenNow: (before, present) => ['当时 ', before, '，现在 ', present],
    thenGone: (before) => ['当时 ', before, '，已消失'],
    onlyNow: (present) => ['现在 ', present],
    gone: '已消失',
    lowest: '最低',
    rank: (rank, of) => `${of}${gap}项中第${gap}${rank}`,
  },
}
