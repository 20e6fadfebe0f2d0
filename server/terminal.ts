// Owns what a start says to the person at the terminal; it writes nothing itself, and looks up no address.

import { isIPv6 } from 'node:net'
import type { networkInterfaces } from 'node:os'
import { renderUnicodeCompact } from 'uqr'
import type { Config } from './config.ts'
import type { StoreProblem } from './engine/local/store-error.ts'

type Interfaces = ReturnType<typeof networkInterfaces>

/** What a start tells. */
export interface Start {
  readonly config: Pick<Config, 'host' | 'port' | 'share' | 'data'>
  /** As `os.networkInterfaces()` tells them. */
  readonly interfaces: Interfaces
  readonly version: string
  /** Whether the text may be coloured. @default false */
  readonly hasColor?: boolean
}

// More codes than this push the addresses off the screen.
const maxCodes = 2
const maxPort = 65_535
const indent = '    '
const codePalette = '\u001b[97;40m'
const bold = '\u001b[1m'
const plain = '\u001b[0m'

/** What is printed when the server listens: where to look, what to try, who else may come. */
export function startText({ config, interfaces, version, hasColor = false }: Start): string {
  const here = pageAddress(isLocal(config.host) || isEverywhere(config.host) ? 'localhost' : config.host, config.port)
  const shop = `${here}/api/groups/shop/metrics`
  const others = openAddresses(config, interfaces)
  const lines = [
    '',
    `  ${emphasis(`Chartroom ${version}`, hasColor)}`,
    '',
    row('Open', emphasis(here, hasColor)),
    row('Try', `curl -d orders.Shirts=5 -d orders.Socks=20 ${shop}`),
    row('', `then open ${here}/g/shop`),
    ...(isLocal(config.host) ? [row('Others', closedText(config))] : openLines(others)),
    dataLine(config.data),
    '',
    ...others.slice(0, maxCodes).flatMap((address) => codeLines(address, hasColor)),
  ]
  return lines.join('\n')
}

/** What is said when another program has the port. */
export function portTakenText(port: number): string {
  const other = port < maxPort ? port + 1 : port - 1
  return `Port ${port} is in use by another program. Take another one: npm start -- --port ${other}`
}

/** What is said when the data cannot be opened, and what to do; `detail` is what the disk says. */
export function dataProblemText(problem: StoreProblem, data: string, detail: string): string {
  switch (problem) {
    case 'busy':
      return `Another process has the data in ${data} open: a server that runs already? Stop it, or take another folder: npm start -- --data <directory>`
    case 'read_only':
      return `The data in ${data} cannot be written. Let this user write there, or take another folder: npm start -- --data <directory>`
    case 'full':
      return `The disk of ${data} is full. Make room on it, and start again.`
    case 'no_folder':
      return `There is no folder ${data} for the data: ${detail} Take another one: npm start -- --data <directory>`
    case 'broken':
      return `The data in ${data} cannot be opened: ${detail} Put a backup in its place, or take another folder: npm start -- --data <directory>`
    default:
      return problem satisfies never
  }
}

/** What is said when the folder of the boards cannot be read; `why` is how the sentence goes on. */
export function boardsProblemText(folder: string, why: string): string {
  return `The boards in ${folder} cannot be read: ${why}. Name the folder of your files <group>.json, or leave --boards out.`
}

/** Where others on the network find a server, `http://192.168.1.5:3000`; nowhere when it listens here only. */
export function openAddresses(
  { host, port }: Pick<Config, 'host' | 'port'>,
  interfaces: Interfaces,
): readonly string[] {
  return isLocal(host) ? [] : reachable(host, interfaces).map((address) => pageAddress(address, port))
}

/** The hosts under which others on the network find this machine, as they stand in an address: IPv4 first. */
export function shareAddresses(interfaces: Interfaces): readonly string[] {
  const all = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !isLinkLocal(address))
    .map(({ address }) => address)
  return [...all.filter((address) => !isIPv6(address)), ...all.filter(isIPv6).map(inAddress)]
}

function openLines(others: readonly string[]): string[] {
  const [first = 'this machine has no address on a network', ...rest] = others
  return [
    row('Others', first),
    ...rest.map((address) => row('', address)),
    row('Warning', 'everybody on the network can read and write here; do this only where you trust them all.'),
  ]
}

function closedText({ share, host }: Start['config']): string {
  return share
    ? `only this machine can connect: --share opens nothing on ${host}. To let others in, leave the host out`
    : 'only this machine can connect. To let others in: npm start -- --share'
}

function dataLine(data: string): string {
  return row('Data', data === ':memory:' ? 'nowhere: it is gone when the server ends' : data)
}

// In colours of its own, because a camera takes dark on light only, and nobody knows the terminal's.
function codeLines(address: string, hasColor: boolean): string[] {
  const code = renderUnicodeCompact(address, { border: 2 }).split('\n')
  const lines = hasColor ? code.map((line) => `${codePalette}${line}${plain}`) : code
  return [...lines.map((line) => indent + line), indent + address, '']
}

function row(name: string, text: string): string {
  return `${indent}${name.padEnd(9)}${text}`
}

function emphasis(text: string, hasColor: boolean): string {
  return hasColor ? `${bold}${text}${plain}` : text
}

function reachable(host: string, interfaces: Interfaces): readonly string[] {
  if (!isEverywhere(host)) return [inAddress(host)]
  const all = shareAddresses(interfaces)
  return host === '0.0.0.0' ? all.filter((address) => !address.startsWith('[')) : all
}

function pageAddress(host: string, port: number): string {
  return `http://${inAddress(host)}:${port}`
}

function inAddress(host: string): string {
  return isIPv6(host) ? `[${host}]` : host
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

// RFC 3927 and RFC 4291 section 2.5.6: they mean something on one cable only.
function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.') || /^fe[89ab]/i.test(address)
}
