import { monotonicMs } from '../clock'
import { isDuplicate, outsideTransaction } from './database'

/** Of one transaction at most; those behind them wait for the next. */
const TOGETHER_MAX = 64
/** A transaction that takes longer than this holds up nobody else: what came meanwhile is written beside it. */
const PATIENCE_MS = 5
/** Transactions of one gathering at once. */
const AT_ONCE = 4

/** How items are written, each way in transactions of its own. */
export interface Gathered<Item, Answer> {
  /** What is written one after the other, in the order in which it came. */
  keyOf(item: Item): string
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
 * row and for thirty, and so does a statement (npm run bench -- chat). One that waits long for its disk is overtaken by
 * what has other keys. Each item is whole or not at all, and those of one key are written in the order in which they
 * came, except that one which is done alone comes after those of its moment.
 */
export class Gathering<Item, Answer> {
  private waiting: Call<Item, Answer>[] = []
  private readonly inHand = new Set<string>()
  private running = 0
  private startedAt = 0
  private isBeginning = false
  private timer: NodeJS.Timeout | null = null

  constructor(private readonly how: Gathered<Item, Answer>) {}

  add(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject })
      this.next()
    })
  }

  /** Sees to it that what waits is begun: at once where nothing is under way, else when that has had its time. */
  private next(): void {
    if (this.isBeginning || this.running >= AT_ONCE || this.ready().length === 0) return
    const waitMs = this.running === 0 ? 0 : this.startedAt + PATIENCE_MS - monotonicMs()
    outsideTransaction(() => (waitMs > 0 ? this.later(waitMs) : this.begin()))
  }

  private later(waitMs: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = null
      this.next()
    }, waitMs)
  }

  private begin(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    this.isBeginning = true
    // What arrives with it is read in the same turn.
    setImmediate(() => {
      this.isBeginning = false
      void this.write()
    })
  }

  private ready(): readonly Call<Item, Answer>[] {
    return this.waiting.filter(({ item }) => !this.inHand.has(this.how.keyOf(item))).slice(0, TOGETHER_MAX)
  }

  private async write(): Promise<void> {
    this.running++
    this.startedAt = monotonicMs()
    let taken: readonly Call<Item, Answer>[] | null = null
    const take = (): readonly Call<Item, Answer>[] => (taken ??= this.takeReady())
    const answers = await this.together(take)
    if (answers !== null) await this.answer(take(), answers)
    for (const { item } of take()) this.inHand.delete(this.how.keyOf(item))
    this.running--
    this.next()
  }

  private takeReady(): readonly Call<Item, Answer>[] {
    const taken = this.ready()
    const left = new Set(taken)
    this.waiting = this.waiting.filter((call) => !left.has(call))
    for (const { item } of taken) this.inHand.add(this.how.keyOf(item))
    return taken
  }

  private async answer(
    calls: readonly Call<Item, Answer>[],
    answers: readonly (Answer | null)[],
  ): Promise<void> {
    const left: Call<Item, Answer>[] = []
    for (const [at, call] of calls.entries()) {
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
