// Owns which origins may write and open sockets; whether the Host header itself may be believed is host-name.ts's.

/** Says whether a request with these two headers may pass. */
export type OriginGuard = (origin: string | undefined, host: string | undefined) => boolean

/**
 * Lets through whatever is no browser (no `Origin`), a page of the very host that is asked, and the listed origins:
 * `https://a.example`, `https://a.example:*` for any port, `null` for a page opened from disk.
 */
export function createOriginGuard(allowed: readonly string[]): OriginGuard {
  const listed = new Set(allowed.map(canonicalEntry))
  return (origin, host) => {
    if (origin === undefined) return true
    if (listed.has(origin.toLowerCase())) return true
    const url = originUrl(origin)
    if (url === undefined) return false
    return listed.has(`${url.protocol}//${url.hostname}:*`) || isSameHost(url, host)
  }
}

/** What starts a server that lets pages of this origin in: `--origin https://a.example`. */
export function originFlag(origin: string | undefined): string {
  // Only what a browser sends is told, for somebody will paste it into a shell.
  const isTold = origin === 'null' || (origin !== undefined && originUrl(origin) !== undefined)
  return isTold ? `--origin ${origin}` : '--origin'
}

// As a browser would send it: without a port that is the scheme's own.
function canonicalEntry(entry: string): string {
  return originUrl(entry)?.origin ?? entry.toLowerCase()
}

function isSameHost(origin: URL, host: string | undefined): boolean {
  if (host === undefined) return false
  // The port of the scheme may stand in a Host header and never stands in an Origin.
  return originUrl(`${origin.protocol}//${host}`)?.host === origin.host
}

// Undefined for what no browser sends: a path, a user, a spelling that only the URL parser makes a host of.
function originUrl(origin: string): URL | undefined {
  if (!URL.canParse(origin)) return undefined
  const url = new URL(origin)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  const port = url.protocol === 'http:' ? ':80' : ':443'
  const isPlain = [url.origin, `${url.origin}${port}`].includes(origin.toLowerCase())
  return isWeb && isPlain ? url : undefined
}
