// The ten-line page of the README in a real browser: from the server's own origin, and from another.

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { OpenHouse } from '../support/open-house.ts'
import { type RunningServer, startServer } from '../support/running-server.ts'
import type { Visitor } from '../support/visitor.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
let server: RunningServer
const house = new OpenHouse(async () => {
  server = await startServer()
  return server
})
const elsewhere: Server[] = []

afterEach(() => {
  for (const one of elsewhere.splice(0)) one.close()
})

/** The page as the README has it, for a group of this server. */
function tenLines(name: string): string {
  const page = /```html\n(.*?)```/s.exec(readme)?.[1] ?? ''
  return page
    .replace('localhost:3000', new URL(server.url).host)
    .replace('/ws/shop/', `/ws/${house.group}/`)
    .replace('name=Ana', `name=${name}`)
}

/** Opens the page in place of one that the server itself serves, whose policy allows no script in it. */
async function visitSame(name: string): Promise<Visitor> {
  const visitor = await house.visit('/', { bypassCSP: true })
  await visitor.page.setContent(tenLines(name))
  return visitor
}

/** Serves the page from an origin of its own. */
async function visitOther(name: string): Promise<{ visitor: Visitor; origin: string }> {
  const other = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(tenLines(name)))
  elsewhere.push(other)
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  return { visitor: await house.visit('/', {}, origin), origin }
}

function lines({ page }: Visitor): Promise<string[]> {
  return page.locator('#log div').allTextContents()
}

async function say({ page }: Visitor, text: string): Promise<void> {
  await page.locator('#text').fill(text)
  await page.getByRole('button', { name: 'Send' }).click()
}

it('[PT3] [PT5] talks, with the group’s own page too, and ends when it asks to', async () => {
  const [ana, wei] = [await visitSame('Ana'), await house.visit()]
  await expect.poll(() => lines(ana)).toEqual(['[connected]', `[${house.group}: you are Ana; here: Ana]`])
  await say(ana, 'hello')
  await expect.poll(() => wei.messages.allTextContents()).toEqual([expect.stringContaining('hello')])
  await wei.say('hi Ana', 'Wei')
  await say(ana, 'ping')
  await expect.poll(async () => (await lines(ana)).slice(2).sort()).toEqual(['Ana: hello', 'Wei: hi Ana', 'pong'])
  await say(ana, 'close')
  await expect.poll(async () => (await lines(ana)).at(-1)).toBe('[closed]')
})

it('[PT11] is told from another origin why it may not, before the close', async () => {
  const { visitor, origin } = await visitOther('Ana')
  const why = `[error: Pages of "${origin}" may not connect; start the server with --origin ${origin} to admit them.]`
  await expect.poll(() => lines(visitor)).toEqual(['[connected]', why, '[closed]'])
  await server.logged('upgrade_refused', ({ message }) => String(message).includes(`--origin ${origin}`))
})
