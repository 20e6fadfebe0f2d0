// Owns how many links one address may have, whatever the transport. What a link is, and how it is refused, is not its own.

import { isIPv6 } from 'node:net'
import { accept, limits, type Result, refuse } from '@chartroom/shared'

/** Counts the links of each address: WebSockets, event streams, and polls that wait. */
export class LinkLimit {
  readonly #max: number
  readonly #links = new Map<string, number>()

  constructor(max: number = limits.maxLinksPerAddress) {
    this.#max = max
  }

  /** Takes a place for a link of an address (as its socket tells it), and gives it back by what it returns; once. */
  enter(address: string | undefined): Result<() => void> {
    const network = networkOf(address ?? '')
    const links = this.#links.get(network) ?? 0
    if (links >= this.#max) return refuse('link_limit', `From your address there are ${this.#max} links already.`)
    this.#links.set(network, links + 1)
    let isIn = true
    return accept(() => {
      if (isIn) this.#leave(network)
      isIn = false
    })
  }

  #leave(network: string): void {
    const left = (this.#links.get(network) ?? 1) - 1
    if (left === 0) this.#links.delete(network)
    else this.#links.set(network, left)
  }
}

// Who has an IPv6 address has 2^64 of them (RFC 6177), and one that is mapped is an IPv4 address (RFC 4291 2.5.5.2).
function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  const [front = '', back = ''] = address.split('::')
  const [head, tail] = [front, back].map((part) => part.split(':').filter((step) => step !== ''))
  const zeros = Array.from({ length: 8 - (head?.length ?? 0) - (tail?.length ?? 0) }, () => '0')
  return [...(head ?? []), ...zeros, ...(tail ?? [])].slice(0, 4).join(':')
}
