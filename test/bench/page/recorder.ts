// What a page of ours notes of itself while it is measured: frames, long tasks, keys, and the paces that it asks for. It
// runs in the page, before the page's own scripts, and knows nothing but what it is given there.

/** What was noted since it was last taken. Times in ms, by the page's clock. */
export interface Noted {
  /** When each frame began. */
  readonly frames: number[]
  /** How long each task took that took over 50 ms. */
  readonly tasks: number[]
  /** Of each key: until the page heard of it, and until the next picture was made. */
  readonly keys: { readonly heardMs: number; readonly shownMs: number }[]
  /** How many updates came. */
  readonly updates: number
  /** The paces of all subscriptions so far; the last one counts. */
  readonly paces: number[]
}

/** The recorder as a page has it. */
export interface Recorder {
  take(): Noted
  /** The socket over which the page hears of its group. */
  socket: WebSocket | undefined
  /** The update with which the page began, and the last one, as text. */
  first: string | undefined
  last: string | undefined
  /** The time of the last update that it was fed; 0: of none. */
  fedUntil: number
}

declare global {
  interface Window {
    recorder: Recorder
  }
}

/** Begins to note; nothing outside of it may be named in here. */
export function record(): void {
  const frames: number[] = []
  const tasks: number[] = []
  const keys: { heardMs: number; shownMs: number }[] = []
  const paces: number[] = []
  let updates = 0
  window.recorder = {
    socket: undefined,
    first: undefined,
    last: undefined,
    fedUntil: 0,
    take() {
      const noted = {
        frames: frames.splice(0),
        tasks: tasks.splice(0),
        keys: keys.splice(0),
        updates,
        paces: [...paces],
      }
      updates = 0
      return noted
    },
  }

  function noteFrame(time: number): void {
    frames.push(time)
    requestAnimationFrame(noteFrame)
  }
  requestAnimationFrame(noteFrame)

  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration)
  })
  observer.observe({ type: 'longtask' })

  // A message that is sent before a picture is made comes when it has been.
  function noteKey({ timeStamp }: Event): void {
    const heardMs = performance.now() - timeStamp
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => keys.push({ heardMs, shownMs: performance.now() - timeStamp })
      port2.postMessage(null)
    })
  }
  addEventListener('keydown', noteKey, true)

  const send = WebSocket.prototype.send
  WebSocket.prototype.send = function (data) {
    const paceMs = /"type":"subscribe".*"paceMs":(\d+)/.exec(String(data))?.[1]
    if (paceMs !== undefined) {
      paces.push(Number(paceMs))
      if (window.recorder.socket !== this) this.addEventListener('message', noteUpdate)
      window.recorder.socket = this
    }
    send.call(this, data)
  }

  function noteUpdate({ data }: MessageEvent): void {
    if (!String(data).startsWith('{"type":"update"')) return
    updates++
    window.recorder.first ??= String(data)
    window.recorder.last = String(data)
  }
}
