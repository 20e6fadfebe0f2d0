// Owns the English words of the page, and with them which words there are; it chooses nothing.

import type { Kind } from '@chartroom/shared'
import { ageOf, countdownOf, lengthOf, secondsOf } from './span.ts'

// Unbreakable, between a number and its unit: in running text a thin one is too thin.
const gap = '\u00a0'

const units = { second: 's', minute: 'min', hour: 'h', day: 'd' }

const chartKinds: Readonly<Record<Kind, string>> = {
  number: 'number',
  line: 'lines',
  area: 'areas',
  bar: 'bars',
  pie: 'slices',
  gauge: 'gauge',
  table: 'table',
  heat: 'heat map',
}

const ordinalRules = new Intl.PluralRules('en', { type: 'ordinal' })
const ordinals: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' }

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}

/** Every word of the page. Times are texts already; counts and lengths of time (ms) are numbers. */
export const en = {
  language: 'en' as const,

  age: (ms: number) => {
    const { count, unit } = ageOf(ms)
    return `${count}${gap}${units[unit]}`
  },
  length: (ms: number) => {
    const { count, unit } = lengthOf(ms)
    return `${count}${gap}${units[unit]}`
  },
  seconds: (ms: number) => `${secondsOf(ms)}${gap}s`,
  countdown: (ms: number) => `${countdownOf(ms)}${gap}s`,

  connection: {
    label: 'Connection',
    connecting: 'Connecting',
    live: 'Live',
    behind: 'Behind',
    reconnecting: 'Reconnecting',
    offline: 'Offline',
    every: (paceMs: number) => `every ${paceMs / 1_000}${gap}s`,
    pace: 'How often the numbers come',
    slowLink: (lag: string) => `${lag}, this link is slow`,
    inTime: (wait: string) => `in ${wait}`,
    now: 'now',
    numbersOf: (time: string) => `numbers of ${time}`,
  },

  people: {
    here: (count: number) => `${count} here`,
    nobody: 'nobody here',
    more: (count: number) => `and ${count} more`,
    away: (name: string) => `${name} (away)`,
    list: (names: readonly string[]) => names.join(', '),
    writing: (names: readonly string[]) =>
      names.length > 2
        ? `${names.length} people are writing`
        : `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} writing`,
  },

  invite: {
    button: 'Invite',
    heading: (group: string) => `Invite to ${group}`,
    link: 'Link',
    code: 'QR code of the link',
    ways: 'Addresses of this server',
    how: 'Whoever opens it is in the group.',
    onlyHere: 'Only this machine can open this page. To let others in, start Chartroom so:',
    reading: 'Reading how others reach this machine',
    unread: 'How others reach this machine cannot be read now.',
  },

  lobby: {
    heading: 'Groups',
    summary: (groups: number, people: number) =>
      `${plural(groups, 'group', 'groups')}, ${people === 0 ? 'nobody here' : plural(people, 'person', 'people')}`,
    start: 'Start a group',
    startHint: 'A group begins with its first number. Send one, and it is here.',
    none: 'Nobody has sent a number yet.',
    reading: 'Reading the groups',
    unread: 'The groups cannot be read now. The next try is in a few seconds.',
    thisMachine: 'This machine',
  },

  group: {
    back: 'All groups',
    charts: 'Charts',
    badName: (name: string) => `No group can be called “${name}”.`,
    badNameHint: 'A name has 1 to 64 letters, digits, “_”, “-” or “.”, and not only dots.',
  },

  missing: {
    part: 'A part of this page did not come. The server may have a newer one, or cannot be reached.',
    reload: 'Reload',
  },

  tv: {
    group: (at: number, of: number) => `Group ${at} of ${of}`,
    page: (at: number, of: number) => `Page ${at} of ${of}`,
    held: 'Held',
    open: 'Show on a wall',
  },

  // The other words come with what they stand on: settings.ts, keys.ts.
  settings: { heading: 'Settings' },
  keys: { heading: 'Keys' },

  /** What is read aloud: sentences of their own, without the marks that are only seen. */
  spoken: {
    connection: (word: string) => `Connection: ${word}.`,
    messages: (count: number) => `${plural(count, 'new message', 'new messages')}.`,
    change: (chart: string, name: string, value: string, was: string) =>
      `${chart}: ${name === '' ? '' : `${name} `}${value}, was ${was}.`,
  },

  empty: {
    heading: (group: string) => `${group} waits for its first number`,
    ways: 'Ways to send one',
    hint: 'The chart draws itself here.',
    inviteFirst: 'Invite others first:',
    inviteBy: 'link and QR code',
    copy: 'Copy',
    copied: 'Copied',
    notCopied: 'Select it and copy',
  },

  charts: {
    comma: ', ',
    window: 'Time shown',
    last: (length: string) => `Last ${length}`,
    waiting: 'waits for its first number',
    limit: (value: string) => `limit ${value}`,
    target: (value: string) => `target ${value}`,
    above: (value: string) => `above ${value}`,
    below: (value: string) => `below ${value}`,
    lastValue: (age: string) => `last value ${age} ago`,
    within: (time: string) => `in ${time}`,
    noValue: (time: string) => `no value ${time}`,
    others: 'other',
    othersOf: (count: number) => `other (${count})`,
    /** What heads the columns of a table. */
    columns: { name: 'name', value: 'value', share: 'share', least: 'least', greatest: 'greatest' },
    change: (within: string) => `change ${within}`,
    /** How a number was made of several series. */
    whole: { sum: (count: number) => `sum of ${count}`, mean: (count: number) => `mean of ${count}` },
    more: (count: number) => `and ${count} more`,
    drawn: (count: number, all: number) => `${count} of ${all}`,
    tools: 'Show as',
    kinds: chartKinds,
    asGroup: (kind: Kind) => `${chartKinds[kind]}, as the group has it`,
    ago: (age: string) => `${age} ago`,
    forEveryone: 'For everyone',
    onlyMe: 'Only you see it so.',
  },

  legend: {
    label: 'Names',
    hint: (name: string) => `${name}: click to leave out, double click for it alone`,
    more: (count: number) => `${count} more names`,
  },

  zoom: {
    range: (from: string, to: string) => `${from}–${to}`,
    release: 'Let go to zoom in',
    releasePin: 'Let go to pin',
    keys: 'z zooms in, Enter pins',
    pin: 'Pin this range',
    back: 'Back to live',
    shown: (from: string, to: string) => `Showing ${from} to ${to}`,
    paused: 'Paused',
    selecting: 'you are selecting',
  },

  twin: {
    show: 'As a table',
    time: 'time',
    caption: (from: string, to: string) => `${from} to ${to}, newest first`,
  },

  // The other words of arranging come with its tools: arranging.ts.
  arranging: { arrange: 'Arrange', done: 'Done', failed: 'Arranging cannot be loaded now.' },

  pins: {
    list: 'Pins',
    choose: (title: string) => `${title}: arrow keys choose, Enter pins`,
    click: 'Click to pin',
    enter: 'Enter to pin',
    time: 'time',
    share: 'share',
    rank: 'rank',
    label: (author: string, time: string, what: string, text: string) =>
      `${author}, ${time}, ${what}${text === '' ? '' : `: ${text}`}`,
    before: (what: string, value: string) => `${what} ${value} then`,
    several: (count: number) => `${count} pins`,
    /** The name of a chip of pins, which begins with what stands on it. */
    chip: (text: string) => `${text}, pins`,
    was: (name: string) => `was: ${name}`,
    earlier: (count: number) => `${count} earlier`,
    later: (count: number) => `${count} later`,
    deploy: (text: string) => (/^deploy/i.test(text) ? text : `deploy ${text}`),
    looking: (names: string) => `Looking at it: ${names}`,
  },

  logs: {
    heading: 'Logs',
    filter: 'Filter',
    author: 'Author',
    everybody: 'anybody',
    pause: 'Pause',
    goOn: 'Go on',
    none: 'No line has these words.',
    earlier: 'Earlier lines',
    earlierFailed: 'Earlier lines cannot be read now.',
    alert: 'alert',
    again: 'repeated',
    repeated: (count: number, isAll: boolean, time: string) =>
      `repeated ${count === 1 && isAll ? 'once' : `${count}${isAll ? '' : '+'} times`}, last${gap}${time}`,
  },

  search: {
    open: 'Search',
    field: 'Search the conversation',
    close: 'Close the search',
    reading: 'Searching',
    none: 'Nothing found.',
    failed: 'The conversation cannot be searched now.',
    found: (count: number, isAll: boolean) => `${count}${isAll ? '' : '+'} found`,
    earlier: 'Earlier ones',
    log: 'log',
  },

  // The other words of the conversation come with it: conversation.ts.
  conversation: {
    heading: 'Conversation',
    new: (count: number) => `${count} new`,
    newFrom: (count: number) => `${count}+ new`,
    today: 'Today',
    yesterday: 'Yesterday',
    /** The words around the number then and the number now, which are shown as something of their own. */
    thenNow: <T>(before: T, present: T): readonly (T | string)[] => [before, ' then, ', present, ' now'],
    thenGone: <T>(before: T): readonly (T | string)[] => [before, ' then, gone'],
    onlyNow: <T>(present: T): readonly (T | string)[] => [present, ' now'],
    gone: 'gone',
    lowest: 'lowest',
    rank: (rank: number, of: number) => `${rank}${ordinals[ordinalRules.select(rank)] ?? 'th'} of ${of}`,
  },
}

/** The page's words in one language. */
export type Words = Omit<typeof en, 'language'> & { readonly language: 'en' | 'zh' }
