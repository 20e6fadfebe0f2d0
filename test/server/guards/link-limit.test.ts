import { describe, expect, it } from 'vitest'
import { LinkLimit } from '../../../server/guards/link-limit.ts'

/** How many of these addresses are let in, of two links that one may have. */
function letIn(...addresses: string[]): number {
  const limit = new LinkLimit(2)
  return addresses.filter((address) => limit.enter(address).ok).length
}

describe('the limit of links', () => {
  it('is of each address', () => {
    expect(letIn('192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2')).toBe(3)
  })

  it('takes the addresses of one IPv6 network for one, and an IPv4 address in both spellings', () => {
    expect(letIn('2001:db8::1', '2001:db8::2', '2001:db8:0:0:9::1', '2001:db8:0:1::1')).toBe(3)
    expect(letIn('2001:db8:1:2:3:4:5:6', '2001:db8:1:2::1', '2001:db8:1:2:ffff::')).toBe(2)
    expect(letIn('fe80::1%eth0', 'fe80::2%eth0', 'fe80::3')).toBe(2)
    expect(letIn('::ffff:192.0.2.1', '192.0.2.1', '::FFFF:192.0.2.1', '::1')).toBe(3)
  })

  it('gives a place back when a link leaves, once', () => {
    const limit = new LinkLimit(2)
    const [first, second] = [limit.enter('::1'), limit.enter('::1')]
    expect(limit.enter('::1')).toMatchObject({ ok: false, refusal: { code: 'link_limit' } })
    for (let times = 0; times < 3; times++) if (first.ok) first.value()
    expect([limit.enter('::1').ok, limit.enter('::1').ok]).toEqual([true, false])
    if (second.ok) second.value()
    expect(limit.enter('::1').ok).toBe(true)
  })
})
