// Owns one session's way in where tabs share a connection: through the tab that leads, or this tab's own. Who leads is
// tabs.ts's.

import { close } from '../close.ts'
import { encode } from '../codec.ts'
import type { ChannelLike, Platform, Undo } from './platform.ts'
import type { OpenTransport, Transport, TransportListener } from './transport.ts'

/** What an entrance is made with. */
export interface EntranceOptions {
  readonly platform: Platform
  /** Whether this tab leads, or was sent to go its own way. */
  readonly isAlone: boolean
  /** Asks the tab that leads to let this one in. */
  readonly knock: () => void
  readonly openChannel: () => ChannelLike
  readonly openOwn: OpenTransport
  readonly listener: TransportListener
  /** The tab that leads has no room for what this one follows. */
  readonly onSentAway: () => void
  readonly onOver: () => void
}

/** What the two ends of a channel say to each other that is no frame: the code and the reason follow. */
export const closeWord = 'close'
/** What the tab that leads says to one that is to go its own way. */
export const awayWord = 'away'

// A tab answers in a few ms, one that is busy with charts in a few hundred; one that is frozen never does.
const knockMs = 1_000
/** Abnormal closure: nobody said why (RFC 6455 7.1.5). */
const abnormal = 1006

/** A way in through another tab, if one leads and answers. */
export class Entrance implements Transport {
  readonly #options: EntranceOptions
  #state: 'knocking' | 'inside' | 'own' | 'over' = 'knocking'
  #channel: ChannelLike | undefined
  #own: Transport | undefined
  #cancel: Undo = () => {}

  constructor(options: EntranceOptions) {
    this.#options = options
    if (options.isAlone) this.#openOwn()
    else this.#knock()
  }

  get isInside(): boolean {
    return this.#state === 'inside'
  }

  get isFull(): boolean {
    return this.#own?.isFull ?? false
  }

  send(text: string): void {
    this.#own?.send(text)
    this.#channel?.postMessage(text)
  }

  close(code: number, reason: string): void {
    this.#channel?.postMessage(closeWord)
    this.#own?.close(code, reason)
    this.#finish()
  }

  /** The tab that leads lets this one in. */
  handleCome(): void {
    if (this.#state !== 'knocking') return
    this.#cancel()
    this.#state = 'inside'
    this.#channel = this.#options.openChannel()
    this.#channel.onmessage = ({ data }: { readonly data: unknown }) => this.#handle(String(data))
    this.#options.listener.onOpen()
  }

  /** This tab leads from now on. */
  handleOwnLead(): void {
    if (this.#state === 'knocking') this.#openOwn()
    else this.#comeBack('this tab leads now')
  }

  /** Another tab leads from now on. */
  handleOtherLead(): void {
    if (this.#state === 'knocking') this.#knock()
    else this.#comeBack('another tab leads now')
  }

  #knock(): void {
    this.#cancel()
    this.#cancel = this.#options.platform.setTimer(() => this.#openOwn(), knockMs)
    this.#options.knock()
  }

  #openOwn(): void {
    this.#cancel()
    this.#state = 'own'
    const { listener } = this.#options
    this.#own = this.#options.openOwn({
      onOpen: () => listener.onOpen(),
      onFrame: (text) => listener.onFrame(text),
      onClose: (code, reason) => this.#end(code, reason),
    })
  }

  #handle(text: string): void {
    if (text === awayWord) {
      this.#options.onSentAway()
      this.#comeBack('another tab has no room')
      return
    }
    if (!text.startsWith(closeWord)) {
      this.#options.listener.onFrame(text)
      return
    }
    const [, code = '', ...reason] = text.split(' ')
    this.#end(Number(code), reason.join(' '))
  }

  // Another way is open, and nobody else comes by it at once.
  #comeBack(reason: string): void {
    if (this.#state !== 'inside') return
    this.#options.listener.onFrame(encode({ type: 'closing', afterMs: 0 }))
    this.#end(abnormal, reason)
  }

  #end(code: number, reason: string): void {
    if (this.#state === 'over') return
    this.#finish()
    this.#options.listener.onClose(code, reason)
  }

  #finish(): void {
    this.#cancel()
    this.#state = 'over'
    this.#channel?.close()
    this.#channel = undefined
    this.#own = undefined
    this.#options.onOver()
  }
}

/** The text that ends a channel, with what the other end is told. */
export function closeText({ code, reason }: { readonly code: number; readonly reason: string } = close.done): string {
  return `${closeWord} ${code} ${reason}`
}
