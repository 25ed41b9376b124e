import { outsideTransaction } from './db/database'

interface Call<Question, Answer> {
  readonly question: Question
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/** No statement names more than this. */
const TOGETHER_MAX = 500

/**
 * Asks about many at once: one question is under way at a time, and whoever comes meanwhile is in the next. It answers
 * what is so after they asked, never anything older.
 */
export class Together<Question, Answer> {
  private waiting: Call<Question, Answer>[] = []
  private isRunning = false

  /** Gives the answers in the order of the questions; what it throws is told to all of them. */
  constructor(private readonly askAll: (questions: readonly Question[]) => Promise<readonly Answer[]>) {}

  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ question, resolve, reject })
      if (this.isRunning) return
      this.isRunning = true
      // What arrives with it is read in the same turn.
      outsideTransaction(() => setImmediate(() => void this.drain()))
    })
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) await this.turn(this.waiting.splice(0, TOGETHER_MAX))
    this.isRunning = false
  }

  private async turn(calls: readonly Call<Question, Answer>[]): Promise<void> {
    try {
      const answers = await this.askAll(calls.map(({ question }) => question))
      for (const [at, { resolve }] of calls.entries()) resolve(answers[at] as Answer)
    } catch (error) {
      for (const { reject } of calls) reject(error)
    }
  }
}
