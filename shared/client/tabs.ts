// Owns which tab of a browser has the connection: one leads, the others come in through it. How they are served is
// tab-host.ts's.

import { Entrance } from './entrance.ts'
import type { Lender } from './lender.ts'
import type { ChannelLike, Platform, TabsLike, Undo } from './platform.ts'
import type { TabHost } from './tab-host.ts'
import type { OpenTransport } from './transport.ts'

/** What the tabs that share a connection are, and what the one that leads has to give. */
export interface TabsOptions {
  readonly platform: Platform
  readonly tabs: TabsLike
  /** What they have in common: the server and the person. */
  readonly name: string
  readonly openOwn: OpenTransport
  readonly lender: Lender
}

const knockWord = 'knock'
const comeWord = 'come'
const leadWord = 'lead'

/** This tab among those of its browser that are at the same server as the same person. */
export class Tabs {
  readonly #options: TabsOptions
  readonly #channel: ChannelLike
  readonly #entrances = new Map<string, Entrance>()
  readonly #letGo: Undo
  #host: TabHost | undefined
  #isSentAway = false
  #state: 'following' | 'leading' | 'closed' = 'following'

  constructor(options: TabsOptions) {
    const { tabs, name } = options
    this.#options = options
    this.#channel = tabs.openChannel(name)
    this.#channel.onmessage = ({ data }: { readonly data: unknown }) => this.#handle(String(data))
    this.#letGo = tabs.hold(name, () => this.#lead())
  }

  /** What serves the other tabs; undefined until one of them comes. */
  get host(): TabHost | undefined {
    return this.#host
  }

  /** Whether this tab is connected through another. */
  get isInside(): boolean {
    return [...this.#entrances.values()].some((entrance) => entrance.isInside)
  }

  /** Begins a way in: through the tab that leads, or, where this one leads or none answers, its own. */
  readonly open: OpenTransport = (listener) => {
    const { platform, tabs, openOwn } = this.#options
    const id = `${Math.floor(platform.random() * Number.MAX_SAFE_INTEGER)}`
    const entrance = new Entrance({
      platform,
      isAlone: this.#state === 'leading' || this.#isSentAway,
      knock: () => this.#channel.postMessage(`${knockWord} ${id}`),
      openChannel: () => tabs.openChannel(this.#privateName(id)),
      openOwn,
      listener,
      onSentAway: () => {
        this.#isSentAway = true
      },
      onOver: () => this.#entrances.delete(id),
    })
    this.#entrances.set(id, entrance)
    return entrance
  }

  /** Leads no more; the next tab does. */
  close(): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    this.#host?.close()
    this.#channel.close()
    this.#letGo()
  }

  #lead(): void {
    if (this.#state === 'closed') return
    this.#state = 'leading'
    this.#channel.postMessage(leadWord)
    for (const entrance of [...this.#entrances.values()]) entrance.handleOwnLead()
  }

  #handle(text: string): void {
    const [word, id = ''] = text.split(' ')
    if (word === knockWord && this.#state === 'leading') void this.#admit(id)
    else if (word === comeWord) this.#entrances.get(id)?.handleCome()
    else if (word === leadWord) for (const entrance of [...this.#entrances.values()]) entrance.handleOtherLead()
  }

  // Most tabs are alone: what serves others is loaded when one comes. Who is not answered goes its own way.
  async #admit(id: string): Promise<void> {
    const { platform, tabs, lender } = this.#options
    const loaded = await import('./tab-host.ts').catch(() => undefined)
    if (loaded === undefined || this.#state !== 'leading') return
    this.#host ??= new loaded.TabHost(platform, lender)
    this.#host.admit(id, () => tabs.openChannel(this.#privateName(id)))
    this.#channel.postMessage(`${comeWord} ${id}`)
  }

  #privateName(id: string): string {
    return `${this.#options.name} ${id}`
  }
}
