import { describe, expect, it } from 'vitest'
import { HiddenSeries, soloed, toggled } from '../../client/hidden-series.ts'
import { Kept } from '../../client/kept.ts'
import { memoryStorage } from '../support/fake-group.ts'

const all = ['EU', 'US', 'Asia']
const set = (...keys: string[]) => new Set(keys)

describe('what a reader leaves out of a chart', () => {
  it('is kept for each chart of each group, over a reload', () => {
    const storage = memoryStorage()
    const open = (group: string) => new HiddenSeries(new Kept(() => storage), group)
    open('ops').set('requests', set('EU', 'US'))
    expect(open('ops').of('requests')).toEqual(set('EU', 'US'))
    expect(open('ops').of('latency')).toEqual(set())
    expect(open('shop').of('requests')).toEqual(set())
  })

  it('is taken in again one by one', () => {
    const hidden = new HiddenSeries(new Kept(memoryStorage), 'ops')
    hidden.set('requests', set('EU', 'US'))
    hidden.takeIn('requests', 'EU')
    expect(hidden.of('requests')).toEqual(set('US'))
  })

  it.each(['', '[', 'null', '7', '{"requests":"EU"}', '{"requests":[1]}'])('is nothing where %s was kept', (text) => {
    const storage = memoryStorage()
    storage.setItem('chartroom.hidden.ops', text)
    expect(new HiddenSeries(new Kept(() => storage), 'ops').of('requests')).toEqual(set())
  })
})

describe('a name that is chosen', () => {
  it('is left out, and the next time taken in', () => {
    expect(toggled(all, set('US'), 'EU')).toEqual(set('US', 'EU'))
    expect(toggled(all, set('US', 'EU'), 'EU')).toEqual(set('US'))
  })

  it('brings all back where it was the last one', () => {
    expect(toggled(all, set('US', 'Asia'), 'EU')).toEqual(set())
  })

  it('is shown alone, and the next time with all again', () => {
    expect(soloed(all, set('EU'), 'EU')).toEqual(set('US', 'Asia'))
    expect(soloed(all, set('US', 'Asia'), 'EU')).toEqual(set())
  })
})
