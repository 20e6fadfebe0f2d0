// Owns which Host headers are this server's own, so that a name rebound to this address gets nowhere.

import { BlockList, isIP, isIPv6 } from 'node:net'

/** Says whether a request with this Host header is meant for this server. */
export type HostNameGuard = (host: string | undefined) => boolean

/** What this server may be called besides loopback. */
export interface HostNames {
  /** Names and addresses that were listed, without ports. */
  readonly allowed: readonly string[]
  /** This machine's name. */
  readonly hostname: string
  /** This machine's addresses now: a laptop's change. */
  readonly addresses: () => readonly string[]
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

// A name or an IPv4 address, or an IPv6 address in brackets; perhaps a port (RFC 9110 section 7.2).
const hostPattern = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?$/

/** Lets loopback through, this machine's addresses, its name, its name on the local network, and what is listed. */
export function createHostNameGuard({ allowed, hostname, addresses }: HostNames): HostNameGuard {
  const listed = new Set([...allowed, ...namesOf(hostname)].map(canonical))
  return (host) => {
    const name = hostPattern.exec(host?.toLowerCase() ?? '')?.[1]
    if (name === undefined) return false
    const own = canonical(name)
    if (listed.has(own)) return true
    return isIP(own) === 0 ? isLoopbackName(own) : isLoopback(own) || addresses().map(canonical).includes(own)
  }
}

// `mac.example.com` is announced as `mac.local` (RFC 6762).
function namesOf(hostname: string): string[] {
  const [short = ''] = hostname.split('.')
  return short === '' ? [] : [hostname, short, `${short}.local`]
}

// One spelling of each name and address: lower case, no brackets, no dot at the end; IPv6 without a zone, shortened.
function canonical(name: string): string {
  const bare = name.toLowerCase().replace(/^\[(.*)\]$/, '$1')
  // Asked of every request: only what has a colon is worth the long look at IPv6.
  if (!bare.includes(':') || !isIPv6(bare)) return bare.replace(/\.$/, '')
  return new URL(`http://[${bare.replace(/%.*$/, '')}]`).hostname.slice(1, -1)
}

// The list makes an object of each address, and most requests come here by an IPv4 one.
function isLoopback(address: string): boolean {
  return address.includes(':') ? loopback.check(address, 'ipv6') : address.startsWith('127.')
}

// RFC 6761 section 6.3: nobody else can own these.
function isLoopbackName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost')
}
