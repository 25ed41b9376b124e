/** What one payment at a platform amounts to, in fen. */
export interface MoneyRow {
  channel: string
  /** The merchant or seller the money went to. */
  account?: string
  outTradeNo: string
  tradeNo: string
  totalFen: number
  refundedFen: number
  state: string
}

/** The platforms' own books, asked by tests for the invariant that nothing taken is unknown to the portal. */
export interface Money {
  register(name: string, fn: () => MoneyRow[]): void
  taken(): MoneyRow[]
}

/** An empty register of books; each platform adds its own. */
export function createMoney(): Money {
  const providers = new Map<string, () => MoneyRow[]>()
  return {
    register: (name, fn) => {
      providers.set(name, fn)
    },
    taken: () => [...providers.values()].flatMap((fn) => fn()),
  }
}
