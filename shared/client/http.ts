// Owns JSON over HTTP: one question, its answer checked, a problem document read as a refusal. It knows no resource.

import * as z from 'zod/mini'
import { decodeValue } from '../codec.ts'
import { isErrorCode, type Result, refuse } from '../fault.ts'
import type { FetchLike, Platform, ResponseLike } from './platform.ts'

// A request that hangs must not hang its caller for ever.
const timeoutMs = 20_000

// RFC 9457, with our members: the code, and the place of each fault.
const problem = z.object({
  title: z.optional(z.string()),
  detail: z.optional(z.string()),
  code: z.optional(z.string()),
  faults: z.optional(z.array(z.object({ pointer: z.string(), message: z.string() }))),
})

/** The HTTP side of one Chartroom. It never throws; an unreachable server is refused with `closing`. */
export class Http {
  readonly #platform: Platform
  readonly #url: string
  readonly #secret: { readonly 'chartroom-secret'?: string }

  /** With a secret it reads what is for its holder only; no cache keeps the answers. */
  constructor(platform: Platform, url: string, secret?: string) {
    this.#platform = platform
    this.#url = url
    this.#secret = secret === undefined ? {} : { 'chartroom-secret': secret }
  }

  /** Reads a resource; `path` begins with a slash. */
  get<T>(path: string, schema: z.ZodMiniType<T>): Promise<Result<T>> {
    return this.#ask(path, { method: 'GET', headers: { accept: 'application/json', ...this.#secret } }, schema)
  }

  /** Posts a value as JSON. */
  post<T>(path: string, value: unknown, schema: z.ZodMiniType<T>): Promise<Result<T>> {
    const headers = { accept: 'application/json', 'content-type': 'application/json', ...this.#secret }
    return this.#ask(path, { method: 'POST', headers, body: JSON.stringify(value) }, schema)
  }

  async #ask<T>(path: string, init: Parameters<FetchLike>[1], schema: z.ZodMiniType<T>): Promise<Result<T>> {
    const asked = this.#platform.fetch?.(this.#url + path, init)
    if (asked === undefined) {
      return refuse('not_supported', 'This host has no fetch: createPlatform({ fetch }) takes one.')
    }
    const answered = await this.#inTime(readJson(asked))
    if (answered === undefined) return refuse('closing', 'The server cannot be reached over HTTP.')
    const { response, value } = answered
    return response.ok ? decodeValue(schema, value) : problemOf(response.status, value)
  }

  async #inTime<T>(answer: Promise<T | undefined>): Promise<T | undefined> {
    let cancel = () => {}
    const late = new Promise<undefined>((resolve) => {
      cancel = this.#platform.setTimer(() => resolve(undefined), timeoutMs)
    })
    try {
      return await Promise.race([answer, late])
    } finally {
      cancel()
    }
  }
}

// Undefined when the network failed, which fetch tells by throwing. An answer of somebody else, a proxy, is no JSON.
async function readJson(asked: Promise<ResponseLike>) {
  const response = await asked.catch(() => undefined)
  if (response === undefined) return undefined
  const value: unknown = await response.json().catch(() => undefined)
  return { response, value }
}

function problemOf(status: number, value: unknown): Result<never> {
  const read = z.safeParse(problem, value)
  const { code = '', detail, title, faults } = read.success ? read.data : {}
  const unknown = status >= 500 ? 'internal' : 'malformed'
  return refuse(isErrorCode(code) ? code : unknown, detail ?? title ?? `The server answered ${status}.`, faults)
}
