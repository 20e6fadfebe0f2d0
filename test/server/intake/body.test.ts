import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { limits } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { type IncomingBody, readBody } from '../../../server/intake/body.ts'

const text = 'cpu=12.5&orders.Shirts=5'
const bytes = new TextEncoder().encode(text)

/** A body in these chunks, and what was asked of it. */
function bodyOf(...chunks: Uint8Array[]) {
  const seen = { pulled: 0, isCancelled: false }
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = chunks[seen.pulled++]
        if (chunk === undefined) controller.close()
        else controller.enqueue(chunk)
      },
      cancel() {
        seen.isCancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, seen }
}

/** A body that does not say how long it is. */
function streamed(stream: ReadableStream<Uint8Array> | null): IncomingBody {
  return { length: undefined, whole: () => Promise.reject(new Error('it has no length')), stream: () => stream }
}

async function textOf(packed: Uint8Array, encoding: string | undefined): Promise<unknown> {
  const read = await readBody(streamed(bodyOf(packed).stream), encoding)
  return read.ok ? new TextDecoder().decode(read.value) : read.refusal.code
}

/** Bytes that pack to about a twentieth, as a batch of numbers does. */
function dense(length: number): Buffer {
  const bytes = Buffer.alloc(length)
  let state = 1
  for (let at = 0; at < length; at += 48) {
    // A linear congruential generator (Numerical Recipes): its high bits do not repeat soon.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    bytes[at] = state >>> 24
  }
  return bytes
}

describe('a body', () => {
  it('is read in whatever chunks it comes', async () => {
    const { stream } = bodyOf(bytes.subarray(0, 3), bytes.subarray(3, 4), bytes.subarray(4))
    const read = await readBody(streamed(stream), undefined)
    expect(read).toEqual({ ok: true, value: Buffer.from(bytes) })
  })

  it('is taken at once when it says how long it is', async () => {
    const { stream, seen } = bodyOf(bytes)
    const body = { length: bytes.length, whole: async () => new Uint8Array(bytes).buffer, stream: () => stream }
    expect(await readBody(body, undefined)).toEqual({ ok: true, value: bytes })
    const packed = gzipSync(bytes)
    const packedBody = { ...body, length: packed.length, whole: async () => new Uint8Array(packed).buffer }
    expect(await readBody(packedBody, 'gzip')).toEqual({ ok: true, value: Buffer.from(bytes) })
    expect(seen.pulled).toBe(0)
  })

  it('is malformed when it ends before it said', async () => {
    const body = { ...streamed(null), length: bytes.length, whole: () => Promise.reject(new Error('closed')) }
    expect(await readBody(body, undefined)).toMatchObject({ ok: false, refusal: { message: 'The body broke off.' } })
  })

  it('may be absent', async () => {
    expect(await readBody(streamed(null), undefined)).toEqual({ ok: true, value: Buffer.alloc(0) })
  })

  it('is unpacked as its encoding says, however that is written', async () => {
    expect(await textOf(bytes, '')).toBe(text)
    expect(await textOf(bytes, 'identity')).toBe(text)
    expect(await textOf(gzipSync(bytes), 'gzip')).toBe(text)
    expect(await textOf(gzipSync(bytes), ' X-GZIP ')).toBe(text)
    expect(await textOf(deflateSync(bytes), 'deflate')).toBe(text)
    expect(await textOf(brotliCompressSync(bytes), 'br')).toBe(text)
  })

  it.each(['zstd', 'gzip, gzip', 'snappy', '__proto__'])(
    'is refused unread in another encoding: %s',
    async (encoding) => {
      const { stream, seen } = bodyOf(bytes)
      expect(await readBody(streamed(stream), encoding)).toMatchObject({ ok: false, refusal: { code: 'content_type' } })
      expect(seen).toEqual({ pulled: 0, isCancelled: true })
    },
  )

  it('is malformed when it is not what its encoding says', async () => {
    const packed = gzipSync(bytes)
    expect(await textOf(bytes, 'gzip')).toBe('malformed')
    expect(await textOf(packed.subarray(0, -9), 'gzip')).toBe('malformed')
    expect(await textOf(Buffer.concat([packed, bytes]), 'gzip')).toBe('malformed')
    expect(await textOf(new Uint8Array(), 'gzip')).toBe('malformed')
    expect(await textOf(bytes, 'br')).toBe('malformed')
    expect(await textOf(packed, 'deflate')).toBe('malformed')
  })

  it('is malformed when it breaks off', async () => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes)
        controller.error(new Error('aborted'))
      },
    })
    expect(await readBody(streamed(stream), undefined)).toEqual({
      ok: false,
      refusal: { code: 'malformed', message: 'The body broke off.' },
    })
  })

  it('is no excuse for a bug of ours: one that is being read elsewhere throws', async () => {
    const { stream } = bodyOf(bytes)
    stream.getReader()
    await expect(readBody(streamed(stream), undefined)).rejects.toThrow(TypeError)
  })
})

describe('the limit of a body', () => {
  const chunk = new Uint8Array(limits.maxBodyBytes / 4)

  it('lets exactly that many bytes in', async () => {
    const read = await readBody(streamed(bodyOf(chunk, chunk, chunk, chunk).stream), undefined)
    expect(read.ok && read.value.length).toBe(limits.maxBodyBytes)
  })

  it('stops the reading at the first byte above it, and cancels the rest', async () => {
    const { stream, seen } = bodyOf(chunk, chunk, chunk, chunk, new Uint8Array(1), chunk, chunk)
    expect(await readBody(streamed(stream), undefined)).toMatchObject({
      ok: false,
      refusal: { code: 'body_too_large' },
    })
    expect(seen).toEqual({ pulled: 5, isCancelled: true })
  })

  it('is not waited for when the body says that it is larger', async () => {
    const { stream, seen } = bodyOf(chunk, chunk, chunk, chunk, chunk)
    const whole = () => Promise.reject(new TypeError('was read'))
    const body = { length: limits.maxBodyBytes + 1, whole, stream: () => stream }
    expect(await readBody(body, undefined)).toMatchObject({ ok: false, refusal: { code: 'body_too_large' } })
    expect(seen).toEqual({ pulled: 0, isCancelled: true })
  })

  it('holds unpacked too', async () => {
    expect(await readBody(streamed(bodyOf(gzipSync(dense(limits.maxUnpackedBytes))).stream), 'gzip')).toMatchObject({
      ok: true,
    })
    const bomb = gzipSync(dense(limits.maxUnpackedBytes + 1))
    expect(await readBody(streamed(bodyOf(bomb).stream), 'gzip')).toMatchObject({
      ok: false,
      refusal: { code: 'body_too_large', message: 'The body unpacks to more than 8388608 bytes.' },
    })
    const brotliBomb = brotliCompressSync(Buffer.alloc(limits.maxUnpackedBytes + 1))
    expect(await textOf(brotliBomb, 'br')).toBe('body_too_large')
  })

  it('is that of an unpacked body for a few bytes that unpack to many', async () => {
    const most = gzipSync(Buffer.alloc(limits.maxBodyBytes))
    expect(await readBody(streamed(bodyOf(most).stream), 'gzip')).toMatchObject({ ok: true })
    const bomb = gzipSync(Buffer.alloc(limits.maxBodyBytes + 1))
    expect(await readBody(streamed(bodyOf(bomb).stream), 'gzip')).toMatchObject({ refusal: { code: 'body_too_large' } })
  })

  it('may be lower where less is meant', async () => {
    expect(await readBody(streamed(bodyOf(new Uint8Array(101)).stream), undefined, 100)).toMatchObject({
      refusal: { code: 'body_too_large', message: 'The body is larger than 100 bytes.' },
    })
  })
})
