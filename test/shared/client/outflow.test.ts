import { type ClientEnvelope, encode } from '@chartroom/shared'
import { beforeEach, describe, expect, it } from 'vitest'
import { Outflow } from '../../../shared/client/outflow.ts'
import { FakePlatform } from '../../support/fake-platform.ts'

let platform: FakePlatform
let transport: { isFull: boolean; readonly sent: string[]; send(text: string): void; close(): void }
let outflow: Outflow

beforeEach(() => {
  platform = new FakePlatform()
  const sent: string[] = []
  transport = { isFull: false, sent, send: (text) => void sent.push(text), close() {} }
  outflow = new Outflow(platform, () => transport)
})

const ping = (id: number): ClientEnvelope => ({ type: 'ping', id })
const point: ClientEnvelope = { type: 'point', id: 7, group: 'ops', typing: true }
const said: ClientEnvelope = { type: 'annotate', id: 8, group: 'ops', text: 'hello' }

describe('what goes out', () => {
  it('goes at once while there is room', () => {
    for (const envelope of [ping(1), point, said]) outflow.send(envelope)
    expect(transport.sent).toEqual([ping(1), point, said].map(encode))
    expect(platform.waiting).toBe(0)
  })

  it.each<ClientEnvelope>([
    said,
    { type: 'hello', id: 0 },
    { type: 'subscribe', id: 1, group: 'ops' },
    { type: 'unsubscribe', id: 1, group: 'ops' },
    { type: 'revise', id: 1, group: 'ops', annotation: 1, text: 'new' },
    { type: 'retract', id: 1, group: 'ops', annotation: 1 },
    { type: 'react', id: 1, group: 'ops', annotation: 1, reaction: '+1', on: true },
    { type: 'arrange', id: 1, group: 'ops', edits: [] },
  ])('goes at once though much waits, when it must not be lost: $type', (envelope) => {
    transport.isFull = true
    outflow.send(envelope)
    expect(transport.sent).toEqual([encode(envelope)])
  })

  it('waits while much waits already, and goes in order once there is room', () => {
    transport.isFull = true
    for (const envelope of [ping(1), { type: 'pong' } as const, point]) outflow.send(envelope)
    outflow.send(said)
    platform.advance(10_000)
    expect(transport.sent).toEqual([encode(said)])
    transport.isFull = false
    // What could go at once does not overtake what waits.
    outflow.send(ping(2))
    expect(transport.sent).toEqual([encode(said)])
    platform.advance(100)
    expect(transport.sent.slice(1)).toEqual([ping(1), { type: 'pong' } as const, point, ping(2)].map(encode))
    expect(platform.waiting).toBe(0)
  })

  it('waits on when there is room for a part of it only', () => {
    transport.isFull = true
    for (let id = 1; id <= 3; id++) outflow.send(ping(id))
    transport.isFull = false
    transport.send = (text) => {
      transport.sent.push(text)
      transport.isFull = true
    }
    platform.advance(100)
    expect(transport.sent).toEqual([encode(ping(1))])
    for (let more = 0; more < 2; more++) {
      transport.isFull = false
      platform.advance(100)
    }
    expect(transport.sent).toEqual([ping(1), ping(2), ping(3)].map(encode))
  })

  it('holds the last 32 only: older ones say nothing any more', () => {
    transport.isFull = true
    for (let id = 0; id < 40; id++) outflow.send(ping(id))
    transport.isFull = false
    platform.advance(100)
    expect(transport.sent).toEqual(Array.from({ length: 32 }, (_, at) => encode(ping(at + 8))))
  })

  it('lets go of what waits when its session ends', () => {
    transport.isFull = true
    outflow.send(ping(1))
    outflow.close()
    transport.isFull = false
    platform.advance(1_000)
    expect([transport.sent, platform.waiting]).toEqual([[], 0])
  })
})
