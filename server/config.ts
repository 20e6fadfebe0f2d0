// Owns what a start may say: flags and environment become a Config, or all that is wrong with them. It reads nothing.

import { isIP } from 'node:net'
import { type LogLevel, logLevels } from './log.ts'

/** How this process serves. */
export interface Config {
  /** The TCP port; 0 takes a free one. */
  readonly port: number
  /** The address or name to listen on. */
  readonly host: string
  /** Whether others on the network are meant to come. */
  readonly share: boolean
  /** Where groups are kept: `:memory:`, or a directory. */
  readonly data: string
  /** Origins besides our own that may write: `https://a.example`, `https://a.example:*`, `null`. */
  readonly origins: readonly string[]
  /** Host names and addresses besides this machine's own. */
  readonly allowedHosts: readonly string[]
  /** Whether this machine's own numbers go into the group `host`. */
  readonly hostSource: boolean
  /** The least level that is logged. */
  readonly logLevel: LogLevel
}

/** What a start asks for. A fault is a line that names the flag or variable, its value, and why it is wrong. */
export type ConfigReading =
  | { readonly type: 'run'; readonly config: Config }
  | { readonly type: 'help'; readonly text: string }
  | { readonly type: 'version' }
  | { readonly type: 'wrong'; readonly faults: readonly string[] }

type Environment = Readonly<Record<string, string | undefined>>

/** One thing that can be set: by flag, else by variable, else it is `standard`. */
interface Setting {
  readonly flag: string
  readonly variable: string
  /** What a value is, for the help; absent when the flag alone says `sets`. */
  readonly value?: string
  readonly sets?: 'yes' | 'no'
  readonly standard: string
  /** Whether it may be said several times: by repeated flags, by commas in the variable. */
  readonly isList?: true
  readonly help: string
  /** Why a value will not do. */
  readonly whyNot: (text: string) => string | undefined
}

const yesWords = ['1', 'true', 'yes', 'on']
const noWords = ['0', 'false', 'no', 'off']

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
    standard: ':memory:',
    help: 'where groups are kept; this version only has memory',
    whyNot: () => undefined,
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
  logLevel: {
    flag: '--log-level',
    variable: 'CHARTROOM_LOG_LEVEL',
    value: '<level>',
    standard: 'info',
    help: `the least that is logged: ${logLevels.join(', ')}`,
    whyNot: whyNoLevel,
  },
} as const satisfies Record<keyof Config, Setting>

const all: readonly Setting[] = Object.values(settings)
const flags = [...all.map(({ flag }) => flag), '--help', '--version']

/** Reads flags (without the program's name) and variables; a flag wins over its variable, a list over the whole list. */
export function readConfig(args: readonly string[], env: Environment): ConfigReading {
  if (args.includes('--help') || args.includes('-h')) return { type: 'help', text: help() }
  if (args.includes('--version')) return { type: 'version' }
  const given = readFlags(args)
  const faults = [...given.faults, ...all.flatMap((setting) => valueFaults(setting, given, env))]
  return faults.length > 0 ? { type: 'wrong', faults } : { type: 'run', config: configOf(given, env) }
}

function configOf(given: Given, env: Environment): Config {
  const listOf = (setting: Setting) => valuesOf(setting, given, env).map(({ text }) => text)
  const textOf = (setting: Setting) => listOf(setting).at(-1)
  const isOn = (setting: Setting) => yesWords.includes((textOf(setting) ?? setting.standard).toLowerCase())
  const share = isOn(settings.share)
  return {
    port: Number(textOf(settings.port) ?? settings.port.standard),
    host: textOf(settings.host) ?? (share ? '0.0.0.0' : settings.host.standard),
    share,
    data: textOf(settings.data) ?? settings.data.standard,
    origins: listOf(settings.origins),
    allowedHosts: listOf(settings.allowedHosts),
    hostSource: isOn(settings.hostSource),
    logLevel: logLevels.find((level) => level === textOf(settings.logLevel)) ?? settings.logLevel.standard,
  }
}

/** The flags that were given, with their values, and what was no flag. */
interface Given {
  readonly values: ReadonlyMap<string, readonly string[]>
  readonly faults: readonly string[]
}

function readFlags(args: readonly string[]): Given {
  const values = new Map<string, string[]>()
  const faults: string[] = []
  for (let at = 0; at < args.length; at++) {
    const [flag = '', inline] = splitOnce(args[at] ?? '')
    const setting = all.find((one) => one.flag === flag)
    const next = args[at + 1]
    const takesNext =
      setting?.value !== undefined && inline === undefined && next !== undefined && !next.startsWith('--')
    if (takesNext) at++
    const text = takesNext ? next : inline
    const fault = flagFault(flag, setting, text)
    if (fault !== undefined) faults.push(fault)
    else values.set(flag, [...(values.get(flag) ?? []), text ?? setting?.sets ?? ''])
  }
  return { values, faults }
}

function splitOnce(arg: string): string[] {
  const sign = arg.indexOf('=')
  return sign < 0 || !arg.startsWith('--') ? [arg] : [arg.slice(0, sign), arg.slice(sign + 1)]
}

function flagFault(flag: string, setting: Setting | undefined, text: string | undefined): string | undefined {
  if (!flag.startsWith('-')) return bareFault(flag)
  if (setting === undefined) return `${flag}: is unknown; the nearest flag is ${nearest(flag)}`
  if (setting.value === undefined) return text === undefined ? undefined : `${flag}=${text}: takes no value`
  return text === undefined || text === '' ? `${flag}: needs a value: ${flag} ${setting.value}` : undefined
}

// npm keeps flags that stand before "--" for itself and hands on their values alone.
function bareFault(word: string): string {
  const port = /^\d+$/.test(word) ? word : '4001'
  return `${word}: is no flag; flags go behind "--": npm start -- --port ${port}`
}

/** What one setting was given, and where: `--port` or `CHARTROOM_PORT=`. An empty variable is an absent one. */
function valuesOf({ flag, variable, isList }: Setting, given: Given, env: Environment) {
  const flagged = given.values.get(flag)
  if (flagged !== undefined) return flagged.map((text) => ({ place: `${flag} `, text }))
  const texts = isList ? (env[variable] ?? '').split(',') : [env[variable] ?? '']
  return texts.flatMap((text) => (text.trim() === '' ? [] : [{ place: `${variable}=`, text: text.trim() }]))
}

function valueFaults(setting: Setting, given: Given, env: Environment): string[] {
  return valuesOf(setting, given, env).flatMap(({ place, text }) => {
    const why = setting.whyNot(text)
    return why === undefined ? [] : [`${place}${text}: ${why}`]
  })
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

function whyNotYesOrNo(text: string): string | undefined {
  return [...yesWords, ...noWords].includes(text.toLowerCase()) ? undefined : 'must be yes or no'
}

function whyNoLevel(text: string): string | undefined {
  return logLevels.some((level) => level === text) ? undefined : `must be one of ${logLevels.join(', ')}`
}

function help(): string {
  const column = (flag: string) => `  ${flag}`.padEnd(26)
  const lines = all.flatMap(({ flag, value = '', help, variable, standard }) => [
    `${column(`${flag} ${value}`)}${help}`,
    `${column('')}${variable}, by default ${standard}`,
  ])
  const others = [`${column('--help')}show this`, `${column('--version')}show the version`]
  return `${['Usage: npm start -- [flags]', '', ...lines, ...others].join('\n')}\n`
}

function nearest(flag: string): string | undefined {
  return [...flags].sort((a, b) => distance(flag, a) - distance(flag, b))[0]
}

/** How many letters must change, come or go to make one word of the other (Levenshtein). */
function distance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (const [row, letter] of [...from].entries()) {
    const line = [row + 1]
    for (let at = 0; at < to.length; at++) {
      const changed = (above[at] ?? 0) + Number(letter !== to[at])
      line.push(Math.min(changed, (above[at + 1] ?? 0) + 1, (line[at] ?? 0) + 1))
    }
    above = line
  }
  return above.at(-1) ?? 0
}
