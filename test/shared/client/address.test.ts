import { describe, expect, it } from 'vitest'
import { readAddress } from '../../../shared/client/address.ts'

describe('the address', () => {
  it.each([
    ['http://localhost:3000', 'ws://localhost:3000/ws', 'http://localhost:3000'],
    ['https://example.org/', 'wss://example.org/ws', 'https://example.org'],
    ['https://example.org/charts/', 'wss://example.org/charts/ws', 'https://example.org/charts'],
    ['HTTP://[::1]:3000', 'ws://[::1]:3000/ws', 'http://[::1]:3000'],
    ['ws://localhost:3000/ws', 'ws://localhost:3000/ws', 'http://localhost:3000'],
    ['wss://example.org/charts/ws/', 'wss://example.org/charts/ws', 'https://example.org/charts'],
    ['wss://example.org', 'wss://example.org/ws', 'https://example.org'],
    ['http://localhost:3000/?x=1#y', 'ws://localhost:3000/ws', 'http://localhost:3000'],
  ])('%s is reached at %s and %s', (url, socketUrl, httpUrl) => {
    expect(readAddress(url)).toEqual({ socketUrl, httpUrl })
  })

  it.each(['', 'localhost:3000', 'ftp://example.org', 'http://', 'javascript:alert(1)'])(
    '%j is refused by name',
    (url) => {
      expect(() => readAddress(url)).toThrow(`"${url}" is no address of a Chartroom`)
    },
  )
})
