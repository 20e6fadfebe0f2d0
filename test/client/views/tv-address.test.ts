import { describe, expect, it } from 'vitest'
import { placeOf } from '../../../client/views/place.ts'
import { tvAddressOf } from '../../../client/views/tv-address.ts'

const at = (path: string, search: string) => tvAddressOf(placeOf(path), new URLSearchParams(search))

describe('an address with ?tv', () => {
  it.each([
    ['/g/ops', '?tv', ['ops']],
    ['/g/ops', '?tv=', ['ops']],
    ['/home/', '?tv', ['home']],
    ['/', '?tv', 'all'],
    ['/', '?tv=ops,shop', ['ops', 'shop']],
    ['/g/ops', '?tv=shop,ops', ['shop', 'ops']],
    ['/', '?tv= Ops ,ops,shop', ['ops', 'shop']],
    ['/', '?tv=..,%E5%BA%97,a/b', ['店']],
    ['/', '?tv=..', 'all'],
  ])('%s%s shows %j', (path, search, groups) => {
    expect(at(path, search)?.groups).toEqual(groups)
  })

  it.each([
    ['', 20_000],
    ['&everyMs=30000', 30_000],
    ['&everyMs=5000', 5_000],
    ['&everyMs=1000', 5_000],
    ['&everyMs=0', 20_000],
    ['&everyMs=-9000', 20_000],
    ['&everyMs=soon', 20_000],
    ['&everyMs=9e9', 20_000],
    ['&everyMs=99999999999', 20_000],
  ])('and "%s" lets a page stay for %d ms', (asked, everyMs) => {
    expect(at('/g/ops', `?tv${asked}`)?.everyMs).toBe(everyMs)
  })
})

it('an address without ?tv, or with a name that no group can have, is no wall', () => {
  expect(at('/g/ops', '?everyMs=5000')).toBeUndefined()
  expect(at('/g/%3Cb%3E', '?tv')).toBeUndefined()
})
