// Owns the English words of the page, and with them which words there are; it chooses nothing.

import type { ErrorCode, Kind } from '@chartroom/shared'
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

// What a server refuses is said in the reader's language where it may happen to a reader.
const refusals: Partial<Record<ErrorCode, string>> = {
  unknown_metric: 'What it points at is gone.',
  closing: 'There is no connection.',
  not_author: 'Only who wrote it may change it.',
  not_holder: 'Only who holds a name may do this.',
  no_such_holder: 'Nobody here holds this name.',
  name_held: 'Somebody else has this name here.',
  not_found: 'It is not there any more.',
  reaction_limit: 'It has all the reactions it may have.',
  text_too_long: 'It is too long.',
  board_limit: 'There are as many charts as there may be.',
  name_missing: 'It needs a name.',
  storage: 'The server cannot store anything now.',
}

const names = new Intl.ListFormat('en')

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

  settings: {
    heading: 'Settings',
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
  },

  /** What is read aloud: sentences of their own, without the marks that are only seen. */
  spoken: {
    connection: (word: string) => `Connection: ${word}.`,
    messages: (count: number) => `${plural(count, 'new message', 'new messages')}.`,
    change: (chart: string, name: string, value: string, was: string) =>
      `${chart}: ${name === '' ? '' : `${name} `}${value}, was ${was}.`,
  },

  keys: {
    heading: 'Keys',
    close: 'Close',
    places: {
      page: 'Everywhere',
      chart: 'On a chart',
      tools: 'On the kinds of a chart',
      names: 'On the names of a chart',
      arranging: 'Arranging',
      composer: 'Writing a message',
      conversation: 'In the conversation',
      search: 'In the search',
      wall: 'On a wall (?tv)',
    },
    what: {
      keys: 'show the keys',
      search: 'search the conversation',
      write: 'write a message',
      next: 'to the next control',
      back: 'close what is open',
      walk: 'from value to value',
      stride: 'ten values at once',
      chartEnds: 'to the first and the last value',
      range: 'choose a range of time',
      pin: 'pin a message to the value or range',
      zoom: 'zoom into the range',
      present: 'back to live',
      table: 'show the chart as a table, and back',
      kinds: 'from kind to kind',
      names: 'from name to name',
      leaveOut: 'leave it out, or show it again',
      alone: 'show it alone',
      moveChart: 'move the chart',
      sizeChart: 'make it larger or smaller',
      openChart: 'open what it says of itself',
      removeChart: 'remove it',
      duplicate: 'put one like it behind it',
      undo: 'undo',
      redo: 'do it again',
      leaveArranging: 'put a dragged chart back, or leave arranging',
      send: 'send',
      line: 'new line',
      editLast: 'change my last message, while the field is empty',
      cancel: 'take the pin away, or stop changing',
      messages: 'from message to message',
      ends: 'to the first and the last message',
      tools: 'react, reply, change',
      found: 'from result to result',
      goTo: 'go to the message',
      turn: 'turn the page',
      hold: 'hold the page, and go on',
      leaveWall: 'leave the wall',
    },
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

  conversation: {
    heading: 'Conversation',
    write: (group: string) => `Write to ${group}`,
    writeOrPin: (group: string, isTouch: boolean) =>
      `Write to ${group}, or ${isTouch ? 'tap' : 'click'} a chart to pin`,
    send: 'Send',
    otherName: (asked: string, name: string) => `Somebody else is ${asked} here. You are ${name}.`,
    newLine: 'new line',
    quiet: 'Nobody has said anything yet.',
    anew: (time: string) => `The server began anew at ${time}. What was said before is gone.`,
    earlier: 'Earlier messages',
    earlierFailed: 'Earlier messages cannot be read now.',
    again: 'Again',
    delete: 'Delete',
    sending: 'sending',
    notSentYet: 'Not sent yet. It goes when the connection is back.',
    notSent: 'Not sent.',
    refusals,
    lost: 'The server began anew and no longer has it.',
    new: (count: number) => `${count} new`,
    newFrom: (count: number) => `${count}+ new`,
    toEnd: (count: number) => `${count} new, go to the end`,
    today: 'Today',
    yesterday: 'Yesterday',
    edited: 'edited',
    retracted: 'taken back',
    tools: 'Message',
    react: 'React',
    anyReaction: 'Any other emoji',
    reply: 'Reply',
    edit: 'Edit',
    takeBack: 'Take back',
    takeBackAsk: 'Take back?',
    /** What a line that no person wrote is, for who does not see its sign. */
    events: { deploy: 'Deploy:', alert: 'Alert:' },
    yes: 'Yes',
    no: 'No',
    names: (list: readonly string[]) => names.format(list),
    /** A reaction as it is read aloud. */
    reaction: (reaction: string, list: readonly string[]) => `${reaction} ${list.length}, ${names.format(list)}`,
    notSaved: 'Not saved.',
    discard: 'Discard',
    editing: 'Editing',
    replying: 'Reply to',
    cancel: 'Cancel',
    save: 'Save',
    earlierMessage: 'an earlier message',
    goToOriginal: 'Go to the message',
    /** The words around the number then and the number now, which are shown as something of their own. */
    thenNow: <T>(before: T, present: T): readonly (T | string)[] => [before, ' then, ', present, ' now'],
    thenGone: <T>(before: T): readonly (T | string)[] => [before, ' then, gone'],
    onlyNow: <T>(present: T): readonly (T | string)[] => [present, ' now'],
    gone: 'gone',
    lowest: 'lowest',
    rank: (rank: number, of: number) => `${rank}${ordinals[ordinalRules.select(rank)] ?? 'th'} of ${of}`,
    unpin: 'Remove the pin',
    notHeld: 'name not held',
    left: (count: number) => (count >= 0 ? `${count} left` : `${-count} too many`),
    tooLong: (most: number) => `A message has at most ${most} characters.`,
    name: 'Your name',
    nameWhy: 'The others see it beside what you write.',
    nameMissing: 'Write a name first.',
    nameTooLong: (most: number) => `A name has at most ${most} characters, on one line.`,
  },
}

/** The page's words in one language. */
export type Words = Omit<typeof en, 'language'> & { readonly language: 'en' | 'zh' }
