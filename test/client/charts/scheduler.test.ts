import { describe, expect, it } from 'vitest'
import { createScheduler, type Job } from '../../../client/charts/scheduler.ts'

/** A page whose frames come when the test says so, and whose clock goes on when something is drawn. */
function createPage() {
  let run: (() => void) | undefined
  let now = 0
  const drawn: string[] = []
  const scheduler = createScheduler({
    request(next) {
      run = next
      return () => {
        run = undefined
      }
    },
    now: () => now,
  })
  return {
    scheduler,
    drawn,
    job: (name: string, costMs = 0, isOnScreen = true) => ({
      isOnScreen,
      render() {
        drawn.push(name)
        now += costMs
      },
    }),
    hasFrame: () => run !== undefined,
    wait(ms: number) {
      now += ms
    },
    frame() {
      const due = run
      run = undefined
      due?.()
    },
  }
}

describe('the scheduler', () => {
  it('draws what was marked in the next frame, in the order in which it was', () => {
    const { scheduler, drawn, job, frame } = createPage()
    for (const name of ['a', 'b', 'c']) scheduler.mark(job(name))
    expect(drawn).toEqual([])
    frame()
    expect(drawn).toEqual(['a', 'b', 'c'])
  })

  it('draws once what was marked several times', () => {
    const { scheduler, drawn, job, frame } = createPage()
    const a = job('a')
    scheduler.mark(a)
    scheduler.mark(a)
    frame()
    frame()
    expect(drawn).toEqual(['a'])
  })

  it('asks for no frame when nothing is to be drawn', () => {
    const { scheduler, job, frame, hasFrame } = createPage()
    expect(hasFrame()).toBe(false)
    scheduler.mark(job('a'))
    frame()
    expect(hasFrame()).toBe(false)
  })

  it('spends 8 ms a frame, and goes on in the next', () => {
    const { scheduler, drawn, job, frame, hasFrame } = createPage()
    for (const name of ['a', 'b', 'c', 'd', 'e']) scheduler.mark(job(name, 4))
    frame()
    expect(drawn).toEqual(['a', 'b'])
    frame()
    expect(drawn).toEqual(['a', 'b', 'c', 'd'])
    frame()
    expect(drawn).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(hasFrame()).toBe(false)
  })

  it('draws at least one job a frame, however long it takes', () => {
    const { scheduler, drawn, job, frame } = createPage()
    for (const name of ['a', 'b']) scheduler.mark(job(name, 40))
    frame()
    expect(drawn).toEqual(['a'])
    frame()
    expect(drawn).toEqual(['a', 'b'])
  })

  it('lets no job that is marked while drawing overtake the others', () => {
    const { scheduler, drawn, job, frame } = createPage()
    const a: Job = job('a', 8)
    const greedy: Job = {
      isOnScreen: true,
      render() {
        a.render()
        scheduler.mark(greedy)
      },
    }
    scheduler.mark(greedy)
    scheduler.mark(job('b', 8))
    for (let frames = 0; frames < 4; frames++) frame()
    expect(drawn).toEqual(['a', 'b', 'a', 'a'])
  })

  it('does not draw what is off screen, and draws it once when it comes back', () => {
    const { scheduler, drawn, job, frame, hasFrame } = createPage()
    const a = job('a', 0, false)
    scheduler.mark(a)
    scheduler.mark(a)
    expect(hasFrame()).toBe(false)
    a.isOnScreen = true
    scheduler.wake()
    frame()
    frame()
    expect(drawn).toEqual(['a'])
  })

  it('draws nothing that came on screen unchanged', () => {
    const { scheduler, hasFrame } = createPage()
    scheduler.wake()
    expect(hasFrame()).toBe(false)
  })

  it('forgets a job that was dropped', () => {
    const { scheduler, drawn, job, frame } = createPage()
    const a = job('a')
    scheduler.mark(a)
    scheduler.drop(a)
    frame()
    expect(drawn).toEqual([])
  })

  it('draws nothing while anybody pauses it', () => {
    const { scheduler, drawn, job, frame, hasFrame } = createPage()
    scheduler.mark(job('a'))
    const resumes = [scheduler.pause(), scheduler.pause()]
    scheduler.mark(job('b'))
    expect(hasFrame()).toBe(false)
    resumes[0]?.()
    resumes[0]?.()
    expect(hasFrame()).toBe(false)
    resumes[1]?.()
    frame()
    expect(drawn).toEqual(['a', 'b'])
  })

  it('draws the others when one throws', () => {
    const { scheduler, drawn, job, frame } = createPage()
    scheduler.mark({
      isOnScreen: true,
      render() {
        throw new Error('broken')
      },
    })
    scheduler.mark(job('a'))
    expect(frame).toThrow('broken')
    frame()
    expect(drawn).toEqual(['a'])
  })

  it('tells how long a frame took in which something was drawn, up to the next one', () => {
    const { scheduler, job, frame, wait, hasFrame } = createPage()
    const took: number[] = []
    const undo = scheduler.onFrame((ms) => took.push(ms))
    scheduler.mark(job('a', 4))
    frame()
    wait(30)
    frame()
    expect(took).toEqual([34])
    expect(hasFrame()).toBe(false)
    undo()
    scheduler.mark(job('a'))
    frame()
    expect(hasFrame()).toBe(false)
  })

  it('leaves the frame after a long one to the reader', () => {
    const { scheduler, drawn, job, frame, wait } = createPage()
    scheduler.onFrame(() => {})
    for (const name of ['a', 'b', 'c']) scheduler.mark(job(name, 8))
    frame()
    wait(41)
    frame()
    wait(42)
    frame()
    expect(drawn).toEqual(['a', 'b'])
    wait(42)
    frame()
    frame()
    expect(drawn).toEqual(['a', 'b', 'c'])
  })
})
