// What the hook does without a browser; how it lives with its component is shown in e2e/frameworks.test.ts.

import { useGroup } from '@chartroom/shared/react'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, it } from 'vitest'
import { FakePlatform } from '../../support/fake-platform.ts'

it('joins nothing where a page is rendered on a server', () => {
  const platform = new FakePlatform()
  const Word = () => createElement('b', {}, useGroup('http://h:3000', { group: 'ops', platform }).connection.word)
  expect(renderToString(createElement(Word))).toBe('<b>connecting</b>')
  expect(platform.sockets).toEqual([])
})
