// Owns where others reach this server, as the page can know it: its own address, or what the server says.

import { addresses, decodeValue } from '@chartroom/shared'

/** Where the page can be opened from elsewhere: the origins, the best first; none: only on this machine. */
export type Reach =
  | { readonly word: 'reading' }
  | { readonly word: 'unread' }
  | { readonly word: 'known'; readonly origins: readonly string[] }

/** Whether a host name means the machine itself, so that it leads nowhere on another. */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/i.test(hostname)
}

/** Where a page at this address can be opened from elsewhere; `read` is `GET /api/addresses`, and may reject. */
export async function reachOf(page: Pick<URL, 'origin' | 'hostname'>, read: () => Promise<unknown>): Promise<Reach> {
  if (!isLoopback(page.hostname)) return { word: 'known', origins: [page.origin] }
  try {
    const answer = decodeValue(addresses, await read())
    return answer.ok ? { word: 'known', origins: answer.value.addresses } : { word: 'unread' }
  } catch {
    // The server cannot be reached: said in words by who shows it.
    return { word: 'unread' }
  }
}
