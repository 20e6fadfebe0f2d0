// Owns what a group may be called: the canonical form and its refusal; it does not know whether a group exists.

import * as z from 'zod/mini'
import { accept, type Result, refuse } from './fault.ts'
import { limits } from './limits.ts'

const pattern = new RegExp(`^[\\p{L}\\p{M}\\p{Nd}_.-]{1,${limits.maxGroupNameLength}}$`, 'u')

/** A group's name on the wire, not yet canonical: pass it through `canonicalGroupName`. */
export const groupName = z.string()

/**
 * The canonical form of a group's name: NFKC in lower case, 1 to 64 letters, marks, digits of any script, `_`, `-`,
 * `.`, and not only dots. Two spellings that look alike are one group.
 */
export function canonicalGroupName(text: string): Result<string> {
  const name = text.normalize('NFKC').toLowerCase().normalize('NFKC')
  if (pattern.test(name) && !/^\.+$/.test(name)) return accept(name)
  return refuse(
    'group_name',
    `A group's name has 1 to ${limits.maxGroupNameLength} letters, digits, "_", "-" or ".", and not only dots.`,
  )
}
