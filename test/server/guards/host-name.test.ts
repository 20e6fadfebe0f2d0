import { describe, expect, it } from 'vitest'
import { createHostNameGuard } from '../../../server/guards/host-name.ts'

const guard = createHostNameGuard({
  allowed: ['Charts.Example', '203.0.113.7', '[2001:DB8:0::7]'],
  hostname: 'Mac.example.com',
  addresses: () => ['192.168.1.5', 'fe80::1c2:3ff', '2001:db8::5'],
})

describe('the host name guard', () => {
  it.each([
    'localhost',
    'localhost:3000',
    'LOCALHOST:3000',
    'localhost.:3000',
    'ops.localhost:3000',
    '127.0.0.1',
    '127.0.0.1:3000',
    '127.255.255.254',
    '[::1]',
    '[::1]:3000',
    '[0:0:0:0:0:0:0:1]:3000',
    '[::ffff:127.0.0.1]:3000',
  ])('lets loopback through: %s', (host) => {
    expect(guard(host)).toBe(true)
  })

  it.each([
    '192.168.1.5:3000',
    '[fe80::1C2:3FF]:3000',
    '[2001:0db8:0:0::5]',
    'mac.example.com:3000',
    'mac',
    'MAC.local:3000',
    'mac.local.',
  ])('lets this machine through: %s', (host) => {
    expect(guard(host)).toBe(true)
  })

  it.each(['charts.example', 'CHARTS.example:443', 'charts.example.', '203.0.113.7:80', '[2001:db8::7]:3000'])(
    'lets what is listed through: %s',
    (host) => {
      expect(guard(host)).toBe(true)
    },
  )

  it.each([
    'evil.example',
    'localhost.evil.com',
    '127.0.0.1.evil.com',
    '192.168.1.5.evil.com:3000',
    'mac.evil.com',
    'mac.local.evil.com',
    'x.charts.example',
    'evilocalhost',
    '192.168.1.6',
    '128.0.0.1',
    '0.0.0.0:3000',
    '[::]:3000',
    '[::ffff:8.8.8.8]',
    '[2001:db8::6]',
    '127.1',
    '0x7f.0.0.1',
    '2130706433',
    'localhost..',
    '.',
    '.local',
    'localhost:',
    'localhost:x',
    'localhost:3000:3000',
    'localhost:3000@evil.example',
    'evil@localhost',
    'localhost/evil.example',
    'localhost, evil.example',
    ' localhost',
    'localhost\n',
    '::1',
    '[::1',
    '[::1]evil.com',
    '[::1%25lo]',
    '[localhost]',
    'null',
    '',
  ])('refuses every other: %j', (host) => {
    expect(guard(host)).toBe(false)
  })

  it('refuses a request that names no host', () => {
    expect(guard(undefined)).toBe(false)
  })

  it('asks for the addresses anew, because they change', () => {
    let addresses = ['10.0.0.1']
    const moving = createHostNameGuard({ allowed: [], hostname: 'mac', addresses: () => addresses })
    expect(moving('10.0.0.2')).toBe(false)
    addresses = ['10.0.0.2', 'fe80::2%en0']
    expect(moving('10.0.0.2')).toBe(true)
    expect(moving('[fe80::2]')).toBe(true)
  })

  it('takes no empty name for this machine', () => {
    const nameless = createHostNameGuard({ allowed: [], hostname: '', addresses: () => [] })
    expect(nameless('')).toBe(false)
    expect(nameless('.local')).toBe(false)
  })
})
