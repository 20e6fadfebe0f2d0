// Where the browser is that the browser tests drive: CHROMIUM_PATH, else the first Chromium on PATH. The one without
// windows comes first: it is the same engine, and a page in it costs half.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

export const windowless = 'chromium-headless-shell'
const names = [windowless, 'chromium', 'chromium-browser', 'google-chrome']

/** @returns {string | undefined} the path of the program, or undefined when there is none */
export function findBrowser() {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen) return isProgram(chosen) ? chosen : undefined
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram)
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
