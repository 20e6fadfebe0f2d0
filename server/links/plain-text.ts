// Owns a conversation in plain text: a session of the protocol, spoken for somebody who does not know it. What a frame
// looks like is a form's, what of a group is told plain-teller.ts's, and all that is done the session's.

import {
  type Annotation,
  type ClientEnvelope,
  type Close,
  close,
  encode,
  inboxName,
  type Refusal,
  refuse,
} from '@chartroom/shared'
import type { Frame } from '../groups/frame.ts'
import type { PlainAddress, PlainFormWord } from './plain-address.ts'
import type { PlainForm, PlainTold } from './plain-form.ts'
import { plainLines } from './plain-lines.ts'
import { plainObjects } from './plain-objects.ts'
import { PlainTeller } from './plain-teller.ts'
import { Session, type SessionHost } from './session.ts'
import type { LinkEvents, SessionLink, WebSocketLink } from './websocket.ts'

// These pages know no close codes, and many come back at once and for ever: whoever may not come back is kept waiting
// for its close, so that a page in a loop costs one upgrade a second.
const terminalCloseMs = 1_000

const forms: Readonly<Record<PlainFormWord, PlainForm>> = { text: plainLines, json: plainObjects }
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Who speaks. */
export interface PlainSpeaker {
  readonly name: string
  readonly secret: string | undefined
}

/** One link's conversation in plain text. */
export class PlainText implements LinkEvents {
  readonly session: Session
  readonly #host: SessionHost
  readonly #address: PlainAddress
  readonly #speaker: PlainSpeaker
  readonly #form: PlainForm
  /** By group: that of the address, and the inbox of who came with a secret. */
  readonly #tellers = new Map<string, PlainTeller>()
  #link: WebSocketLink | undefined
  #name: string
  #isGreeted = false
  #requests = 0
  #state: 'open' | 'leaving' | 'gone' = 'open'

  constructor(host: SessionHost, address: PlainAddress, speaker: PlainSpeaker) {
    this.session = new Session(host, address.group)
    this.#host = host
    this.#address = address
    this.#speaker = speaker
    this.#name = speaker.name
    this.#form = forms[address.form]
    this.#tellers.set(address.group, new PlainTeller(this.#form, address.hasNumbers))
  }

  /** Begins: the link is open, and joins the group of the address. */
  start(link: WebSocketLink): void {
    this.#link = link
    this.session.start(this.#sessionLink(link))
    const { name, secret } = this.#speaker
    this.#ask({ type: 'hello', id: this.#nextId(), name, ...(secret === undefined ? {} : { secret }) })
    this.#ask({ type: 'subscribe', id: this.#nextId(), paceMs: this.#address.paceMs })
  }

  onText(text: string): void {
    if (this.#state !== 'open') return
    const said = this.#form.read(text)
    if (!said.ok) {
      this.session.refuse(said.refusal)
      return
    }
    switch (said.value.type) {
      case 'ping':
        this.#ask({ type: 'ping' })
        break
      case 'close':
        void this.#leave(() => this.#link?.close(close.done))
        break
      case 'message': {
        const { text, to = this.#address.to } = said.value
        const recipients = to.length === 0 ? {} : { recipients: [...to] }
        this.#ask({ type: 'annotate', id: this.#nextId(), text, ...recipients })
        break
      }
      default:
        said.value satisfies never
    }
  }

  onBinary(data: Buffer): void {
    const text = textOf(data)
    if (text === undefined) this.session.refuse(notText)
    else this.onText(text)
  }

  onPong(): void {
    this.#ask({ type: 'pong' })
  }

  onDrained(): void {
    this.session.onDrained()
  }

  // Whoever sends a line and goes has still sent it.
  onClosed(code: number): void {
    void this.#leave(() => this.session.onClosed(code))
    this.#state = 'gone'
    this.session.onDrained()
  }

  async #leave(done: () => void): Promise<void> {
    if (this.#state === 'open') this.#state = 'leaving'
    await this.session.settled()
    done()
  }

  #sessionLink(link: WebSocketLink): SessionLink {
    const isGone = () => this.#state === 'gone'
    return {
      id: link.id,
      // Nothing drains any more on a link that is gone: what it sent is done all the same.
      get isFull() {
        return !isGone() && link.isFull
      },
      send: (frame) => this.#tell(link, frame),
      close: (how) => closePlain(link, how, this.#host),
      pause: () => link.pause(),
      resume: () => link.resume(),
    }
  }

  #ask(envelope: ClientEnvelope): void {
    this.session.onText(encode(envelope))
  }

  #nextId(): number {
    return ++this.#requests
  }

  #tell(link: WebSocketLink, frame: Frame): void {
    const { envelope } = frame
    switch (envelope.type) {
      case 'welcome':
        break
      case 'ack':
        if (envelope.name !== undefined) this.#called(envelope.name)
        this.#echo(link, envelope.annotation)
        break
      case 'update':
        for (const told of this.#tellers.get(envelope.group)?.tell(frame, envelope) ?? []) link.send(told)
        break
      case 'presence': {
        const { group, count } = envelope
        if (this.#isGreeted || group !== this.#address.group) break
        this.#isGreeted = true
        const people = envelope.people.map(({ name }) => name)
        this.#write(link, { type: 'here', group, name: this.#name, count, people })
        break
      }
      case 'error':
        this.#write(link, { type: 'error', code: envelope.code, message: envelope.message })
        break
      case 'ping':
        link.ping()
        break
      case 'pong':
        this.#write(link, { type: 'pong' })
        break
      case 'closing':
        this.#write(link, { type: 'closing', afterMs: envelope.afterMs })
        break
      default:
        envelope satisfies never
    }
  }

  // Whoever holds a name has an inbox, and follows it too.
  #called(name: string): void {
    this.#name = name
    if (this.#speaker.secret === undefined) return
    const inbox = inboxName(this.#address.group, name)
    this.#tellers.set(inbox, new PlainTeller(this.#form, false))
    this.#ask({ type: 'subscribe', id: this.#nextId(), group: inbox, paceMs: this.#address.paceMs })
  }

  // Who holds no name has no inbox that would tell them what they wrote to somebody.
  #echo(link: WebSocketLink, annotation: Annotation | undefined): void {
    if (annotation?.recipients === undefined || annotation.unheld === undefined) return
    this.#write(link, { type: 'message', group: this.#address.group, annotation })
  }

  #write(link: WebSocketLink, told: PlainTold): void {
    link.send({ bytes: Buffer.from(this.#form.write(told)) })
  }
}

/** Tells somebody in one frame why they are not let in, and closes. */
export function turnAway(
  link: WebSocketLink,
  form: PlainFormWord,
  refusal: Refusal,
  host: Pick<SessionHost, 'clock'>,
): void {
  const { code, message } = refusal
  link.send({ bytes: Buffer.from(forms[form].write({ type: 'error', code, message })) })
  closePlain(link, close.notAdmitted, host)
}

function closePlain(link: WebSocketLink, how: Close, { clock }: Pick<SessionHost, 'clock'>): void {
  if (how.code < 3500) {
    link.close(how)
    return
  }
  link.pause()
  clock.setTimer(() => {
    link.resume()
    link.close(how)
  }, terminalCloseMs)
}

const notText = refuse('malformed', 'A binary frame must be UTF-8 text.').refusal

function textOf(data: Buffer): string | undefined {
  try {
    return utf8.decode(data)
  } catch {
    return undefined
  }
}
