// Owns the list of the keys that the page has; the parts of the page act on them, and what they do is said by the words.

import type { KeyWords } from '../words/keys.ts'

type Place = keyof KeyWords['places']

/** A key, or several of which each does its part; with what it does. */
export interface Key {
  readonly keys: readonly string[]
  /** Held down with the key. */
  readonly held?: 'Shift' | 'Ctrl'
  readonly what: keyof KeyWords['what']
}

const arrows = ['←', '→', '↑', '↓']
const upDown = ['↑', '↓']

/** All keys, by where they count. */
export const keys: readonly { readonly place: Place; readonly keys: readonly Key[] }[] = [
  {
    place: 'page',
    keys: [
      { keys: ['?'], what: 'keys' },
      { keys: ['/'], what: 'search' },
      { keys: ['M'], what: 'write' },
      { keys: ['Tab'], what: 'next' },
      { keys: ['Esc'], what: 'back' },
    ],
  },
  {
    place: 'chart',
    keys: [
      { keys: arrows, what: 'walk' },
      { keys: ['PgUp', 'PgDn'], what: 'stride' },
      { keys: ['Home', 'End'], what: 'chartEnds' },
      { keys: ['←', '→'], held: 'Shift', what: 'range' },
      { keys: ['Enter'], what: 'pin' },
      { keys: ['Z'], what: 'zoom' },
      { keys: ['0'], what: 'present' },
      { keys: ['T'], what: 'table' },
    ],
  },
  {
    place: 'tools',
    keys: [{ keys: ['←', '→'], what: 'kinds' }],
  },
  {
    place: 'names',
    keys: [
      { keys: upDown, what: 'names' },
      { keys: ['Enter'], what: 'leaveOut' },
      { keys: ['Enter'], held: 'Ctrl', what: 'alone' },
    ],
  },
  {
    place: 'arranging',
    keys: [
      { keys: arrows, what: 'moveChart' },
      { keys: arrows, held: 'Shift', what: 'sizeChart' },
      { keys: ['Enter'], what: 'openChart' },
      { keys: ['Delete'], what: 'removeChart' },
      { keys: ['D'], held: 'Ctrl', what: 'duplicate' },
      { keys: ['Z'], held: 'Ctrl', what: 'undo' },
      { keys: ['Y'], held: 'Ctrl', what: 'redo' },
      { keys: ['Esc'], what: 'leaveArranging' },
    ],
  },
  {
    place: 'composer',
    keys: [
      { keys: ['Enter'], what: 'send' },
      { keys: ['Enter'], held: 'Shift', what: 'line' },
      { keys: ['↑'], what: 'editLast' },
      { keys: ['Esc'], what: 'cancel' },
    ],
  },
  {
    place: 'conversation',
    keys: [
      { keys: upDown, what: 'messages' },
      { keys: ['Home', 'End'], what: 'ends' },
      { keys: ['Enter'], what: 'tools' },
    ],
  },
  {
    place: 'search',
    keys: [
      { keys: upDown, what: 'found' },
      { keys: ['Enter'], what: 'goTo' },
    ],
  },
  {
    place: 'wall',
    keys: [
      { keys: ['←', '→'], what: 'turn' },
      { keys: ['Space'], what: 'hold' },
      { keys: ['Esc'], what: 'leaveWall' },
    ],
  },
]
