// Owns how the address of a Chartroom becomes the two that are used, of its socket and of its HTTP; it opens neither.

/** Where one Chartroom is reached. */
export interface Address {
  /** `ws(s)://host[:port][/base]/ws` */
  readonly socketUrl: string
  /** `http(s)://host[:port][/base]`, without a last slash. */
  readonly httpUrl: string
}

const pattern = /^(?:http|ws)(s?):\/\/([^/?#\s]+)([^?#\s]*)/i

/**
 * Reads `http(s)://host[:port][/base]` or `ws(s)://host[:port][/base]/ws`, whichever of the two somebody has.
 * Throws when it is neither: nothing can be done without an address.
 */
export function readAddress(url: string): Address {
  const [, secure, host, path] = pattern.exec(url) ?? []
  if (secure === undefined || host === undefined || path === undefined) {
    throw new Error(`"${url}" is no address of a Chartroom: it is like http://localhost:3000 or wss://example.org/ws.`)
  }
  const base = path.replace(/\/+$/, '').replace(/\/ws$/, '')
  const s = secure.toLowerCase()
  return { socketUrl: `ws${s}://${host}${base}/ws`, httpUrl: `http${s}://${host}${base}` }
}
