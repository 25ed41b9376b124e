import { monotonicMs } from '../../core/clock'
import type { Reader } from '../../core/db/database'
import { stoppedAmong } from './bulk-store'

/** A look at the database is believed for so long; with the longest wait for it a stop works within two seconds. */
const BELIEVED_MS = 700

/**
 * Whether a bulk was stopped, as of less than a second ago, however many messages ask. A stop is a commit of another
 * process, so only the database can tell.
 */
export class StopWatch {
  private readonly watched = new Map<string, number>()
  private stopped = new Set<string>()
  private lookedAt = Number.NEGATIVE_INFINITY
  private looking: Promise<void> | null = null

  constructor(private readonly reader: Reader) {}

  watch(bulkIds: readonly string[]): void {
    for (const id of bulkIds) {
      const known = this.watched.get(id) ?? 0
      if (known === 0) this.lookedAt = Number.NEGATIVE_INFINITY
      this.watched.set(id, known + 1)
    }
  }

  forget(bulkIds: readonly string[]): void {
    for (const id of bulkIds) {
      const left = (this.watched.get(id) ?? 0) - 1
      if (left > 0) this.watched.set(id, left)
      else this.watched.delete(id)
    }
  }

  /** At once while the last look is believed. */
  isStopped(bulkId: string): boolean | Promise<boolean> {
    return this.isFresh() ? this.stopped.has(bulkId) : this.afterLook(bulkId)
  }

  private isFresh(): boolean {
    return monotonicMs() - this.lookedAt <= BELIEVED_MS
  }

  private async afterLook(bulkId: string): Promise<boolean> {
    while (!this.isFresh()) {
      this.looking ??= this.look().finally(() => {
        this.looking = null
      })
      await this.looking
    }
    return this.stopped.has(bulkId)
  }

  private async look(): Promise<void> {
    const askedAt = monotonicMs()
    const ids = [...this.watched.keys()]
    const stopped = ids.length === 0 ? new Set<string>() : await stoppedAmong(this.reader, ids)
    this.stopped = stopped
    // One that came meanwhile was not asked about.
    if ([...this.watched.keys()].every((id) => ids.includes(id))) this.lookedAt = askedAt
  }
}
