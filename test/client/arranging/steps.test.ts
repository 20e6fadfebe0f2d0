import type { BoardEdit } from '@chartroom/shared'
import { expect, it } from 'vitest'
import { type Step, Steps } from '../../../client/arranging/steps.ts'

const edit = (chart: string): BoardEdit => ({ type: 'remove', chart })
const step = (name: string, run?: string): Step => ({ done: edit(name), undo: edit(`not ${name}`), run })
const done = ({ last }: Steps) => last && [last.done, last.undo].map((one) => ('chart' in one ? one.chart : ''))

it('goes back and forth through what was done', () => {
  const steps = new Steps()
  steps.add(step('one'))
  steps.add(step('two'))
  steps.back()
  expect(done(steps)).toEqual(['one', 'not one'])
  expect(steps.next?.done).toEqual(edit('two'))
  steps.forth()
  expect(done(steps)).toEqual(['two', 'not two'])
  expect(steps.next).toBeUndefined()
})

it('does nothing again after something new', () => {
  const steps = new Steps()
  steps.add(step('one'))
  steps.back()
  steps.add(step('two'))
  expect(steps.next).toBeUndefined()
})

it('takes a run for one step, which goes back to before its first', () => {
  const steps = new Steps()
  steps.add(step('T', 'title'))
  steps.add(step('Ti', 'title'))
  expect(done(steps)).toEqual(['Ti', 'not T'])
  steps.back()
  expect(steps.last).toBeUndefined()
})

it('begins another step with another word, after the end of a run, and after what was done again', () => {
  const steps = new Steps()
  steps.add(step('T', 'title'))
  steps.add(step('u', 'unit'))
  expect(done(steps)).toEqual(['u', 'not u'])
  steps.endRun()
  steps.add(step('us', 'unit'))
  expect(done(steps)).toEqual(['us', 'not us'])
  steps.back()
  steps.forth()
  steps.add(step('usd', 'unit'))
  expect(done(steps)).toEqual(['usd', 'not usd'])
})

it('forgets what somebody else has overtaken', () => {
  const steps = new Steps()
  steps.add(step('one'))
  steps.add(step('two'))
  steps.back()
  steps.dropNext()
  expect(steps.next).toBeUndefined()
  steps.dropLast()
  expect(steps.last).toBeUndefined()
})
