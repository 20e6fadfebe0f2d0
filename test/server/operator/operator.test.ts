import { once } from 'node:events'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { StoreError } from '../../../server/engine/local/store-error.ts'
import { createOperator, type Operated, type Operator } from '../../../server/operator/operator.ts'
import { createFakeLog } from '../../support/fake-log.ts'
import { testFolder } from '../../support/group-file.ts'
import { patience } from '../../support/patience.ts'

/** An engine that notes what was asked of it. */
class FakeOperated implements Operated {
  readonly asked: string[] = []
  isFailing = false

  async holdCheckpoints(): Promise<void> {
    if (this.isFailing) throw new StoreError('full', 'The disk is full.')
    this.asked.push('hold')
  }

  async releaseCheckpoints(): Promise<void> {
    this.asked.push('release')
  }

  async remove(group: string): Promise<boolean> {
    this.asked.push(`remove ${group}`)
    return group === 'ops'
  }
}

class Caller {
  readonly socket: Socket
  readonly #lines: AsyncIterator<string>

  constructor(address: string) {
    this.socket = connect(address)
    this.socket.on('error', () => {})
    this.#lines = createInterface({ input: this.socket })[Symbol.asyncIterator]()
    onTestFinished(() => void this.socket.destroy())
  }

  async ask(request: unknown): Promise<unknown> {
    this.socket.write(typeof request === 'string' ? `${request}\n` : `${JSON.stringify(request)}\n`)
    const { value } = await this.#lines.next()
    return value === undefined ? undefined : JSON.parse(String(value))
  }
}

describe("the operator's socket", () => {
  let address: string
  let operated: FakeOperated
  let log: ReturnType<typeof createFakeLog>

  beforeEach(async () => {
    address = join(await testFolder(), 'operator.sock')
    operated = new FakeOperated()
    log = createFakeLog()
  })

  async function open(at = address): Promise<Operator> {
    const operator = await createOperator(at, operated, log)
    onTestFinished(() => operator.close())
    return operator
  }

  it('is for the owner of the data alone, and gone at the end', async () => {
    const operator = await open()
    expect(statSync(address).mode & 0o777).toBe(0o600)
    await operator.close()
    expect(existsSync(address)).toBe(false)
  })

  it('takes the place of one that a killed server left', async () => {
    writeFileSync(address, '')
    await open()
    expect(await new Caller(address).ask({ type: 'delete', group: 'ops' })).toEqual({ type: 'done' })
  })

  it('holds the file until the copy is done', async () => {
    await open()
    const caller = new Caller(address)
    expect(await caller.ask({ type: 'backup' })).toEqual({ type: 'held' })
    expect(operated.asked).toEqual(['hold'])
    expect(await caller.ask({ type: 'copied' })).toEqual({ type: 'done' })
    expect(operated.asked).toEqual(['hold', 'release'])
    caller.socket.destroy()
    await once(caller.socket, 'close')
    expect(operated.asked).toEqual(['hold', 'release'])
  })

  it('lets the file go when whoever copies it is gone, and then holds it for the next', async () => {
    await open()
    const first = new Caller(address)
    await first.ask({ type: 'backup' })
    const second = new Caller(address)
    expect(await second.ask({ type: 'backup' })).toMatchObject({ type: 'refused', message: /Another backup/ })
    first.socket.destroy()
    await vi.waitFor(() => expect(operated.asked).toEqual(['hold', 'release']), patience)
    expect(await second.ask({ type: 'backup' })).toEqual({ type: 'held' })
  })

  it('lets the file go before it is closed itself', async () => {
    const operator = await open()
    await new Caller(address).ask({ type: 'backup' })
    await operator.close()
    expect(operated.asked).toEqual(['hold', 'release'])
  })

  it('deletes a group by any of its names, and says when there is none', async () => {
    await open()
    const caller = new Caller(address)
    expect(await caller.ask({ type: 'delete', group: 'OPS' })).toEqual({ type: 'done' })
    expect(await caller.ask({ type: 'delete', group: 'nobody' })).toMatchObject({ message: /Nobody wrote to/ })
    expect(await caller.ask({ type: 'delete', group: '..' })).toMatchObject({ type: 'refused' })
    expect(operated.asked).toEqual(['remove ops', 'remove nobody'])
    expect(log.events).toEqual(['group_deleted'])
  })

  it('says what the disk said, and logs it', async () => {
    operated.isFailing = true
    await open()
    expect(await new Caller(address).ask({ type: 'backup' })).toEqual({ type: 'refused', message: 'The disk is full.' })
    expect(log.events).toEqual(['backup_started', 'operator_failed'])
  })

  it.each(['', 'backup', '{}', '[]', 'null', '{"type":"delete"}', '{"type":"delete","group":5}'])(
    'does nothing for %j',
    async (line) => {
      await open()
      const caller = new Caller(address)
      expect(await caller.ask(line)).toMatchObject({ type: 'refused' })
      expect(await caller.ask({ type: 'copied' })).toMatchObject({ type: 'refused', message: /No backup/ })
      expect(operated.asked).toEqual([])
    },
  )

  it.each([
    ['its path is longer than a unix socket has', (folder: string) => join(folder, 'x'.repeat(107))],
    ['there is no such folder', (folder: string) => join(folder, 'nothing', 'operator.sock')],
  ])('is left out, with a line in the log, when %s', async (_, place) => {
    const operator = await open(place(await testFolder()))
    expect(log.lines).toMatchObject([{ level: 'warn', event: 'operator_unreachable' }])
    await operator.close()
  })
})
