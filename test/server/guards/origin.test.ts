import { describe, expect, it } from 'vitest'
import { createOriginGuard, originFlag } from '../../../server/guards/origin.ts'

const guard = createOriginGuard([])

describe('the origin guard', () => {
  it('lets through what is no browser', () => {
    expect(guard(undefined, 'localhost:3000')).toBe(true)
    expect(guard(undefined, undefined)).toBe(true)
  })

  it.each([
    ['http://localhost:3000', 'localhost:3000'],
    ['http://LocalHost:3000', 'LOCALHOST:3000'],
    ['http://127.0.0.1:3000', '127.0.0.1:3000'],
    ['http://[::1]:3000', '[::1]:3000'],
    ['https://charts.example', 'charts.example'],
    ['https://charts.example', 'charts.example:443'],
    ['http://charts.example', 'charts.example:80'],
    ['http://charts.example.:3000', 'charts.example.:3000'],
  ])('lets %s through to the host %s', (origin, host) => {
    expect(guard(origin, host)).toBe(true)
  })

  it.each([
    ['another name', 'http://evil.example', 'localhost:3000'],
    ['a name that begins like it', 'http://localhost.evil.com:3000', 'localhost:3000'],
    ['an address that begins like it', 'http://127.0.0.1.evil.com:3000', '127.0.0.1:3000'],
    ['another port', 'http://localhost:3001', 'localhost:3000'],
    ['no port', 'http://localhost', 'localhost:3000'],
    ['the other scheme, whose port is another', 'https://localhost', 'localhost:80'],
    ['a dot at the end', 'http://localhost.:3000', 'localhost:3000'],
    ['the host as user', 'http://localhost:3000@evil.example', 'localhost:3000'],
    ['a user before the host', 'http://evil@localhost:3000', 'localhost:3000'],
    ['a path', 'http://localhost:3000/', 'localhost:3000'],
    ['another spelling of the address', 'http://127.1:3000', '127.0.0.1:3000'],
    ['another scheme', 'ftp://localhost:3000', 'localhost:3000'],
    ['a page without origin', 'null', 'localhost:3000'],
    ['a page without origin, and that host', 'null', 'null'],
    ['nothing', '', 'localhost:3000'],
    ['nothing, and no host', '', ''],
    ['a list', 'http://localhost:3000, http://evil.example', 'localhost:3000'],
    ['a host with a path', 'http://localhost:3000', 'localhost:3000/x'],
    ['a host with a user', 'http://localhost:3000', 'evil@localhost:3000'],
    ['no host', 'http://localhost:3000', undefined],
    ['an IPv6 address without brackets', 'http://::1', '::1'],
  ])('refuses %s: %s to %s', (_, origin, host) => {
    expect(guard(origin, host)).toBe(false)
  })
})

describe('a listed origin', () => {
  const listing = createOriginGuard([
    'https://A.example',
    'https://b.example:8443',
    'http://c.example:*',
    'https://d.example:443',
  ])

  it.each([
    'https://a.example',
    'https://b.example:8443',
    'http://c.example',
    'http://c.example:1',
    'http://c.example:65535',
    'https://d.example',
  ])('may come to any host: %s', (origin) => {
    expect(listing(origin, 'charts.example')).toBe(true)
  })

  it.each([
    'http://a.example',
    'https://a.example:444',
    'https://x.a.example',
    'https://a.example.evil.com',
    'https://b.example',
    'https://c.example:1',
    'http://c.example.evil.com:80',
    'http://x@c.example:80',
    'null',
  ])('is no other: %s', (origin) => {
    expect(listing(origin, 'charts.example')).toBe(false)
  })

  it('is "null" only when that is listed', () => {
    expect(createOriginGuard(['null'])('null', 'localhost:3000')).toBe(true)
  })

  it('leaves the page of the host itself in', () => {
    expect(listing('http://localhost:3000', 'localhost:3000')).toBe(true)
  })
})

describe('the flag that lets an origin in', () => {
  it.each(['https://a.example', 'http://192.168.1.5:8000', 'null'])('names %s, and lets it in', (origin) => {
    expect(originFlag(origin)).toBe(`--origin ${origin}`)
    expect(createOriginGuard([origin])(origin, 'localhost:3000')).toBe(true)
  })

  it.each(['x; rm -rf /', 'https://a.example/;x', 'file:///etc', undefined])(
    'names nothing that no browser sends: %s',
    (origin) => {
      expect(originFlag(origin)).toBe('--origin')
    },
  )
})
