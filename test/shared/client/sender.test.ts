import { decodeClientEnvelope, encode } from '@chartroom/shared'
import type { ResponseLike } from '@chartroom/shared/client'
import { describe, expect, it } from 'vitest'
import { Sender } from '../../../shared/client/sender.ts'
import { FakePlatform } from '../../support/fake-platform.ts'

/** Somebody who sends, and the network that a test lets answer, or fail, one request at a time. */
function sending() {
  const platform = new FakePlatform()
  const arrived: string[] = []
  const open: { answer: (response: ResponseLike) => void; fail: () => void }[] = []
  platform.answer = (_url, { body = '' }) => {
    const decoded = decodeClientEnvelope(body)
    if (decoded.ok && decoded.value.type === 'annotate') arrived.push(decoded.value.text)
    return new Promise((answer, reject) => {
      open.push({ answer, fail: () => reject(new Error('the network is away')) })
    })
  }
  const sender = new Sender(platform, 'http://h', { type: 'hello', id: 0, name: 'Ann', secret: 'a secret of hers' })
  const say = (id: number, text: string) => sender.send({ type: 'annotate', id, group: 'ops', text, key: text })
  const answerNext = async (id: number) => {
    const value: unknown = JSON.parse(encode({ type: 'ack', id, group: 'ops' }))
    open.shift()?.answer({ ok: true, status: 200, json: () => Promise.resolve(value) })
  }
  return { sender, say, arrived, open, answerNext }
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

describe('what is sent over HTTP', () => {
  it('goes out one after another, however fast it is written', async () => {
    const { say, arrived, answerNext } = sending()
    const first = say(1, 'one')
    const second = say(2, 'two')
    await turns()
    expect(arrived).toEqual(['one'])
    await answerNext(1)
    expect(await first).toMatchObject({ type: 'ack', id: 1 })
    await turns()
    expect(arrived).toEqual(['one', 'two'])
    await answerNext(2)
    expect(await second).toMatchObject({ type: 'ack', id: 2 })
  })

  it('never arrives before what was sent before it and did not arrive', async () => {
    const { say, arrived, open, answerNext } = sending()
    const sent = [say(1, 'one'), say(2, 'two'), say(3, 'three')]
    await turns()
    open.shift()?.fail()
    expect(await Promise.all(sent)).toMatchObject([
      { type: 'error', id: 1, temporary: true },
      { type: 'error', id: 2, temporary: true },
      { type: 'error', id: 3, temporary: true },
    ])
    expect(arrived).toEqual(['one'])
    const again = say(4, 'one')
    await turns()
    await answerNext(4)
    expect(await again).toMatchObject({ type: 'ack', id: 4 })
  })

  it('does not go out any more when its way in is left', async () => {
    const { sender, say, arrived, answerNext } = sending()
    const first = say(1, 'one')
    const second = say(2, 'two')
    await turns()
    sender.stop()
    await answerNext(1)
    expect(await first).toMatchObject({ type: 'ack', id: 1 })
    expect(await second).toMatchObject({ type: 'error', id: 2, temporary: true })
    expect(arrived).toEqual(['one'])
  })
})
