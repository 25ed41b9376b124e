import { monotonicMs } from '../../core/clock'

/** One after the other for each key: a platform refuses two messages to one person at the same moment. */
export class Chains {
  private readonly tails = new Map<string, Promise<unknown>>()

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.tails.get(key)
    const turn = before ? before.then(work, work) : work()
    this.tails.set(key, turn)
    try {
      return await turn
    } finally {
      if (this.tails.get(key) === turn) this.tails.delete(key)
    }
  }
}

/** At most so many per second of each kind; kinds without a limit never wait. */
export class Pace {
  private readonly next = new Map<string, number>()

  constructor(private readonly perSecond: Readonly<Record<string, number | undefined>>) {}

  /**
   * Waits for the next place; one that lies further away than `mostMs` is not taken, and answered in milliseconds. Who
   * need not wait is answered at once: there are thousands a second, and each promise costs.
   */
  wait(kind: string, mostMs: number): number | Promise<number> {
    const limit = this.perSecond[kind]
    if (limit === undefined) return 0
    const now = monotonicMs()
    const at = Math.max(now, this.next.get(kind) ?? 0)
    if (at - now > mostMs) return Math.ceil(at - now)
    this.next.set(kind, at + 1000 / limit)
    return at - now < 1 ? 0 : new Promise((resolve) => setTimeout(() => resolve(0), at - now))
  }
}
