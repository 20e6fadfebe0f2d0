// Owns how a file is copied so that the copy is whole or not there; whether it may be copied now is its caller's.

import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { platform } from 'node:os'
import { dirname } from 'node:path'

/** A copy on its way. */
export interface Copying {
  readonly from: string
  readonly to: string
  /** Ends it. */
  readonly signal: AbortSignal
  /** Hears how many bytes are done. */
  onProgress(done: number, total: number): void
  /** Resolves when the copy counts; rejects when what was copied is not to be kept. */
  confirm(): Promise<void>
}

const chunkBytes = 1_048_576

/** Copies a file beside its place, and puts it there once it is on the disk and confirmed. Resolves with its bytes. */
export async function copyWhole(copying: Copying): Promise<number> {
  const part = `${copying.to}.part`
  try {
    const bytes = await copyTo(part, copying)
    await copying.confirm()
    await rename(part, copying.to)
    await syncFolder(dirname(copying.to))
    return bytes
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

async function copyTo(part: string, copying: Copying): Promise<number> {
  const source = await open(copying.from, 'r')
  try {
    // What people said is nobody else's on this machine.
    const target = await open(part, 'w', 0o600)
    try {
      const bytes = await pump(source, target, copying)
      await target.sync()
      return bytes
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

async function pump(source: FileHandle, target: FileHandle, { signal, onProgress }: Copying): Promise<number> {
  const { size } = await source.stat()
  const chunk = Buffer.allocUnsafe(chunkBytes)
  for (let done = 0; ; ) {
    signal.throwIfAborted()
    const { bytesRead } = await source.read(chunk, 0, chunkBytes, done)
    if (bytesRead === 0) return done
    await target.writeFile(chunk.subarray(0, bytesRead))
    done += bytesRead
    onProgress(done, size)
  }
}

// Only then the new name is on the disk too. Windows has no such thing, and needs none.
async function syncFolder(folder: string): Promise<void> {
  if (platform() === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
