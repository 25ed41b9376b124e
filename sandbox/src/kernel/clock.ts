/** Cancels a timer; calling it twice, or after the timer has fired, does nothing. */
export type Cancel = () => void

/**
 * The sandbox's own time, in epoch milliseconds. It runs at `speed` times real time (0 stands still) and can be
 * moved forward by hand. Timers live in this time: they fire when it passes them, however it got there.
 */
export interface Clock {
  now(): number
  /** Moves time forward, firing every timer on the way in order and waiting for each; resolves afterwards. */
  advance(ms: number): Promise<void>
  setSpeed(factor: number): void
  speed(): number
  /**
   * The time put into signatures and checked in them. It is the machine's own, so that a portal with a true clock can
   * still talk to a sandbox whose clock was moved; `stampBy('virtual')` makes it this clock's.
   */
  stamp(): number
  stampBy(source: 'machine' | 'virtual'): void
  /** How far this clock is ahead of the machine's, in milliseconds. */
  leadMs(): number
  after(delayMs: number, label: string, fn: () => void | Promise<void>): Cancel
  /** The timers still waiting, soonest first. */
  pending(): { label: string; dueMs: number }[]
  stop(): void
}

interface Timer {
  id: number
  dueMs: number
  label: string
  fn: () => void | Promise<void>
}

const LONGEST_REAL_WAIT_MS = 60_000

class VirtualClock implements Clock {
  private baseVirtualMs: number
  private baseRealMs = Date.now()
  private timers: Timer[] = []
  private nextId = 1
  private handle: NodeJS.Timeout | null = null
  private stopped = false
  private stampSource: 'machine' | 'virtual' = 'machine'

  constructor(
    startMs: number,
    private factor: number,
    private readonly onError: (label: string, error: unknown) => void,
  ) {
    this.baseVirtualMs = startMs
  }

  now(): number {
    return Math.floor(this.baseVirtualMs + (Date.now() - this.baseRealMs) * this.factor)
  }

  speed(): number {
    return this.factor
  }

  stamp(): number {
    return this.stampSource === 'machine' ? Date.now() : this.now()
  }

  stampBy(source: 'machine' | 'virtual'): void {
    this.stampSource = source
  }

  leadMs(): number {
    return this.now() - Date.now()
  }

  setSpeed(factor: number): void {
    this.moveTo(this.now())
    this.factor = factor
    this.arm()
  }

  after(delayMs: number, label: string, fn: () => void | Promise<void>): Cancel {
    const timer = { id: this.nextId++, dueMs: this.now() + Math.max(0, delayMs), label, fn }
    this.timers.push(timer)
    this.timers.sort((a, b) => a.dueMs - b.dueMs || a.id - b.id)
    this.arm()
    return () => {
      this.timers = this.timers.filter((one) => one.id !== timer.id)
    }
  }

  pending(): { label: string; dueMs: number }[] {
    return this.timers.map(({ label, dueMs }) => ({ label, dueMs }))
  }

  async advance(ms: number): Promise<void> {
    const target = this.now() + Math.max(0, ms)
    for (let timer = this.takeDue(target); timer; timer = this.takeDue(target)) {
      if (timer.dueMs > this.now()) this.moveTo(timer.dueMs)
      await this.fire(timer)
    }
    if (target > this.now()) this.moveTo(target)
    this.arm()
  }

  stop(): void {
    this.stopped = true
    this.timers = []
    if (this.handle) clearTimeout(this.handle)
  }

  private moveTo(ms: number): void {
    this.baseVirtualMs = ms
    this.baseRealMs = Date.now()
  }

  private takeDue(untilMs: number): Timer | undefined {
    const first = this.timers[0]
    return first && first.dueMs <= untilMs ? this.timers.shift() : undefined
  }

  private async fire(timer: Timer): Promise<void> {
    try {
      await timer.fn()
    } catch (error) {
      this.onError(timer.label, error)
    }
  }

  private arm(): void {
    if (this.handle) clearTimeout(this.handle)
    this.handle = null
    const first = this.timers[0]
    if (this.stopped || !first || this.factor <= 0) return
    const waitMs = Math.min(LONGEST_REAL_WAIT_MS, Math.max(0, (first.dueMs - this.now()) / this.factor))
    this.handle = setTimeout(() => this.fireDue(), Math.ceil(waitMs))
    this.handle.unref()
  }

  // As real time passes the timers that fall due together start together, as they would at a real platform.
  private fireDue(): void {
    for (let timer = this.takeDue(this.now()); timer; timer = this.takeDue(this.now())) void this.fire(timer)
    this.arm()
  }
}

/** A clock that starts at `startMs` and runs at `speed` times real time. */
export function createClock(
  startMs: number,
  speed: number,
  onError: (label: string, error: unknown) => void,
): Clock {
  return new VirtualClock(startMs, speed, onError)
}
