import { expect, it } from 'vitest'
import { isOutdated } from '../../../client/views/build.ts'

const script = '/assets/index-BkKTApGG.js'
const page = (name: string) => async () => `<script type="module" crossorigin src="${name}"></script>`

it('a page is outdated when the server has one with another script, and only then', async () => {
  expect(await isOutdated({ script, read: page('/assets/index-CvK6KaiR.js') })).toBe(true)
  expect(await isOutdated({ script, read: page(script) })).toBe(false)
})

it('a page is not outdated where none can be read, or where it does not know its script', async () => {
  const read = async () => {
    throw new Error('no network')
  }
  expect(await isOutdated({ script, read })).toBe(false)
  expect(await isOutdated({ script: undefined, read: page(script) })).toBe(false)
})
