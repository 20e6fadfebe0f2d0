// Owns `chartroom delete <group>`: whoever runs the server deletes a group. Nobody else can, and nothing brings it back.

import { dataSetting } from '../config.ts'
import { dataFolderAt } from '../data-folder.ts'
import { whyNotYesOrNo } from '../flags.ts'
import { type Command, CommandError, type Shell } from './command.ts'
import { openOperatorLink } from './operator-link.ts'

const yesSetting = {
  flag: '--yes',
  sets: 'yes',
  standard: 'no',
  help: 'do not ask',
  whyNot: whyNotYesOrNo,
} as const

/** Deletes a group on the server that runs. */
export const deleteGroup: Command = {
  usage: 'delete <group>',
  help: 'delete a group with all that was said and sent in it',
  settings: [dataSetting, yesSetting],
  words: 1,
  async run(said, shell) {
    const [group = ''] = said.words
    const folder = dataFolderAt(said.textOf(dataSetting))
    const link = await openOperatorLink(folder.operator)
    if (link === undefined) throw new CommandError(`No server runs on ${folder.path}. Start it, and try again.`)
    try {
      if (!said.isOn(yesSetting)) await confirm(group, shell)
      await link.ask({ type: 'delete', group })
    } finally {
      link.close()
    }
    shell.say(`Deleted the group ${group}.`)
  },
}

async function confirm(group: string, shell: Shell): Promise<void> {
  const answer = await shell.ask(
    `This deletes ${group} with all that was said and sent in it, for good. Its name again: `,
  )
  if (answer === undefined) throw new CommandError('Nobody is there to be asked: say --yes.', 2)
  if (answer.trim() !== group) throw new CommandError('That is not its name. Nothing was deleted.')
}
