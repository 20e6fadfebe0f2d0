// Makes a clone ready to start: installs the packages and builds what is stale, saying so; with --test it sees to the
// browser of the tests and a stranger's client too. Plain Node, for it runs before anything is installed. It says nothing when there is nothing to do.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const neverSources = ['dist', 'node_modules']

/** A step could not be done; the message is the last line that a person reads. */
class SetupError extends Error {}

/**
 * A thing that is made from sources, and made again when they change.
 * @typedef {object} Step
 * @property {string} title what is said while it is made
 * @property {string[]} sources the files and folders it is made from
 * @property {string[]} [facts] what else it depends on
 * @property {string} stamp the file that keeps the fingerprint it was last made from
 * @property {string[]} outputs what must be there afterwards
 * @property {string[]} command a script of ours or a program, and its arguments
 * @property {string} failure what to do when it fails
 */

/** @type {Step[]} */
const steps = [
  {
    title: 'Installing packages (first time: about a minute)',
    sources: ['package-lock.json'],
    facts: [process.versions.modules, process.platform, process.arch],
    stamp: 'node_modules/.chartroom-stamp',
    outputs: [],
    command: ['npm', 'ci', '--include=dev', '--no-audit', '--no-fund'],
    failure: 'Installing the packages failed. Is the network there? To try again: npm ci --include=dev',
  },
  {
    title: 'Building the server',
    sources: ['package-lock.json', 'tsconfig.json', 'shared', 'server'],
    stamp: 'dist/server/.stamp',
    outputs: ['shared/dist/index.js', 'dist/server/main.js'],
    command: ['node_modules/typescript/bin/tsc', '-b', 'server'],
    failure: 'Building the server failed: the lines above name the place.',
  },
  {
    title: 'Building the page',
    sources: ['package-lock.json', 'shared', 'client'],
    stamp: 'dist/client.stamp',
    outputs: ['dist/client/index.html'],
    command: ['node_modules/vite/bin/vite.js', 'build', 'client'],
    failure: 'Building the page failed: the lines above name the place.',
  },
]

/** What Debian calls a stranger's client, and the fonts that make pictures the same everywhere. */
const clientPackage = 'python3-websockets'
const fontPackages = ['fonts-inter', 'fonts-noto-cjk', 'fonts-noto-color-emoji']

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new SetupError(`Chartroom needs Node 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org`)
}

/**
 * @param {Step} step
 * @returns {boolean} whether there was something to do
 */
function bringUpToDate(step) {
  const wanted = fingerprint(step)
  const stamp = join(root, step.stamp)
  const isThere = [step.stamp, ...step.outputs].every((path) => existsSync(join(root, path)))
  if (isThere && readFileSync(stamp, 'utf8') === wanted) return false
  console.log(step.title)
  run(step)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
  return true
}

/** @param {Step} step */
function fingerprint({ sources, facts = [] }) {
  const hash = createHash('sha256')
  for (const path of sources.flatMap(filesOf)) hash.update(`${path}\0`).update(readFileSync(join(root, path)))
  for (const fact of facts) hash.update(`\0${fact}`)
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @returns {string[]} the file itself, or the files below the folder, in order
 */
function filesOf(path) {
  if (statSync(join(root, path)).isFile()) return [path]
  return readdirSync(join(root, path))
    .filter((name) => !neverSources.includes(name))
    .sort()
    .flatMap((name) => filesOf(`${path}/${name}`))
}

/**
 * Runs a command quietly: what it prints is shown when it fails.
 * @param {{ command: string[], failure: string }} step
 */
function run({ command: [program = '', ...args], failure }) {
  const isScript = program.endsWith('.js')
  const { status, signal, stdout, stderr, error } = spawnSync(
    isScript ? process.execPath : program,
    isScript ? [program, ...args] : args,
    // On Windows npm is a script, which only a shell can start. A failed build may say much.
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, shell: !isScript && process.platform === 'win32' },
  )
  if (status === 0) return
  process.stderr.write([stdout, stderr, error?.message].filter(Boolean).join('\n'))
  throw new SetupError(signal ? `Stopped by ${signal}.` : failure)
}

/** @returns {Promise<boolean>} whether there was something to install */
async function installTools() {
  const { findBrowser, windowless } = await import('../test/support/find-browser.mjs')
  const { findWebsockets } = await import('../test/support/find-websockets.mjs')
  const browser = findBrowser()
  const missing = fontPackages.filter(isMissing)
  if (!findWebsockets()) missing.unshift(clientPackage)
  if (!hasProgram('curl')) missing.unshift('curl')
  if (!browser) missing.unshift(windowless)
  if (missing.length > 0) install(missing)
  const isChosen = process.env.CHROMIUM_PATH !== undefined || browser?.endsWith(windowless)
  const isSwifter = browser !== undefined && !isChosen && mayInstall() && tryInstall(windowless)
  return missing.length > 0 || isSwifter
}

/** @param {string[]} packages */
function install(packages) {
  const command = ['apt-get', 'install', '-y', '--no-install-recommends', ...packages]
  if (!mayInstall()) {
    throw new SetupError(
      `The tests need ${packages.join(', ')}. On a system that is not Debian's kind, install Chromium or Chrome, and\n` +
        'name it in CHROMIUM_PATH if it is not on PATH, curl, and Python 3 with its package websockets. On Debian:\n' +
        `sudo apt-get update && sudo ${command.join(' ')}`,
    )
  }
  console.log(`Installing ${packages.join(', ')} for the tests (first time: some minutes)`)
  const failure = `Installing failed. By hand: apt-get update && ${command.join(' ')}`
  run({ command: ['apt-get', 'update'], failure })
  run({ command, failure })
}

/**
 * What there is will do where the browser without windows cannot be had; the tests take longer.
 * @param {string} name of a Debian package
 * @returns {boolean} whether it is there now
 */
function tryInstall(name) {
  try {
    install([name])
    return true
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    console.log(`There is no ${name}: the tests go on with the browser that is here.`)
    return false
  }
}

function mayInstall() {
  return process.getuid?.() === 0 && hasProgram('apt-get')
}

/**
 * Without dpkg nobody can tell; then the fonts are whatever the system has.
 * @param {string} name of a Debian package
 */
function isMissing(name) {
  const { stdout, error } = spawnSync('dpkg-query', ['--status', name], { encoding: 'utf8' })
  return error === undefined && !stdout.includes('Status: install ok installed')
}

/** @param {string} name */
function hasProgram(name) {
  return spawnSync(name, ['--version']).error === undefined
}

async function setUp() {
  const startedMs = Date.now()
  checkNode()
  let isChanged = false
  for (const step of steps) isChanged = bringUpToDate(step) || isChanged
  if (process.argv.includes('--test')) isChanged = (await installTools()) || isChanged
  if (isChanged) console.log(`Ready in ${Math.ceil((Date.now() - startedMs) / 1_000)} s`)
}

setUp().catch((error) => {
  console.error(error instanceof SetupError ? error.message : error)
  process.exitCode = 1
})
