type Listener = (nowMs: number) => void

const listeners = new Set<Listener>()
let timer: ReturnType<typeof setInterval> | null = null

function beat(): void {
  const nowMs = Date.now()
  for (const listener of listeners) listener(nowMs)
}

/**
 * Calls back every second. All countdowns of a page share one beat, so that ten of them still change the page once a
 * second, and nothing runs while nobody listens.
 */
export function onSecond(listener: Listener): () => void {
  listeners.add(listener)
  timer ??= setInterval(beat, 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}
