// What a bench measures: a server that takes posts of numbers, and may show them to viewers. Controls are measured as
// Chartroom is, in the same run.

import type { ServerProcess } from './server-process.ts'

/** How one viewer comes in, for the load that knows no protocol. */
export interface Viewer {
  /** The path of the upgrade, and the subprotocol that it offers. */
  readonly path: string
  readonly subprotocol?: string
  /** What it says then, one text frame each. */
  readonly setup: readonly string[]
  /** How a frame begins that shows numbers. */
  readonly counted: string
  /** How many of these answer its coming. */
  readonly greetings: number
  /** How a frame begins that is to be answered, and the answer. */
  readonly ping?: { readonly starts: string; readonly answer: string }
}

/** What is measured. All take `POST /api/groups/:group/metrics` with an array of samples. */
export interface Subject {
  readonly name: string
  /** Whether it is a process of Node, whose event loop can be asked. */
  readonly isNode: boolean
  start(): Promise<ServerProcess>
  /** A viewer that follows these groups; only Chartroom knows paces. */
  viewer(groups: readonly string[], paceMs: number): Viewer
}
