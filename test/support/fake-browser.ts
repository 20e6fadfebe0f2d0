// A browser for the client: tabs with one lock and channels among them, in which nothing moves until a test lets it.

import type { ChannelLike, Platform, TabsLike } from '@chartroom/shared/client'
import { FakePlatform, type FakeSocket } from './fake-platform.ts'

interface Posted {
  readonly to: FakeChannel
  readonly text: string
}

/** The tabs of one browser, on one host. */
export class FakeBrowser {
  readonly platform = new FakePlatform()
  readonly tabs: FakeTab[] = []
  readonly channels = new Set<FakeChannel>()
  readonly #posted: Posted[] = []
  /** Who holds or waits for a lock, in the order in which they asked. */
  readonly #locks = new Map<string, { readonly tab: FakeTab; readonly onHeld: () => void; isHeld: boolean }[]>()

  openTab(): FakeTab {
    const tab = new FakeTab(this)
    this.tabs.push(tab)
    return tab
  }

  /** Lets one thing happen: a lock is granted, or a message arrives. False when nothing is under way. */
  step(): boolean {
    for (const [first] of this.#locks.values()) {
      if (first !== undefined && !first.isHeld && !first.tab.isFrozen) {
        first.isHeld = true
        first.onHeld()
        return true
      }
    }
    const at = this.#posted.findIndex(({ to }) => !to.tab.isFrozen)
    const [posted] = at < 0 ? [] : this.#posted.splice(at, 1)
    posted?.to.receive(posted.text)
    return posted !== undefined
  }

  hold(tab: FakeTab, name: string, onHeld: () => void): () => void {
    const waiting = this.#locks.get(name) ?? []
    this.#locks.set(name, waiting)
    const entry = { tab, onHeld, isHeld: false }
    waiting.push(entry)
    return () => {
      const at = waiting.indexOf(entry)
      if (at >= 0) waiting.splice(at, 1)
    }
  }

  post(from: FakeChannel, text: string): void {
    for (const to of this.channels) if (to !== from && to.name === from.name) this.#posted.push({ to, text })
  }
}

/** One tab: a host of its own as far as its time, its sockets and its locks go. */
export class FakeTab implements Platform {
  readonly sockets: FakeSocket[] = []
  readonly tabs: TabsLike
  readonly now: Platform['now']
  readonly random: Platform['random']
  isGone = false
  #isFrozen = false
  /** The timers that came due while it was frozen. */
  readonly #late: (() => void)[] = []
  readonly #browser: FakeBrowser
  readonly #letGo: (() => void)[] = []

  constructor(browser: FakeBrowser) {
    const { platform } = browser
    this.#browser = browser
    this.now = platform.now
    this.random = Math.random
    this.tabs = {
      hold: (name, onHeld) => {
        const undo = browser.hold(this, name, onHeld)
        this.#letGo.push(undo)
        return undo
      },
      openChannel: (name) => new FakeChannel(browser, this, name),
    }
  }

  readonly openSocket: Platform['openSocket'] = (url, protocol) => {
    const socket = this.#browser.platform.openSocket(url, protocol)
    this.sockets.push(socket)
    return socket
  }

  readonly setTimer: Platform['setTimer'] = (run, ms) => {
    let isUndone = false
    const fire = () => {
      if (this.isGone || isUndone) return
      if (this.#isFrozen) this.#late.push(fire)
      else run()
    }
    const undo = this.#browser.platform.setTimer(fire, ms)
    return () => {
      isUndone = true
      undo()
    }
  }

  /** Nothing happens in it, and it is not gone: what its timers were for is done when it goes on. */
  get isFrozen(): boolean {
    return this.#isFrozen
  }

  set isFrozen(isFrozen: boolean) {
    this.#isFrozen = isFrozen
    if (!isFrozen) for (const fire of this.#late.splice(0)) fire()
  }

  /** It is gone at once, and says nothing to anybody. */
  crash(): void {
    this.isGone = true
    for (const letGo of this.#letGo) letGo()
    for (const channel of [...this.#browser.channels]) if (channel.tab === this) channel.close()
    for (const socket of this.sockets) if (socket.state !== 'closed') socket.end(1006)
  }
}

/** One end of a channel. */
export class FakeChannel implements ChannelLike {
  onmessage: ChannelLike['onmessage'] = null
  readonly name: string
  readonly tab: FakeTab
  readonly #browser: FakeBrowser

  constructor(browser: FakeBrowser, tab: FakeTab, name: string) {
    this.#browser = browser
    this.tab = tab
    this.name = name
    browser.channels.add(this)
  }

  postMessage(text: string): void {
    if (this.tab.isGone) return
    if (!this.#browser.channels.has(this)) throw new Error('InvalidStateError: the channel is closed')
    this.#browser.post(this, text)
  }

  close(): void {
    this.#browser.channels.delete(this)
  }

  /** What was posted before it was closed still arrives, to nobody. */
  receive(text: string): void {
    if (this.#browser.channels.has(this)) Reflect.apply(this.onmessage ?? (() => {}), undefined, [{ data: text }])
  }
}
