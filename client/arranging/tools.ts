// Owns what arranging needs, and a page that is only looked at does not: it is loaded on first use.

import type { GroupStore } from '../store.ts'
import './arrange-bar.ts'
import { Arranging } from './arranging.ts'
import './chart-frame.ts'
import './chart-panel.ts'
import { Hand } from './hand.ts'

/** A hand for the charts of a group. */
export function createHand(store: GroupStore): Hand {
  return new Hand(new Arranging(store), store, createId)
}

// 80 random bits, which a page over plain http has too.
function createId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10))
  return `chart-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
