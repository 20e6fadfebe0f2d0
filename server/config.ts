// Owns what a start may say: flags and environment become a Config, or all that is wrong with them. It reads nothing.

import { isIP } from 'node:net'
import { type Environment, helpLines, readFlags, type Said, type Setting, whyNotYesOrNo } from './flags.ts'
import { type LogLevel, logLevels } from './log.ts'

/** How this process serves. */
export interface Config {
  /** The TCP port; 0 takes a free one. */
  readonly port: number
  /** The address or name to listen on. */
  readonly host: string
  /** Whether others on the network are meant to come. */
  readonly share: boolean
  /** Where groups are kept: a directory, or `:memory:` for nowhere. */
  readonly data: string
  /** Whether a new epoch begins in any case: the data was restored from a backup. */
  readonly newEpoch: boolean
  /** How long samples are kept: as they came, in buckets of 10 s and of 1 min (ms); and how many logs of each group. */
  readonly keep: { readonly rawMs: number; readonly tensMs: number; readonly minutesMs: number; readonly logs: number }
  /** Origins besides our own that may write: `https://a.example`, `https://a.example:*`, `null`. */
  readonly origins: readonly string[]
  /** Host names and addresses besides this machine's own. */
  readonly allowedHosts: readonly string[]
  /** Whether this machine's own numbers go into the group `host`. */
  readonly hostSource: boolean
  /** The folder of the files whose boards are put; undefined: none is. */
  readonly boards: string | undefined
  /** The least level that is logged. */
  readonly logLevel: LogLevel
}

/** What a start asks for. A fault is a line that names the flag or variable, its value, and why it is wrong. */
export type ConfigReading =
  | { readonly type: 'run'; readonly config: Config }
  | { readonly type: 'help'; readonly text: string }
  | { readonly type: 'version' }
  | { readonly type: 'wrong'; readonly faults: readonly string[] }

const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
// A page of logs shows a hundred; a million rows are some hundred megabytes a group.
const minLogs = 100
const maxLogs = 1_000_000
const unitsMs: Readonly<Record<string, number>> = { s: secondMs, m: minuteMs, h: hourMs, d: dayMs }

const settings = {
  port: {
    flag: '--port',
    variable: 'CHARTROOM_PORT',
    value: '<number>',
    standard: '3000',
    help: 'the port to listen on; 0 takes a free one',
    whyNot: whyNoPort,
  },
  host: {
    flag: '--host',
    variable: 'CHARTROOM_HOST',
    value: '<address>',
    standard: '127.0.0.1',
    help: 'the address to listen on',
    whyNot: whyNoHost,
  },
  share: {
    flag: '--share',
    variable: 'CHARTROOM_SHARE',
    sets: 'yes',
    standard: 'no',
    help: 'let others in: listen on the network, at 0.0.0.0',
    whyNot: whyNotYesOrNo,
  },
  data: {
    flag: '--data',
    variable: 'CHARTROOM_DATA',
    value: '<directory>',
    standard: './data',
    help: 'where groups are kept; :memory: keeps nothing',
    whyNot: () => undefined,
  },
  newEpoch: {
    flag: '--new-epoch',
    sets: 'yes',
    standard: 'no',
    help: 'for this start: the data came from a backup',
    whyNot: whyNotYesOrNo,
  },
  keepRaw: {
    flag: '--keep-raw',
    variable: 'CHARTROOM_KEEP_RAW',
    value: '<time>',
    standard: '15m',
    help: 'how long samples are kept as they came',
    whyNot: whyNoTime(minuteMs, '1m', dayMs, '1d'),
  },
  keepTens: {
    flag: '--keep-10s',
    variable: 'CHARTROOM_KEEP_10S',
    value: '<time>',
    standard: '24h',
    help: 'how long in buckets of 10 s; units: s, m, h, d',
    whyNot: whyNoTime(hourMs, '1h', 90 * dayMs, '90d'),
  },
  keepMinutes: {
    flag: '--keep-1min',
    variable: 'CHARTROOM_KEEP_1MIN',
    value: '<time>',
    standard: '30d',
    help: 'how long in buckets of 1 min',
    whyNot: whyNoTime(dayMs, '1d', 3_650 * dayMs, '3650d'),
  },
  keepLogs: {
    flag: '--keep-logs',
    variable: 'CHARTROOM_KEEP_LOGS',
    value: '<number>',
    standard: '10000',
    help: 'how many logs each group keeps; talk is all kept',
    whyNot: whyNoLogs,
  },
  origins: {
    flag: '--origin',
    variable: 'CHARTROOM_ORIGIN',
    value: '<origin>',
    standard: 'none',
    isList: true,
    help: 'pages from there may write too; may be repeated',
    whyNot: whyNoOrigin,
  },
  allowedHosts: {
    flag: '--allow-host',
    variable: 'CHARTROOM_ALLOW_HOST',
    value: '<name>',
    standard: 'none',
    isList: true,
    help: 'another name of this server; may be repeated',
    whyNot: whyNoHost,
  },
  hostSource: {
    flag: '--no-host-source',
    variable: 'CHARTROOM_HOST_SOURCE',
    sets: 'no',
    standard: 'yes',
    help: "leave this machine's own numbers out",
    whyNot: whyNotYesOrNo,
  },
  boards: {
    flag: '--boards',
    variable: 'CHARTROOM_BOARDS',
    value: '<directory>',
    standard: 'none',
    help: 'boards from its files <group>.json, as they change',
    whyNot: () => undefined,
  },
  logLevel: {
    flag: '--log-level',
    variable: 'CHARTROOM_LOG_LEVEL',
    value: '<level>',
    standard: 'info',
    help: `the least that is logged: ${logLevels.join(', ')}`,
    whyNot: whyNoLevel,
  },
} as const satisfies Record<string, Setting>

/** Where the data is, for the commands that look for it. */
export const dataSetting: Setting = {
  ...settings.data,
  help: 'where the groups are kept',
  whyNot: (text) => (text === ':memory:' ? 'keeps nothing, so there is nothing to find' : undefined),
}

const all: readonly Setting[] = Object.values(settings)

/** Reads flags (without the program's name) and variables; a flag wins over its variable, a list over the whole list. */
export function readConfig(args: readonly string[], env: Environment): ConfigReading {
  if (args.includes('--help') || args.includes('-h')) return { type: 'help', text: help() }
  if (args.includes('--version')) return { type: 'version' }
  const said = readFlags({ settings: all, wordFault }, args, env)
  return said.faults.length > 0 ? { type: 'wrong', faults: said.faults } : { type: 'run', config: configOf(said) }
}

function configOf({ textOf, listOf, isOn }: Said): Config {
  const share = isOn(settings.share)
  const [named] = listOf(settings.host).slice(-1)
  return {
    port: Number(textOf(settings.port)),
    host: named ?? (share ? '0.0.0.0' : settings.host.standard),
    share,
    data: textOf(settings.data),
    newEpoch: isOn(settings.newEpoch),
    keep: {
      rawMs: msOf(textOf(settings.keepRaw)),
      tensMs: msOf(textOf(settings.keepTens)),
      minutesMs: msOf(textOf(settings.keepMinutes)),
      logs: Number(textOf(settings.keepLogs)),
    },
    origins: listOf(settings.origins),
    allowedHosts: listOf(settings.allowedHosts),
    hostSource: isOn(settings.hostSource),
    boards: listOf(settings.boards).at(-1),
    logLevel: logLevels.find((level) => level === textOf(settings.logLevel)) ?? settings.logLevel.standard,
  }
}

// npm keeps flags that stand before "--" for itself and hands on their values alone.
function wordFault(word: string): string {
  const port = /^\d+$/.test(word) ? word : '4001'
  return `${word}: is no flag; flags go behind "--": npm start -- --port ${port}`
}

function whyNoPort(text: string): string | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? undefined : 'must be a whole number from 0 to 65535'
}

function whyNoHost(text: string): string | undefined {
  const isName = /^[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?$/i.test(text) && !/^[0-9.]+$/.test(text)
  return isName || isIP(text) !== 0 ? undefined : 'must be a host name or an IP address, without port or brackets'
}

function whyNoOrigin(text: string): string | undefined {
  const isOrigin =
    text === 'null' || /^[a-z][a-z0-9+.-]*:\/\/(?:\[[0-9a-f:.]+\]|[^\s/?#@:*[\]]+)(?::\d{1,5}|:\*)?$/i.test(text)
  return isOrigin ? undefined : 'must be like https://a.example, https://a.example:8443, https://a.example:* or null'
}

/** The ms of `15m`; NaN for what is no time. */
function msOf(text: string): number {
  const [, count, unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  return Number(count) * (unitsMs[unit] ?? Number.NaN)
}

function whyNoTime(leastMs: number, least: string, mostMs: number, most: string) {
  return (text: string): string | undefined => {
    const ms = msOf(text)
    return ms >= leastMs && ms <= mostMs
      ? undefined
      : `must be a time from ${least} to ${most}, a whole number with s, m, h or d`
  }
}

function whyNoLogs(text: string): string | undefined {
  return /^\d{3,7}$/.test(text) && Number(text) <= maxLogs && Number(text) >= minLogs
    ? undefined
    : `must be a whole number from ${minLogs} to ${maxLogs}`
}

function whyNoLevel(text: string): string | undefined {
  return logLevels.some((level) => level === text) ? undefined : `must be one of ${logLevels.join(', ')}`
}

function help(): string {
  const version = `  ${'--version'.padEnd(24)}show the version`
  return `${['Usage: npm start -- [flags]', '', ...helpLines(all), version].join('\n')}\n`
}
