// Owns `chartroom backup <file>`: a copy of the data that is whole, taken while the server runs or while none does.

import { existsSync, type Stats, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { dataSetting } from '../config.ts'
import { type DataFolder, dataFolderAt } from '../data-folder.ts'
import { whyNotYesOrNo } from '../flags.ts'
import { type Command, CommandError, type Shell } from './command.ts'
import { type Copying, copyWhole } from './copy.ts'
import { type OperatorLink, openOperatorLink } from './operator-link.ts'

const forceSetting = {
  flag: '--force',
  sets: 'yes',
  standard: 'no',
  help: 'replace the file if it is there',
  whyNot: whyNotYesOrNo,
} as const

/** Copies the data into a file. */
export const backup: Command = {
  usage: 'backup <file>',
  help: 'copy the data into a file, while the server runs',
  settings: [dataSetting, forceSetting],
  words: 1,
  async run(said, shell) {
    const folder = dataFolderAt(said.textOf(dataSetting))
    const to = resolve(said.words[0] ?? '')
    if (!existsSync(folder.file)) throw new CommandError(`There is no data in ${folder.path}: nothing to back up.`)
    checkTarget(to, folder, said.isOn(forceSetting))
    const link = await openOperatorLink(folder.operator)
    const plan = { from: folder.file, to, onProgress: progressOf(shell) }
    const bytes = link === undefined ? await copyResting(folder, plan, shell) : await copyHeld(link, plan)
    shell.say(`Backed up ${folder.file} to ${to}: ${sizeText(bytes)}.`)
    shell.say(
      `To restore it: stop the server, put the file in the place of ${folder.file}, remove ${folder.file}-wal if it is there, start with --new-epoch.`,
    )
  },
}

type Plan = Pick<Copying, 'from' | 'to' | 'onProgress'>

function checkTarget(to: string, { file }: DataFolder, isForced: boolean): void {
  const there = statSync(to, { throwIfNoEntry: false })
  if (there?.isDirectory()) throw new CommandError(`${to} is a folder: name a file.`)
  if (there !== undefined && isSame(there, statSync(file))) throw new CommandError(`${to} is the data itself.`)
  if (there !== undefined && !isForced) {
    throw new CommandError(`${to} is there already: name another file, or replace it with --force.`)
  }
  if (!existsSync(dirname(to))) throw new CommandError(`There is no folder ${dirname(to)}.`)
}

function isSame(one: Stats, other: Stats): boolean {
  return one.dev === other.dev && one.ino === other.ino
}

// This process copies: if the server opened and closed its own file, it would lose its lock on it
// (https://www.sqlite.org/howtocorrupt.html, section 2.2).
async function copyHeld(link: OperatorLink, plan: Plan): Promise<number> {
  try {
    await link.ask({ type: 'backup' })
    // Only the server knows that it held the file until now.
    return await copyWhole({ ...plan, signal: link.lost, confirm: () => link.ask({ type: 'copied' }) })
  } finally {
    link.close()
  }
}

async function copyResting({ path, file }: DataFolder, plan: Plan, shell: Shell): Promise<number> {
  shell.note(`No server runs on ${path}: its file is copied as it lies there.`)
  const before = restingTime(file)
  return copyWhole({
    ...plan,
    signal: new AbortController().signal,
    async confirm() {
      if (restingTime(file) !== before) throw new CommandError('The data came into use meanwhile. Try again.')
    },
  })
}

// A server that has the file open, or was killed, leaves a write-ahead log beside it: the file alone is not the data.
function restingTime(file: string): number {
  if (existsSync(`${file}-wal`)) {
    throw new CommandError(
      `${file}-wal is there: a server that cannot be asked has the data open (its log says why), or the last one was killed. Start the server and try again, or stop it first.`,
    )
  }
  return statSync(file).mtimeMs
}

function progressOf(shell: Shell): Copying['onProgress'] {
  let toldAt = shell.now()
  return (done, total) => {
    if (shell.now() - toldAt < 1_000) return
    toldAt = shell.now()
    shell.note(`${sizeText(done)} of ${sizeText(total)} copied`)
  }
}

function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
