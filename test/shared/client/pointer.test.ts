import { beforeEach, describe, expect, it } from 'vitest'
import { Pointer } from '../../../shared/client/pointer.ts'
import type { RequestDraft } from '../../../shared/client/requests.ts'
import { FakePlatform } from '../../support/fake-platform.ts'

describe('what a person attends to', () => {
  let platform: FakePlatform
  let pointer: Pointer
  let sent: RequestDraft[]
  const uplink = { request: (draft: RequestDraft) => void sent.push(draft) }

  beforeEach(() => {
    platform = new FakePlatform()
    pointer = new Pointer(platform, 'ops')
    sent = []
  })

  it('is said at once, and then at most twice a second, the last of it', () => {
    pointer.attach(uplink)
    pointer.point({ metric: 'cpu' })
    pointer.point({ metric: 'ram' })
    pointer.point({ metric: 'disk', typing: true })
    expect(sent).toEqual([{ type: 'point', group: 'ops', metric: 'cpu' }])
    platform.advance(499)
    expect(sent).toHaveLength(1)
    platform.advance(1)
    expect(sent.slice(1)).toEqual([{ type: 'point', group: 'ops', metric: 'disk', typing: true }])
  })

  it('is said again, all of it, to the next connection', () => {
    pointer.attach(uplink)
    pointer.point({ metric: 'cpu' })
    pointer.point({ away: true })
    pointer.detach()
    sent = []
    platform.advance(5_000)
    expect(sent).toEqual([])
    pointer.attach(uplink)
    expect(sent).toEqual([{ type: 'point', group: 'ops', metric: 'cpu', away: true }])
  })

  it('is not said by who says nothing', () => {
    pointer.attach(uplink)
    platform.advance(5_000)
    expect(sent).toEqual([])
  })
})
