// The codecs that are compared: how an update becomes a message of a WebSocket, and is read again. Pure.

import { constants, inflateRawSync } from 'node:zlib'
import { decode as decodeMsgpack, encode as encodeMsgpack } from '@msgpack/msgpack'
import { messageOf, packedOf } from '../../../server/groups/message.ts'

/** One way to write a value as the message of a server, with its head, and to read it. */
export interface Codec {
  readonly name: 'JSON' | 'JSON, packed' | 'MessagePack' | 'MessagePack, packed'
  write(value: unknown): Buffer
  read(message: Buffer): unknown
}

/** How a value becomes bytes, and these a value. */
interface Form {
  write(value: unknown): Buffer
  read(bytes: Buffer): unknown
}

const json: Form = {
  write: (value) => Buffer.from(JSON.stringify(value)),
  read: (bytes) => JSON.parse(bytes.toString()),
}

const msgpack: Form = {
  write: (value) => bufferOf(encodeMsgpack(value)),
  read: (bytes) => decodeMsgpack(bytes),
}

/** JSON and MessagePack, each plain, and packed as a WebSocket packs what is worth it. */
export const codecs: readonly Codec[] = [
  plain('JSON', json),
  packed('JSON, packed', json),
  plain('MessagePack', msgpack),
  packed('MessagePack, packed', msgpack),
]

function plain(name: Codec['name'], { write, read }: Form): Codec {
  return { name, write: (value) => messageOf(write(value)), read: (message) => read(payloadOf(message)) }
}

function packed(name: Codec['name'], { write, read }: Form): Codec {
  const messageFor = (bytes: Buffer) => packedOf(bytes) ?? messageOf(bytes)
  return { name, write: (value) => messageFor(write(value)), read: (message) => read(unpacked(message)) }
}

const packedBit = 0x40
// The end of the block, which is not sent (RFC 7692 7.2.2).
const tail = Buffer.from([0, 0, 0xff, 0xff])

function unpacked(message: Buffer): Buffer {
  const payload = payloadOf(message)
  if (((message[0] ?? 0) & packedBit) === 0) return payload
  return inflateRawSync(Buffer.concat([payload, tail]), { finishFlush: constants.Z_SYNC_FLUSH })
}

// Behind a head of one of the two lengths that it has below 64 KiB (RFC 6455 5.2).
function payloadOf(message: Buffer): Buffer {
  return message.subarray((message[1] ?? 0) < 126 ? 2 : 4)
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}
