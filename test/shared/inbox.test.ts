import {
  canonicalFollowed,
  canonicalGroupName,
  canonicalName,
  inboxName,
  isInboxName,
  readInboxName,
  shownName,
} from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const holder = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 64 })
  .filter((name) => shownName.safeParse(name).success && canonicalName(name) !== '')
const group = fc.constantFrom('ops', 'a.b', '服务器')

describe("an inbox's name", () => {
  it('[M6] says its group and its holder, whatever the holder is called', () =>
    fc.assert(
      fc.property(group, holder, (name, who) => {
        const inbox = inboxName(name, who)
        expect(isInboxName(inbox)).toBe(true)
        expect(readInboxName(inbox)).toEqual({ ok: true, value: { group: name, holder: canonicalName(who) } })
        expect(canonicalFollowed(inbox)).toEqual({ ok: true, value: inbox })
      }),
    ))

  it('[M6] [G2] [M5] has one form', () => {
    expect(canonicalFollowed('OPS/@  Bob\u200b  Ｂ ')).toEqual({ ok: true, value: 'ops/@bob b' })
    expect(canonicalFollowed('OPS')).toEqual({ ok: true, value: 'ops' })
  })

  it.each(['ops/@', 'ops/@ \u200b', '/@bob', 'o ps/@bob', '../@bob', 'ops'])('[M6] [G3] is not %j', (text) => {
    expect(readInboxName(text)).toMatchObject({ ok: false, refusal: { code: 'group_name' } })
  })

  it('[G1] is that of no group', () => {
    expect(canonicalGroupName('ops/@bob')).toMatchObject({ ok: false })
  })
})
