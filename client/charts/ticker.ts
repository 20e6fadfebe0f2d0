// Owns the page's second: one timer for all that shows how old something is. It tells no time.

type Listener = () => void

const listeners = new Set<Listener>()
let timer: ReturnType<typeof setInterval> | undefined

/** Calls the listener once a second. */
export function onSecond(listener: Listener): () => void {
  listeners.add(listener)
  timer ??= setInterval(tick, 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick(): void {
  for (const listener of [...listeners]) listener()
}
