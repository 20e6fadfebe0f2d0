import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Directory, inOrder } from '../../../client/views/directory.ts'

function summary(group: string, people = 0) {
  return { group, cursor: 'k3f9:1', time: 0, series: 1, annotations: 0, people }
}

describe('the order of the groups', () => {
  const read = (...groups: string[]) => groups.map((group) => summary(group))
  const names = (groups: readonly { group: string }[]) => groups.map(({ group }) => group)

  it('is that of the first reading, and new ones stand behind', () => {
    const first = inOrder([], read('a', 'b', 'c'))
    expect(names(inOrder(first, read('new', 'c', 'a', 'b')))).toEqual(['a', 'b', 'c', 'new'])
  })

  it('closes up where a group is gone, and takes what was read', () => {
    const now = inOrder(read('a', 'b', 'c'), [summary('c', 3), summary('a')])
    expect(now).toEqual([summary('a'), summary('c', 3)])
  })
})

describe('the list of groups', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function open() {
    let isVisible = true
    const visible = new Set<() => void>()
    const answers: unknown[] = []
    const read = vi.fn(() => {
      const answer = answers.shift()
      return answer === undefined ? Promise.reject(new Error('no answer')) : Promise.resolve(answer)
    })
    const host = {
      read,
      isVisible: () => isVisible,
      onVisible: (listener: () => void) => {
        visible.add(listener)
        return () => visible.delete(listener)
      },
    }
    answers.push({ groups: [summary('ops')] })
    const directory = new Directory(host, () => {})
    const show = (shown: boolean) => {
      isVisible = shown
      if (shown) for (const listener of visible) listener()
    }
    return { directory, read, answers, show, passes: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
  }

  it('is asked for every 5 s', async () => {
    const { directory, read, answers, passes } = open()
    expect(directory.state).toBe('reading')
    await passes(0)
    expect(directory.state).toBe('read')
    answers.push({ groups: [summary('ops', 2)] })
    await passes(5_000)
    expect(read).toHaveBeenCalledTimes(2)
    expect(directory.groups).toEqual([summary('ops', 2)])
    directory.close()
    await passes(60_000)
    expect(read).toHaveBeenCalledTimes(2)
  })

  it('is left alone while nobody looks, and asked for at once when somebody does', async () => {
    const { read, show, passes, directory } = open()
    show(false)
    await passes(60_000)
    expect(read).toHaveBeenCalledTimes(1)
    show(true)
    expect(read).toHaveBeenCalledTimes(2)
    directory.close()
  })

  it.each([undefined, { groups: 'none' }, null])('stays when the answer is %j, and says so', async (answer) => {
    const { directory, answers, passes } = open()
    await passes(0)
    answers.push(answer)
    await passes(5_000)
    expect(directory.state).toBe('unread')
    expect(directory.groups).toEqual([summary('ops')])
    answers.length = 0
    answers.push({ groups: [] })
    await passes(5_000)
    expect(directory.state).toBe('read')
    directory.close()
  })
})
