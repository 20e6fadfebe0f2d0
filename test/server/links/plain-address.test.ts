import { describe, expect, it } from 'vitest'
import { readPlainAddress } from '../../../server/links/plain-address.ts'

const bare = { name: undefined, to: [], form: 'text', hasNumbers: false, paceMs: 1_000 }

function read(url: string) {
  const read = readPlainAddress(url)
  return read.ok ? read.value : read.refusal
}

describe('an address of plain text', () => {
  it.each(['/room/ops/', '/room/ops', '/ws/ops/', '/ws/ops', '/ws/OPS?'])('[PT1] %s is of its group', (url) => {
    expect(read(url)).toEqual({ group: 'ops', ...bare })
  })

  it.each(['/', '/ws/', '/ws', '/chat/', '/chat', '/chatsocket', '/chatsocket/', '/?a=/b'])(
    '[PT1] %s is home',
    (url) => {
      expect(read(url)).toEqual({ group: 'home', ...bare })
    },
  )

  it('[PT1] [G2] is decoded', () => {
    expect(read('/room/%E8%90%A5%E4%B8%9A/')).toMatchObject({ group: '营业' })
  })

  it.each(['/nope', '/ws/a/b', '/api/groups', '/room/', '//', '/chat/ops'])('[PT1] is not %s', (url) => {
    expect(read(url)).toMatchObject({ code: 'not_found' })
  })

  it.each(['/ws/a%20b', '/ws/%ff', '/room/...'])(
    '[G3] is refused with the name of a group that cannot be: %s',
    (url) => {
      expect(read(url)).toMatchObject({ code: 'group_name' })
    },
  )

  it('[PT6] [PT7] [PT8] carries a name, recipients, and a form', () => {
    expect(read('/ws/ops?name=Ann%20B&to=bob&to=wei&format=json')).toEqual({
      ...{ group: 'ops', ...bare },
      name: 'Ann B',
      to: ['bob', 'wei'],
      form: 'json',
    })
    expect(read('/ws/ops?name=&to=')).toMatchObject({ name: undefined, to: [] })
  })

  it.each([
    ['/?show=numbers', 1_000],
    ['/?show=numbers&paceMs=5000', 5_000],
    ['/refreshTime=5', 5_000],
    ['/ws/ops/refreshTime=0.1/', 100],
    ['/room/ops/refreshTime=3', 5_000],
    ['/chat/refreshTime=5?paceMs=250', 250],
    ['/refreshTime=900', 60_000],
  ])('[PT9] %s asks for numbers, at a pace that there is: %i ms', (url, paceMs) => {
    expect(read(url)).toMatchObject({ hasNumbers: true, paceMs })
  })

  it.each([
    '/?paceMs=soon',
    '/?paceMs=',
    '/?paceMs=0',
    '/refreshTime=',
    '/refreshTime=-1',
    '/?format=xml',
    '/?show=all',
  ])('[PT11] is refused where it asks for what there is not: %s', (url) => {
    expect(read(url)).toMatchObject({ code: 'malformed' })
  })
})
