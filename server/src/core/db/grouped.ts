import { type Database, inTransaction, outsideTransaction, type Tx } from './database'

/** Works of one transaction at most; those behind them wait for the next. */
const TOGETHER_MAX = 32
/** Side by side; works of one key always go through the same, so they never wait for each other's locks. */
const LANES = 4

interface Item {
  readonly work: (tx: Tx) => Promise<unknown>
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: unknown) => void
}

/** What waits in one lane while its transaction commits. */
class Lane {
  private waiting: Item[] = []
  private isRunning = false

  constructor(readonly db: Database) {}

  add(item: Item): void {
    this.waiting.push(item)
    if (!this.isRunning) outsideTransaction(() => void this.drain())
  }

  private async drain(): Promise<void> {
    this.isRunning = true
    while (this.waiting.length > 0) await this.commit(this.waiting.splice(0, TOGETHER_MAX))
    this.isRunning = false
  }

  /** One that fails is taken out and told alone; the others are done again without it. */
  private async commit(items: readonly Item[]): Promise<void> {
    let failed: Item | null = null
    try {
      const answers = await inTransaction(this, async (tx) => {
        const done: unknown[] = []
        for (const item of items) {
          failed = item
          done.push(await item.work(tx))
        }
        failed = null
        return done
      })
      for (const [at, { resolve }] of items.entries()) resolve(answers[at])
    } catch (error) {
      const rest = items.filter((item) => item !== failed)
      // The commit itself, or a connection that is gone, is everybody's failure.
      for (const item of items) if (failed === null || item === failed) item.reject(error)
      if (failed !== null && rest.length > 0) await this.commit(rest)
    }
  }
}

const lanes = new WeakMap<Database, readonly Lane[]>()

function lanesOf(db: Database): readonly Lane[] {
  const known = lanes.get(db)
  if (known) return known
  const made = Array.from({ length: LANES }, () => new Lane(db))
  lanes.set(db, made)
  return made
}

/**
 * Runs a short write with whatever else came while the last transaction of its lane was committing, in one transaction:
 * on a disk that takes its time a commit costs the same for one row and for thirty. Each work is whole or not at all, as
 * in a transaction of its own, and may run again. Works with the same key run in the order in which they came.
 */
export function groupedTransaction<T>(
  ctx: { readonly db: Database },
  key: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  let hash = 0
  for (let at = 0; at < key.length; at++) hash = (hash * 31 + key.charCodeAt(at)) >>> 0
  const lane = lanesOf(ctx.db)[hash % LANES]
  if (!lane) throw new Error('there is a lane for every number')
  return new Promise<T>((resolve, reject) => {
    lane.add({ work, resolve: (answer) => resolve(answer as T), reject })
  })
}
