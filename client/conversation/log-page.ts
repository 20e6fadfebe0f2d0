// Owns asking the server for older lines of a group's logs. They are no part of the group as it is followed: who reads
// far back reads beside the stream, however fast it flows.

import { type AnnotationPage, annotationPage } from '@chartroom/shared'

const pageLines = 100

/** The lines before an id, newest first; rejects when they cannot be read. */
export async function readLogPage(group: string, before: number): Promise<AnnotationPage> {
  const query = `run=logs&before=${before}&limit=${pageLines}`
  const answer = await fetch(`/api/groups/${encodeURIComponent(group)}/annotations?${query}`)
  if (!answer.ok) throw new Error(`The page of logs was answered with ${answer.status}.`)
  return annotationPage.parse(await answer.json())
}
