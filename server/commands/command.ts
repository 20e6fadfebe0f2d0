// Owns what every command is and has; which there are is chartroom.ts's.

import type { Environment, Said, Setting } from '../flags.ts'

/** What a command has of the process around it. */
export interface Shell {
  readonly env: Environment
  /** A clock that nobody sets, ms. */
  now(): number
  /** Tells what was asked for. */
  say(line: string): void
  /** Tells how it goes. */
  note(line: string): void
  /** Asks the person at the terminal; undefined when nobody is there. */
  ask(question: string): Promise<string | undefined>
}

/** One command. */
export interface Command {
  /** How it is called: `backup <file>`. */
  readonly usage: string
  readonly help: string
  readonly settings: readonly Setting[]
  /** How many words it takes. */
  readonly words: number
  /** Does it; rejects with a CommandError when it cannot be done. */
  run(said: Said, shell: Shell): Promise<void>
}

/** Why a command is not done: its message is for the person who gave it. */
export class CommandError extends Error {
  /** 1: it failed, 2: it was called wrongly. */
  readonly exitCode: 1 | 2

  constructor(message: string, exitCode: 1 | 2 = 1, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CommandError'
    this.exitCode = exitCode
  }
}
