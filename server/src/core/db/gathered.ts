import { type Database, inTransaction, isDuplicate, outsideTransaction, type Tx } from './database'

/** Of one transaction at most; those behind them wait for the next. */
const TOGETHER_MAX = 64
/** Side by side; what has one key always goes through the same, so lanes never wait for each other's locks. */
const LANES = 2

/** How items are written. Both may run again, so neither has an effect outside `tx`. */
export interface Gathered<Item, Answer> {
  /**
   * Many at once, in few statements; null for each that is to be done alone. Whatever it throws undoes all of them: for
   * a unique key that was taken each is done alone then, and any other error is everybody's.
   */
  together(tx: Tx, items: readonly Item[]): Promise<readonly (Answer | null)[]>
  /** One in a transaction of its own, with everything that may be refused. */
  alone(tx: Tx, item: Item): Promise<Answer>
}

interface Call<Item, Answer> {
  readonly item: Item
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/** What waits in one lane while its transaction commits. */
class Lane<Item, Answer> {
  private waiting: Call<Item, Answer>[] = []
  private isRunning = false

  constructor(
    readonly db: Database,
    private readonly how: Gathered<Item, Answer>,
  ) {}

  add(call: Call<Item, Answer>): void {
    this.waiting.push(call)
    if (!this.isRunning) outsideTransaction(() => void this.drain())
  }

  private async drain(): Promise<void> {
    this.isRunning = true
    while (this.waiting.length > 0) await this.commit(this.waiting.splice(0, TOGETHER_MAX))
    this.isRunning = false
  }

  private async commit(calls: readonly Call<Item, Answer>[]): Promise<void> {
    const answers = await this.together(calls)
    if (answers === null) return
    for (const [at, { resolve }] of calls.entries()) {
      const answer = answers[at]
      if (answer !== null && answer !== undefined) resolve(answer)
    }
    for (const [at, { item, resolve, reject }] of calls.entries())
      if ((answers[at] ?? null) === null)
        await inTransaction(this, (tx) => this.how.alone(tx, item)).then(resolve, reject)
  }

  /** Null when all of them were told what went wrong. */
  private async together(calls: readonly Call<Item, Answer>[]): Promise<readonly (Answer | null)[] | null> {
    const items = calls.map(({ item }) => item)
    try {
      return await inTransaction(this, (tx) => this.how.together(tx, items))
    } catch (error) {
      if (isDuplicate(error)) return calls.map(() => null)
      for (const { reject } of calls) reject(error)
      return null
    }
  }
}

/**
 * Writes what comes with whatever else came while the last transaction of its lane was committing: on a disk that takes
 * its time a commit costs the same for one row and for thirty, and so does a statement (npm run bench -- chat). Each
 * item is whole or not at all, and items with the same key are written in the order in which they came.
 */
export class Gathering<Item, Answer> {
  private readonly lanes: readonly Lane<Item, Answer>[]

  constructor(db: Database, how: Gathered<Item, Answer>) {
    this.lanes = Array.from({ length: LANES }, () => new Lane(db, how))
  }

  add(key: string, item: Item): Promise<Answer> {
    let hash = 0
    for (let at = 0; at < key.length; at++) hash = (hash * 31 + key.charCodeAt(at)) >>> 0
    const lane = this.lanes[hash % LANES]
    if (!lane) throw new Error('there is a lane for every number')
    return new Promise((resolve, reject) => lane.add({ item, resolve, reject }))
  }
}
