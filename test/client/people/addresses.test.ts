import { describe, expect, it } from 'vitest'
import { isLoopback, reachOf } from '../../../client/people/addresses.ts'

const here = new URL('http://localhost:3000/g/shop')

describe('a host name', () => {
  it.each(['localhost', 'LOCALHOST', 'app.localhost', '127.0.0.1', '127.3.2.1', '[::1]'])(
    '%s leads nowhere from elsewhere',
    (hostname) => {
      expect(isLoopback(hostname)).toBe(true)
    },
  )

  it.each(['192.168.1.5', 'localhost.example.org', 'notlocalhost', '127.example.org', '[fd00::1]'])(
    '%s leads here from elsewhere',
    (hostname) => {
      expect(isLoopback(hostname)).toBe(false)
    },
  )
})

describe('where others reach the server', () => {
  it('is where the page came from, and nobody is asked', async () => {
    const asked = () => Promise.reject(new Error('asked'))
    expect(await reachOf(new URL('http://192.168.1.5:3000/g/shop'), asked)).toEqual({
      word: 'known',
      origins: ['http://192.168.1.5:3000'],
    })
  })

  it('is what the server says where the page came from this machine', async () => {
    const addresses = ['http://192.168.1.5:3000', 'http://10.0.0.2:3000']
    expect(await reachOf(here, () => Promise.resolve({ addresses }))).toEqual({ word: 'known', origins: addresses })
    expect(await reachOf(here, () => Promise.resolve({ addresses: [] }))).toEqual({ word: 'known', origins: [] })
  })

  it('is not known when the server does not answer, or answers something else', async () => {
    expect(await reachOf(here, () => Promise.reject(new Error('gone')))).toEqual({ word: 'unread' })
    expect(await reachOf(here, () => Promise.resolve({ addresses: 'all' }))).toEqual({ word: 'unread' })
  })
})
