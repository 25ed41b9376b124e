import { isDuplicate, outsideTransaction } from './database'

/** Of one transaction at most; those behind them wait for the next. */
const TOGETHER_MAX = 64

/** How items are written, each way in transactions of its own. */
export interface Gathered<Item, Answer> {
  /**
   * Many in one transaction of few statements; null for each that is to be done alone. `take` says which, and the same
   * however often it is asked: after the transaction began, for until then more come. Whatever it throws means that
   * none of them is written: for a unique key that was taken each is done alone then, any other error is everybody's.
   */
  together(take: () => readonly Item[]): Promise<readonly (Answer | null)[]>
  /** One, with everything that may be refused. */
  alone(item: Item): Promise<Answer>
}

interface Call<Item, Answer> {
  readonly item: Item
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/**
 * Writes what comes with whatever else came while the last transaction was committing: a commit costs the same for one
 * row and for thirty, and so does a statement (npm run bench -- chat). Each item is whole or not at all, and they are
 * written in the order in which they came, except that one which is done alone comes after those of its moment.
 */
export class Gathering<Item, Answer> {
  private waiting: Call<Item, Answer>[] = []
  private isRunning = false

  constructor(private readonly how: Gathered<Item, Answer>) {}

  add(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject })
      if (this.isRunning) return
      this.isRunning = true
      // What arrives with it is read in the same turn.
      outsideTransaction(() => setImmediate(() => void this.drain()))
    })
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) await this.write()
    this.isRunning = false
  }

  private async write(): Promise<void> {
    let taken: readonly Call<Item, Answer>[] | null = null
    const take = (): readonly Call<Item, Answer>[] => (taken ??= this.waiting.splice(0, TOGETHER_MAX))
    const answers = await this.together(take)
    if (answers === null) return
    const left: Call<Item, Answer>[] = []
    for (const [at, call] of take().entries()) {
      const answer = answers[at] ?? null
      if (answer === null) left.push(call)
      else call.resolve(answer)
    }
    for (const { item, resolve, reject } of left) await this.how.alone(item).then(resolve, reject)
  }

  /** Null when all of them were told what went wrong. */
  private async together(
    take: () => readonly Call<Item, Answer>[],
  ): Promise<readonly (Answer | null)[] | null> {
    try {
      return await this.how.together(() => take().map(({ item }) => item))
    } catch (error) {
      if (isDuplicate(error)) return []
      for (const { reject } of take()) reject(error)
      return null
    }
  }
}
