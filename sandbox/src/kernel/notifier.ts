import type { Clock } from './clock'
import type { Faults } from './faults'

/** One callback to the portal and the schedule on which it is repeated until it is accepted. */
export interface Delivery {
  /** Unique per event; a second delivery under a key that is still pending is refused. */
  key: string
  url: string
  /** The wait after the 1st, 2nd, … failed try, in sandbox time; the number of tries is its length plus one. */
  gapsMs: number[]
  /**
   * Called at each try, so that every try has a fresh time and signature. `attempt` begins at 1; `query` is appended
   * to the address by platforms that sign there.
   */
  make: (attempt: number) => { headers: Record<string, string>; body: string; query?: string }
  accepted: (status: number, body: string) => boolean
  onDone?: (outcome: 'accepted' | 'gave-up' | 'dropped') => void
  /** Sandbox time before the first try; 0 when absent. */
  startAfterMs?: number
  /** Real time after which a try counts as failed; 5000 when absent. */
  timeoutMs?: number
}

/** One try, as the log shows it; status 0 stands for no answer. */
export interface CallbackTry {
  key: string
  url: string
  attempt: number
  status: number
  answer: string
  accepted: boolean
  at: number
}

/** Outgoing callbacks with the platform's retry table in sandbox time. */
export interface Notifier {
  deliver(delivery: Delivery): void
  /** Sends the callback of that key once more, whatever became of it. False when the key is unknown. */
  resend(key: string): Promise<boolean>
  pending(): { key: string; url: string; attempts: number; nextAtMs: number | null }[]
  log(): CallbackTry[]
  /** Resolves when no try is under way. */
  idle(): Promise<void>
}

interface State {
  delivery: Delivery
  attempts: number
  /** How many waits of the schedule are used up; copies of one try and resends do not count. */
  gapsUsed: number
  nextAtMs: number | null
  done: boolean
}

const KEPT_TRIES = 5_000
const KEPT_DELIVERIES = 20_000
const LATE_MS = 600_000
const HELD_AT_MOST_MS = 30_000
const TIMEOUT_MS = 5_000
/** What of an answer is judged, and what of it the log shows. */
const MOST_ANSWER = 65_536
const SHOWN_ANSWER = 500

class CallbackNotifier implements Notifier {
  private readonly states = new Map<string, State>()
  private readonly tries: CallbackTry[] = []
  private readonly inFlight = new Set<Promise<unknown>>()
  private held: (() => void)[] = []

  constructor(
    private readonly clock: Clock,
    private readonly faults: Faults,
    private readonly record: (event: string, fields: object) => void,
  ) {}

  deliver(delivery: Delivery): void {
    const existing = this.states.get(delivery.key)
    if (existing && !existing.done) return
    const state: State = { delivery, attempts: 0, gapsUsed: 0, nextAtMs: null, done: false }
    this.remember(state)
    if (this.faults.take('callback.never')) {
      this.finish(state, 'dropped')
      return
    }
    const copies = this.faults.take('callback.fifty') ? 50 : this.faults.take('callback.twice') ? 2 : 1
    const late = this.faults.take('callback.late')
    const lateMs = late ? Number(late.params?.['delayMs'] ?? LATE_MS) : 0
    const waitMs = (delivery.startAfterMs ?? 0) + lateMs
    if (this.faults.take('callback.reorder')) {
      this.hold(state, copies)
      return
    }
    this.schedule(state, waitMs, copies)
  }

  async resend(key: string): Promise<boolean> {
    const state = this.states.get(key)
    if (!state) return false
    const accepted = await this.track(this.send(state))
    if (accepted && !state.done) this.finish(state, 'accepted')
    return true
  }

  pending(): { key: string; url: string; attempts: number; nextAtMs: number | null }[] {
    return [...this.states.values()]
      .filter((state) => !state.done)
      .map(({ delivery, attempts, nextAtMs }) => ({
        key: delivery.key,
        url: delivery.url,
        attempts,
        nextAtMs,
      }))
  }

  log(): CallbackTry[] {
    return [...this.tries]
  }

  async idle(): Promise<void> {
    while (this.inFlight.size > 0) await Promise.allSettled(this.inFlight)
  }

  private hold(state: State, copies: number): void {
    let released = false
    const release = (): Promise<void> | undefined => {
      if (released) return undefined
      released = true
      return this.attempt(state, copies)
    }
    this.held.push(() => void release())
    this.clock.after(HELD_AT_MOST_MS, `callback ${state.delivery.key}`, release)
  }

  private releaseHeld(): void {
    const held = this.held
    this.held = []
    for (const release of held) release()
  }

  private schedule(state: State, waitMs: number, copies: number): void {
    if (waitMs <= 0) {
      setImmediate(() => void this.attempt(state, copies))
      this.track(new Promise((resolve) => setImmediate(resolve)))
      return
    }
    state.nextAtMs = this.clock.now() + waitMs
    this.clock.after(waitMs, `callback ${state.delivery.key}`, () => this.attempt(state, copies))
  }

  private async attempt(state: State, copies: number): Promise<void> {
    if (state.done) return
    state.nextAtMs = null
    const sent = this.track(Promise.all(Array.from({ length: copies }, () => this.send(state))))
    const results = await sent
    this.releaseHeld()
    if (state.done) return
    if (results.some(Boolean)) {
      this.finish(state, 'accepted')
      return
    }
    const gapMs = state.delivery.gapsMs[state.gapsUsed]
    state.gapsUsed += 1
    if (gapMs === undefined) this.finish(state, 'gave-up')
    else this.schedule(state, Math.max(1, gapMs), 1)
  }

  private async send(state: State): Promise<boolean> {
    const { delivery } = state
    state.attempts += 1
    const attempt = state.attempts
    const { headers, body, query } = delivery.make(attempt)
    let status = 0
    let answer = ''
    try {
      const response = await fetch(query === undefined ? delivery.url : `${delivery.url}?${query}`, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(delivery.timeoutMs ?? TIMEOUT_MS),
      })
      status = response.status
      // response.text() would swallow a byte order mark, which both platforms take for a wrong answer.
      answer = Buffer.from(await response.arrayBuffer())
        .toString('utf8')
        .slice(0, MOST_ANSWER)
    } catch (error) {
      answer = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      status = 0
    }
    const accepted = status !== 0 && delivery.accepted(status, answer)
    const entry = {
      key: delivery.key,
      url: delivery.url,
      attempt,
      status,
      answer: answer.slice(0, SHOWN_ANSWER),
      accepted,
      at: this.clock.now(),
    }
    this.tries.push(entry)
    if (this.tries.length > KEPT_TRIES) this.tries.shift()
    this.record('callback', entry)
    return accepted
  }

  private finish(state: State, outcome: 'accepted' | 'gave-up' | 'dropped'): void {
    state.done = true
    state.nextAtMs = null
    state.delivery.onDone?.(outcome)
  }

  private remember(state: State): void {
    this.states.delete(state.delivery.key)
    this.states.set(state.delivery.key, state)
    if (this.states.size <= KEPT_DELIVERIES) return
    for (const [key, old] of this.states) {
      if (!old.done) continue
      this.states.delete(key)
      return
    }
  }

  private track<T>(promise: Promise<T>): Promise<T> {
    this.inFlight.add(promise)
    const forget = (): void => {
      this.inFlight.delete(promise)
    }
    promise.then(forget, forget)
    return promise
  }
}

/** A notifier on the given clock; `record` gets one entry per try. */
export function createNotifier(
  clock: Clock,
  faults: Faults,
  record: (event: string, fields: object) => void,
): Notifier {
  return new CallbackNotifier(clock, faults, record)
}
