// A browser's own EventSource, with nothing of ours in between.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { LastingServer } from '../support/lasting-server.ts'

let server: LastingServer
let browser: Browser
let page: Page

beforeAll(async () => {
  server = await LastingServer.start()
  browser = await launchBrowser()
  page = await browser.newPage()
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

async function post(to: 'metrics' | 'annotations', body: unknown): Promise<void> {
  const response = await fetch(`${server.url}/api/groups/ops/${to}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status).toBeLessThan(300)
}

describe('an EventSource', () => {
  it('[EV2] follows a group, and after the server was started again goes on where it was, by itself', async () => {
    await post('metrics', { cpu: 1 })
    // Any page of the origin: one that the server answers itself does not load ours.
    await page.goto(`${server.url}/api/ping`)
    await page.evaluate(() => {
      const events: { id: string; from: number; to: number }[] = []
      const source = new EventSource('/api/groups/ops/events?paceMs=100')
      source.onmessage = ({ data, lastEventId }) => {
        const envelope = JSON.parse(data)
        if (envelope.type === 'update') events.push({ id: lastEventId, from: envelope.from, to: envelope.to })
      }
      Object.assign(window, { events })
    })
    const events = () => page.evaluate<{ id: string; from: number; to: number }[]>('window.events')
    await expect.poll(async () => (await events()).map(({ to }) => to)).toEqual([1])
    await post('metrics', { cpu: 2 })
    await expect.poll(async () => (await events()).at(-1)).toMatchObject({ from: 1, to: 2 })
    expect((await events()).at(-1)?.id).toMatch(/^ops=[^:]+:2$/)

    await server.restart('SIGTERM')
    await post('annotations', { text: 'back' })
    await expect.poll(async () => (await events()).at(-1)?.to).toBe(3)
    // No snapshot came again: from 0 was only the first.
    expect((await events()).filter(({ from }) => from === 0)).toHaveLength(1)
  })
})
