// What a scenario of the bench is, and what it reports.

import type { Column, Row } from './measure/table.ts'

/** How much is measured: `quick` fits, with all others, into two minutes, and still tells the truth in ratios. */
export type Effort = 'whole' | 'quick'

/** A goal, and how far from it we are. */
export interface Finding {
  readonly text: string
  readonly measured: number
  readonly atMost: number
}

/** What was measured. */
export interface Report {
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  readonly findings: readonly Finding[]
  /** Why nothing, or less, was measured. */
  readonly left?: string
}

/** One question, asked of Chartroom and of its controls. */
export interface Scenario {
  readonly name: string
  /** One line for people: what is measured, in which units. */
  readonly title: string
  /** Whether it is run when nobody named it. */
  readonly isUsual: boolean
  run(effort: Effort, say: (line: string) => void): Promise<Report>
}
