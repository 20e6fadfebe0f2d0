#!/usr/bin/env node
// Owns the command line `chartroom`: which command is meant, and how it ended. What a command does is its own.

import { createInterface } from 'node:readline/promises'
import { helpLines, readFlags } from '../flags.ts'
import { backup } from './backup.ts'
import { type Command, CommandError, type Shell } from './command.ts'
import { deleteGroup } from './delete.ts'

const commands: ReadonlyMap<string, Command> = new Map([
  ['backup', backup],
  ['delete', deleteGroup],
])

const shell: Shell = {
  env: process.env,
  now: () => performance.now(),
  say: (line) => void process.stdout.write(`${line}\n`),
  note: (line) => void process.stderr.write(`${line}\n`),
  async ask(question) {
    if (!process.stdin.isTTY) return undefined
    const terminal = createInterface({ input: process.stdin, output: process.stderr })
    try {
      return await terminal.question(question)
    } finally {
      terminal.close()
    }
  },
}

process.exitCode = await run(process.argv.slice(2))

async function run([name = '', ...args]: readonly string[]): Promise<0 | 1 | 2> {
  const command = commands.get(name)
  if (['', '--help', '-h', 'help'].includes(name)) {
    shell.say(help())
    return name === '' ? 2 : 0
  }
  if (command === undefined) {
    shell.note(`${name}: is no command; there are ${[...commands.keys()].join(', ')}`)
    return 2
  }
  if (args.includes('--help') || args.includes('-h')) {
    shell.say(helpOf(command))
    return 0
  }
  return execute(command, args)
}

async function execute(command: Command, args: readonly string[]): Promise<0 | 1 | 2> {
  const said = readFlags({ settings: command.settings }, args, shell.env)
  const isComplete = said.words.length === command.words
  const faults = [...said.faults, ...(isComplete ? [] : [`Usage: chartroom ${command.usage} [flags]`])]
  if (faults.length > 0) {
    shell.note(faults.join('\n'))
    return 2
  }
  try {
    await command.run(said, shell)
    return 0
  } catch (error) {
    shell.note(error instanceof Error ? error.message : String(error))
    return error instanceof CommandError ? error.exitCode : 1
  }
}

function help(): string {
  const lines = [...commands.values()].map((command) => `  ${command.usage.padEnd(24)}${command.help}`)
  return [
    'Usage: chartroom <command> [flags]',
    '',
    ...lines,
    '',
    'chartroom <command> --help shows its flags. The server itself: npm start -- --help',
  ].join('\n')
}

function helpOf({ usage, help: text, settings }: Command): string {
  return [`Usage: chartroom ${usage} [flags]: ${text}`, '', ...helpLines(settings)].join('\n')
}
