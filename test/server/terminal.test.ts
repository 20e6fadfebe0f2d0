import type { NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import { dataProblemText, portTakenText, type Start, shareAddresses, startText } from '../../server/terminal.ts'

function address(family: 'IPv4' | 'IPv6', text: string, internal = false): NetworkInterfaceInfo {
  const common = { address: text, netmask: '', mac: '', internal, cidr: null }
  return family === 'IPv4' ? { ...common, family } : { ...common, family, scopeid: 0 }
}

const interfaces = {
  lo: [address('IPv4', '127.0.0.1', true), address('IPv6', '::1', true)],
  eth0: [address('IPv6', '2001:db8::5'), address('IPv4', '192.0.2.5'), address('IPv6', 'fe80::1')],
  wlan0: [address('IPv4', '198.51.100.7'), address('IPv4', '169.254.3.4')],
}

function text(config: Partial<Start['config']>, hasColor = false): string {
  const whole = { host: '127.0.0.1', port: 3_000, share: false, data: ':memory:', ...config }
  return startText({ config: whole, interfaces, version: '0.1.0', hasColor })
}

const hasCode = (printed: string) => printed.includes('█')

test('says which version runs, where to look, and one line to try that needs no change', () => {
  const printed = text({ port: 4_001 })
  expect(printed).toContain('Chartroom 0.1.0')
  expect(printed).toContain('Open     http://localhost:4001\n')
  expect(printed).toContain(
    'curl -d orders.Shirts=5 -d orders.Socks=20 http://localhost:4001/api/groups/shop/metrics\n',
  )
  expect(printed).toContain('http://localhost:4001/g/shop\n')
})

test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])(
  'on %s nobody else can come, and it says how to let them',
  (host) => {
    const printed = text({ host })
    expect(printed).toContain('only this machine can connect. To let others in: npm start -- --share')
    expect(printed).not.toContain('192.0.2.5')
    expect(hasCode(printed)).toBe(false)
  },
)

test('shared, it warns, and shows every address and a code for two of them', () => {
  const printed = text({ host: '::' })
  expect(printed).toContain('everybody on the network can read and write')
  const listed = ['192.0.2.5', '198.51.100.7', '[2001:db8::5]'].map(
    (host) => printed.split(`http://${host}:3000\n`).length - 1,
  )
  // Once in the list, and once more under a code.
  expect(listed).toEqual([2, 2, 1])
  expect(hasCode(printed)).toBe(true)
  expect(printed).not.toContain('--share')
})

test('listening on IPv4 only, it shows no address that nobody could reach', () => {
  expect(text({ host: '0.0.0.0' })).not.toContain('2001:db8')
})

test('listening on one address, it shows that one', () => {
  const printed = text({ host: '2001:db8::5' })
  expect(printed).toContain('Open     http://[2001:db8::5]:3000\n')
  expect(printed).not.toContain('192.0.2.5')
})

test('shared without a network, it says so', () => {
  const config = { host: '0.0.0.0', port: 3_000, share: true, data: ':memory:' }
  expect(startText({ config, interfaces: {}, version: '0.1.0' })).toContain('no address on a network')
})

test('shared on this machine only, it does not send in circles', () => {
  const printed = text({ share: true, host: '127.0.0.1' })
  expect(printed).toContain('only this machine can connect: --share opens nothing on 127.0.0.1')
  expect(printed).not.toContain('npm start -- --share')
})

test('says where the data is, or that there is none', () => {
  expect(text({ data: '/srv/rooms' })).toContain('Data     /srv/rooms\n')
  expect(text({ data: ':memory:' })).toContain('Data     nowhere: it is gone when the server ends\n')
})

test.each([
  ['busy', 'Another process has the data in /srv/rooms open'],
  ['read_only', 'The data in /srv/rooms cannot be written.'],
  ['full', 'The disk of /srv/rooms is full.'],
  [
    'no_folder',
    'There is no folder /srv/rooms for the data: file is not a database. Take another one: npm start -- --data',
  ],
  ['broken', 'The data in /srv/rooms cannot be opened: file is not a database. Put a backup in its place'],
] as const)('when the data is %s, it says so in one line, and what to do', (problem, said) => {
  const printed = dataProblemText(problem, '/srv/rooms', 'file is not a database.')
  expect(printed).toContain(said)
  expect(printed).not.toContain('\n')
})

test('a path that is no folder asks for no backup', () => {
  expect(dataProblemText('no_folder', '/srv/rooms', 'It is a file.')).not.toContain('backup')
})

test('colours only when told', () => {
  expect(text({ host: '0.0.0.0' })).not.toContain('\u001b')
  const colored = text({ host: '0.0.0.0' }, true)
  expect(colored).toContain('\u001b[1mhttp://localhost:3000\u001b[0m')
  expect(colored).toContain('\u001b[97;40m')
})

test('lists the addresses that others can use: IPv4 first, IPv6 in brackets, none of one cable only', () => {
  expect(shareAddresses(interfaces)).toEqual(['192.0.2.5', '198.51.100.7', '[2001:db8::5]'])
})

test.each([
  [3_000, '3001'],
  [65_535, '65534'],
])('when port %i is taken, it says how to take another', (port, other) => {
  const printed = portTakenText(port)
  expect(printed).toContain(`Port ${port} is in use`)
  expect(printed).toContain(`npm start -- --port ${other}`)
})
