// Owns how flags and variables are read, and how what a person mistyped is told; what they set is their owner's.

/** One thing that can be set: by flag, else by variable, else it is `standard`. */
export interface Setting {
  readonly flag: string
  /** Absent where a start that comes again must not say it again. */
  readonly variable?: string
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

export type Environment = Readonly<Record<string, string | undefined>>

/** What may stand on a command line. */
export interface Grammar {
  readonly settings: readonly Setting[]
  /** The fault of a word that is no flag; absent where words are welcome. */
  readonly wordFault?: (word: string) => string
}

/** What was said. A fault is a line that names the flag or variable, its value, and why it is wrong. */
export interface Said {
  readonly faults: readonly string[]
  /** What is no flag. */
  readonly words: readonly string[]
  /** What a setting was given: the last flag, else the variable, else its standard. */
  textOf(setting: Setting): string
  /** All that a list was given; a flag wins over the whole variable. */
  listOf(setting: Setting): readonly string[]
  isOn(setting: Setting): boolean
}

const yesWords = ['1', 'true', 'yes', 'on']
const noWords = ['0', 'false', 'no', 'off']

/** Reads arguments (without the program's name) and variables. */
export function readFlags(grammar: Grammar, args: readonly string[], env: Environment): Said {
  const given = readArgs(grammar, args)
  const listOf = (setting: Setting) => valuesOf(setting, given, env).map(({ text }) => text)
  const textOf = (setting: Setting) => listOf(setting).at(-1) ?? setting.standard
  return {
    faults: [...given.faults, ...grammar.settings.flatMap((setting) => valueFaults(setting, given, env))],
    words: given.words,
    textOf,
    listOf,
    isOn: (setting) => yesWords.includes(textOf(setting).toLowerCase()),
  }
}

/** Why a text is neither yes nor no. */
export function whyNotYesOrNo(text: string): string | undefined {
  return [...yesWords, ...noWords].includes(text.toLowerCase()) ? undefined : 'must be yes or no'
}

/** What the help says of settings, a line each and one for the variable. */
export function helpLines(settings: readonly Setting[]): string[] {
  const column = (flag: string) => `  ${flag}`.padEnd(26)
  const lines = settings.flatMap(({ flag, value = '', help, variable, standard }) => [
    `${column(`${flag} ${value}`)}${help}`,
    ...(variable === undefined ? [] : [`${column('')}${variable}, by default ${standard}`]),
  ])
  return [...lines, `${column('--help')}show this`]
}

interface Given {
  readonly values: ReadonlyMap<string, readonly string[]>
  readonly words: readonly string[]
  readonly faults: readonly string[]
}

function readArgs({ settings, wordFault }: Grammar, args: readonly string[]): Given {
  const values = new Map<string, string[]>()
  const words: string[] = []
  const faults: string[] = []
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (!arg.startsWith('-')) {
      words.push(arg)
      continue
    }
    const [flag = '', inline] = splitOnce(arg)
    const setting = settings.find((one) => one.flag === flag)
    const next = args[at + 1]
    // Where no words are welcome, the one behind a flag that is unknown or takes no value was meant for it.
    const wantsNext = setting?.value !== undefined || wordFault !== undefined
    const takesNext = wantsNext && inline === undefined && next !== undefined && !next.startsWith('--')
    if (takesNext) at++
    const text = takesNext ? next : inline
    const fault = flagFault(takesNext ? `${flag} ${next}` : arg, flag, settings, text)
    if (fault !== undefined) faults.push(fault)
    else values.set(flag, [...(values.get(flag) ?? []), text ?? setting?.sets ?? ''])
  }
  const wordFaults = wordFault === undefined ? [] : words.map(wordFault)
  return { values, words, faults: [...faults, ...wordFaults] }
}

function splitOnce(arg: string): string[] {
  const sign = arg.indexOf('=')
  return sign < 0 || !arg.startsWith('--') ? [arg] : [arg.slice(0, sign), arg.slice(sign + 1)]
}

function flagFault(
  said: string,
  flag: string,
  settings: readonly Setting[],
  text: string | undefined,
): string | undefined {
  const setting = settings.find((one) => one.flag === flag)
  if (setting === undefined) return `${flag}: is unknown; ${helpFor(flag, settings)}`
  if (setting.value === undefined) return text === undefined ? undefined : `${said}: takes no value`
  return text === undefined || text === '' ? `${flag}: needs a value: ${flag} ${setting.value}` : undefined
}

/** What one setting was given, and where: `--port` or `CHARTROOM_PORT=`. An empty variable is an absent one. */
function valuesOf({ flag, variable, isList }: Setting, given: Given, env: Environment) {
  const flagged = given.values.get(flag)
  if (flagged !== undefined) return flagged.map((text) => ({ place: `${flag} `, text }))
  const whole = variable === undefined ? '' : (env[variable] ?? '')
  const texts = isList ? whole.split(',') : [whole]
  return texts.flatMap((text) => (text.trim() === '' ? [] : [{ place: `${variable}=`, text: text.trim() }]))
}

function valueFaults(setting: Setting, given: Given, env: Environment): string[] {
  return valuesOf(setting, given, env).flatMap(({ place, text }) => {
    const why = setting.whyNot(text)
    return why === undefined ? [] : [`${place}${text}: ${why}`]
  })
}

function helpFor(flag: string, settings: readonly Setting[]): string {
  const flags = [...settings.map((setting) => setting.flag), '--help', '--version']
  const [nearest = ''] = flags.sort((a, b) => distance(flag, a) - distance(flag, b))
  // Further off than a slip in each third letter, it was another word.
  const isNear = distance(flag, nearest) <= Math.min(3, Math.ceil(flag.replace(/^-+/, '').length / 3))
  return isNear ? `the nearest flag is ${nearest}` : '--help lists the flags'
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
