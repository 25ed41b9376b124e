/** What one run of bench/fanout-runner.ts is to do, on the database of the configuration. */
export type FanoutTask =
  /** Makes the tables, and seals the ids that every resident of the bench has. */
  | { readonly kind: 'prepare'; readonly person: BenchPerson }
  /** Publishes to everybody and waits until every row is due. */
  | { readonly kind: 'spread' }
  /** Publishes to everybody and leaves the rest to whoever runs jobs. */
  | { readonly kind: 'publish' }
  /** Carries what is due for so long. */
  | { readonly kind: 'send'; readonly seconds: number }
  /** The same calls by a bare loop. */
  | {
      readonly kind: 'bare'
      readonly seconds: number
      readonly person: BenchPerson
      /** In turn: the same calls in the same proportion. */
      readonly wallets: readonly BenchWallet[]
      readonly atOnce: number
    }

export type BenchWallet = 'wechat' | 'alipay'

/** The one person at the platforms, who agreed to any number of messages: what each wallet calls them. */
export interface BenchPerson {
  readonly wechat: string
  readonly alipay: string
}

export interface SpreadResult {
  readonly rows: number
  readonly seconds: number
  readonly rssGrowthMb: number
}

export interface SendResult {
  readonly sent: number
  readonly perSecond: number
  /** What the process itself took of a processor for each message; the database's share is not in it. */
  readonly cpuMicros: number
}
