import { close, limits } from '@chartroom/shared'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createCounters } from '../../../server/counters.ts'
import type { Engine } from '../../../server/engine/engine.ts'
import { createMemoryEngine } from '../../../server/engine/memory.ts'
import { Groups } from '../../../server/groups/groups.ts'
import { type PlainAddress, readPlainAddress } from '../../../server/links/plain-address.ts'
import { PlainText, turnAway } from '../../../server/links/plain-text.ts'
import type { SessionHost } from '../../../server/links/session.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { createFakeLog } from '../../support/fake-log.ts'
import { FakePlainLink } from '../../support/fake-plain-link.ts'
import { quick } from '../../support/patience.ts'

class YieldingClock extends FakeClock {
  override readonly yieldTo = (run: () => void): void => void setImmediate(run)
}

let clock: FakeClock
let engine: Engine
let host: SessionHost

beforeEach(() => {
  clock = new YieldingClock()
  engine = createMemoryEngine({ now: clock.now, random: () => 0.5 })
  host = {
    ...{
      engine,
      groups: new Groups(engine, clock),
      clock,
      log: createFakeLog(),
      counters: createCounters(),
      now: clock.now,
    },
    personOf: (secret) => `person-of-${secret}`,
  }
})

function addressOf(url: string): PlainAddress {
  const read = readPlainAddress(url)
  if (!read.ok) throw new Error(read.refusal.message)
  return read.value
}

/** Somebody who connects, and what they are told. */
async function join(name: string, { url = '/ws/ops', secret }: { url?: string; secret?: string } = {}) {
  const link = new FakePlainLink(name)
  const talk = new PlainText(host, addressOf(url), { name, secret })
  talk.start(link)
  await settled(talk)
  const say = async (...lines: string[]): Promise<void> => {
    for (const line of lines) talk.onText(line)
    await settled(talk)
  }
  return { talk, link, say, greeting: link.take() }
}

async function settled(talk: PlainText): Promise<void> {
  await vi.waitFor(() => expect(talk.session.isIdle).toBe(true), quick)
}

async function write(text: string, group = 'ops') {
  const written = await engine.append({ group, change: { type: 'annotate', author: 'ann', draft: { text } } })
  if (!written.ok) throw new Error(written.refusal.message)
  return written.value.annotation?.id ?? 0
}

async function post(...samples: { metric: string; value: number | null; labels?: Record<string, string> }[]) {
  expect(await engine.append({ group: 'ops', change: { type: 'batch', samples } })).toMatchObject({ ok: true })
}

describe('plain text', () => {
  it('[PT2] says who is here first, and nothing of the past', async () => {
    await write('long ago')
    const ann = await join('ann')
    expect(ann.greeting).toEqual(['[ops: you are ann; here: ann]'])
    expect((await join('bob')).greeting).toEqual(['[ops: you are bob; here: ann, bob]'])
    clock.advance(5_000)
    expect(ann.link.take()).toEqual([])
  })

  it('[PT3] tells what is written from now on, and its own too', async () => {
    const [ann, bob] = [await join('ann'), await join('bob')]
    await ann.say('hello', '{"type":"hello"}')
    await write('from a page')
    clock.advance(limits.annotationGatherMs)
    const told = ['ann: hello', 'ann: {"type":"hello"}', 'ann: from a page']
    expect(ann.link.take()).toEqual(told)
    expect(bob.link.take()).toEqual(told)
  })

  it('[PT3] tells no edits, and nothing that was taken back before it was told', async () => {
    const ann = await join('ann')
    const [first, second] = [await write('first'), await write('second')]
    await engine.append({ group: 'ops', change: { type: 'retract', id: second } })
    clock.advance(1_000)
    expect(ann.link.take()).toEqual(['ann: first'])
    await engine.append({ group: 'ops', change: { type: 'revise', id: first, text: 'First' } })
    await engine.append({ group: 'ops', change: { type: 'react', id: first, name: 'bob', reaction: '👍', on: true } })
    clock.advance(1_000)
    expect(ann.link.take()).toEqual([])
    await write('third')
    clock.advance(1_000)
    expect(ann.link.take()).toEqual(['ann: third'])
  })

  it('encodes a message once for all who are told it in the same form', async () => {
    const links = [await join('ann'), await join('bob'), await join('wei', { url: '/ws/ops?format=json' })]
    await write('hello')
    clock.advance(1_000)
    const [ann, bob, wei] = links.map(({ link }) => link.frames[0]?.bytes)
    expect(ann).toBeDefined()
    expect(bob).toBe(ann)
    expect(String(wei)).toContain('"message":"hello"')
  })

  it('[PT3] says when more was written than it is told', async () => {
    const ann = await join('ann')
    ann.link.isFull = true
    for (let count = 0; count <= limits.rememberedChanges; count++) await write(`${count}`)
    clock.advance(1_000)
    expect(ann.link.take()).toEqual([])
    ann.link.isFull = false
    ann.talk.onDrained()
    const [first, ...rest] = ann.link.take()
    expect(first).toBe('[more was written in ops than is shown here]')
    expect(rest).toHaveLength(limits.snapshotAnnotations)
    expect(rest.at(-1)).toBe('ann: 1000')
  })

  it('[PT12] [S7] tells a full link nothing until it drains, and then all that it missed', async () => {
    const ann = await join('ann')
    ann.link.isFull = true
    for (const text of ['one', 'two', 'three']) {
      await write(text)
      clock.advance(1_000)
    }
    expect(ann.link.take()).toEqual([])
    ann.link.isFull = false
    ann.talk.onDrained()
    expect(ann.link.take()).toEqual(['ann: one', 'ann: two', 'ann: three'])
  })

  it('[PT4] takes binary frames that are text, and refuses others', async () => {
    const ann = await join('ann')
    ann.talk.onBinary(Buffer.from('grüße'))
    ann.talk.onBinary(Buffer.from([0xc3, 0x28]))
    await settled(ann.talk)
    clock.advance(1_000)
    expect(ann.link.take()).toEqual(['[error: A binary frame must be UTF-8 text.]', 'ann: grüße'])
    expect(ann.link.closed).toBeUndefined()
  })

  it('[PT5] answers ping with pong', async () => {
    const ann = await join('ann')
    await ann.say('ping')
    expect(ann.link.take()).toEqual(['pong'])
  })

  it('[PT5] closes with 1000 when asked to, once all is written that was said before', async () => {
    const [ann, bob] = [await join('ann'), await join('bob')]
    for (const line of ['one', 'two', 'close', 'never']) ann.talk.onText(line)
    await vi.waitFor(() => expect(ann.link.closed).toBe(close.done), quick)
    clock.advance(1_000)
    expect(bob.link.take()).toEqual(['ann: one', 'ann: two'])
  })

  it('[PT5] takes what was sent by somebody who is gone, full or not, and lets go of them', async () => {
    const bob = await join('bob')
    const ann = await join('ann')
    ann.link.isFull = true
    ann.talk.onText('one')
    ann.talk.onText('two')
    ann.talk.onClosed(1006)
    await vi.waitFor(() => expect(host.groups.people('ops')).toBe(1), quick)
    clock.advance(1_000)
    expect(bob.link.take()).toEqual(['ann: one', 'ann: two'])
  })

  it('[PT6] [M2] gives a name that a secret holds with a 2 behind it', async () => {
    await write('so that there is a group')
    await engine.hold('ops', { name: 'ann', person: 'a page' })
    const ann = await join('ann')
    expect(ann.greeting).toEqual(['[ops: you are ann 2; here: ann 2]'])
    await ann.say('hello')
    clock.advance(1_000)
    expect(ann.link.take()).toEqual(['ann 2: hello'])
  })

  it('[PT7] tells a direct message to its recipient and its author, and to nobody else', async () => {
    const [ann, bob] = [await join('ann', { secret: 'a' }), await join('bob', { secret: 'b' })]
    const wei = await join('wei', { secret: 'w' })
    await ann.say('/to bob psst', 'to all')
    clock.advance(1_000)
    expect(ann.link.take().sort()).toEqual(['ann (to bob): psst', 'ann: to all'])
    expect(bob.link.take().sort()).toEqual(['ann (to bob): psst', 'ann: to all'])
    expect(wei.link.take()).toEqual(['ann: to all'])
  })

  it('[PT7] sends every message to whom the address says, but one that says otherwise', async () => {
    const [bob, wei] = [await join('bob', { secret: 'b' }), await join('wei', { secret: 'w' })]
    const ann = await join('ann', { secret: 'a', url: '/ws/ops?to=bob' })
    await ann.say('for bob', '/to wei for wei')
    clock.advance(1_000)
    expect(bob.link.take()).toEqual(['ann (to bob): for bob'])
    expect(wei.link.take()).toEqual(['ann (to wei): for wei'])
    expect(ann.link.take()).toEqual(['ann (to bob): for bob', 'ann (to wei): for wei'])
  })

  it('[PT7] [PT10] says why a direct message goes nowhere', async () => {
    for (const one of [await join('ann', { secret: 'a' }), await join('eve')]) {
      await one.say('/to nobody psst')
      expect(one.link.take()).toEqual(['[error: Nobody holds that name in this group.]'])
    }
  })

  it('[PT7] is also for who holds no name: it comes back once, and nothing can be sent there', async () => {
    const ann = await join('ann', { secret: 'a' })
    const eve = await join('eve', { url: '/ws/ops?to=ann' })
    const mute = await join('mute', { url: '/ws/ops?format=json' })
    await eve.say('psst')
    await mute.say('{"message":"hush","to":"ann"}')
    await ann.say('/to eve who are you?')
    clock.advance(1_000)
    expect(ann.link.take().sort()).toEqual([
      '[error: Nobody holds that name in this group.]',
      'eve (to ann): psst',
      'mute (to ann): hush',
    ])
    expect(eve.link.take()).toEqual(['eve (to ann): psst'])
    expect(mute.link.take().map((text) => JSON.parse(text))).toMatchObject([{ author: 'mute', text: 'hush' }])
  })

  it('[PT8] speaks objects to who asks for them', async () => {
    const ann = await join('ann', { url: '/ws/ops?format=json' })
    const here = { type: 'here', group: 'ops', name: 'ann', count: 1, people: ['ann'] }
    expect(ann.greeting.map((text) => JSON.parse(text))).toEqual([expect.objectContaining(here)])
    await ann.say('{"message":"hello"}', 'nonsense', '{"type":"ping"}')
    clock.advance(1_000)
    expect(ann.link.take().map((text) => JSON.parse(text))).toEqual([
      expect.objectContaining({ type: 'error', code: 'malformed' }),
      { type: 'pong' },
      expect.objectContaining({ type: 'message', author: 'ann', message: 'hello', text: 'hello' }),
    ])
  })

  it('[PT9] tells numbers at the pace of the address, all of them first', async () => {
    const labels = { category: 'Shirts' }
    await post({ metric: 'orders', labels, value: 4 }, { metric: 'cpu', value: 1 })
    const ann = await join('ann', { url: '/ws/ops?show=numbers&paceMs=5000' })
    expect(ann.greeting).toEqual(['orders{category="Shirts"} 4\ncpu 1', '[ops: you are ann; here: ann]'])
    await post({ metric: 'orders', labels, value: 5 })
    clock.advance(limits.gatherMs)
    expect(ann.link.take()).toEqual(['orders{category="Shirts"} 5'])
    await post({ metric: 'cpu', value: null })
    clock.advance(4_900)
    expect(ann.link.take()).toEqual([])
    await engine.append({
      group: 'ops',
      change: { type: 'batch', samples: [{ metric: 'orders', labels, remove: true }] },
    })
    clock.advance(100)
    expect(ann.link.take()).toEqual(['cpu null\norders{category="Shirts"} removed'])
  })

  it('[PT9] tells no numbers to who did not ask', async () => {
    const ann = await join('ann')
    await post({ metric: 'cpu', value: 1 })
    clock.advance(1_000)
    expect(ann.link.take()).toEqual([])
  })

  it('[PT10] [E5] closes who does nothing but err, a second late', async () => {
    const ann = await join('ann')
    for (let count = 0; count < 30; count++) ann.talk.onText('')
    await settled(ann.talk)
    expect(ann.link.take()).toEqual(Array.from({ length: 21 }, () => expect.stringMatching(/^\[error: .*\]$/)))
    clock.advance(999)
    expect(ann.link.closed).toBeUndefined()
    clock.advance(1)
    expect(ann.link.closed).toBe(close.tooManyErrors)
  })

  it('[PT11] tells somebody who is turned away why, reads nothing of them, and closes a second later', () => {
    const link = new FakePlainLink('eve')
    turnAway(link, 'json', { code: 'origin', message: 'Not from there.' }, host)
    expect(link.take()).toEqual(['{"type":"error","code":"origin","message":"Not from there."}'])
    expect(link.isPaused).toBe(true)
    clock.advance(1_000)
    expect(link.closed).toBe(close.notAdmitted)
    expect(link.isPaused).toBe(false)
  })

  it('[PT12] [I1] pings by the WebSocket, and closes who does not answer', async () => {
    const ann = await join('ann')
    clock.advance(limits.pingMs)
    expect(ann.link.pings).toBe(1)
    ann.talk.onPong()
    await settled(ann.talk)
    clock.advance(limits.pingMs)
    expect(ann.link).toMatchObject({ pings: 2, closed: undefined })
    clock.advance(limits.pongMs)
    expect(ann.link.closed).toBe(close.noPong)
    expect(ann.link.take()).toEqual([])
  })

  it('says that the server goes, and closes with 3001', async () => {
    const ann = await join('ann')
    ann.talk.session.drain(100)
    expect(ann.link.take()).toEqual(['[the server is going away: come back in a moment]'])
    expect(ann.link.closed).toBe(close.shutdown)
  })
})
