import { expect, it } from 'vitest'
import { tasksOf } from './tasks.ts'

it('the tasks of a trace are those of the main threads of pages, by the time that they ran on a processor', () => {
  const name = 'ThreadControllerImpl::RunTask'
  expect(
    tasksOf([
      { name: 'thread_name', pid: 1, tid: 7, args: { name: 'CrRendererMain' } },
      { name: 'thread_name', pid: 1, tid: 8, args: { name: 'Compositor' } },
      { name, pid: 1, tid: 7, tdur: 4_500 },
      { name, pid: 1, tid: 8, tdur: 90_000 },
      { name, pid: 2, tid: 7, tdur: 80_000 },
      { name: 'FunctionCall', pid: 1, tid: 7, tdur: 70_000 },
      { name, pid: 1, tid: 7 },
    ]),
  ).toEqual([4.5])
})
