// Owns what the list of groups needs of the page: its reading, and whether somebody looks at it.

import type { DirectoryHost } from './directory.ts'

/** This page, for a directory. */
export const directoryHost: DirectoryHost = { read, isVisible, onVisible }

async function read(): Promise<unknown> {
  const answer = await fetch('/api/groups')
  if (!answer.ok) throw new Error(`The list of groups was answered with ${answer.status}.`)
  return answer.json()
}

function isVisible(): boolean {
  return document.visibilityState === 'visible'
}

function onVisible(listener: () => void): () => void {
  const handle = () => {
    if (isVisible()) listener()
  }
  document.addEventListener('visibilitychange', handle)
  return () => document.removeEventListener('visibilitychange', handle)
}
