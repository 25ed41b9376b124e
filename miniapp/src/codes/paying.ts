import type { CodePage, PayProduct } from '../api/types'
import { login } from '../platform/login'
import { payProductHere } from '../state/code-visit'

/** Pure choices of how and what is paid by a code. */

type Wallet = 'wechat' | 'alipay'

export interface PayHere {
  /** null: nothing can be paid here. */
  product: PayProduct | null
  wallet: Wallet | null
  /** The wallet that the company does take, where it is not this one. */
  other: Wallet | null
  /** There is no wallet around these pages, so the payer is a guest. */
  asGuest: boolean
}

/** With which wallet this page can be paid where it runs. */
export function payHere(page: Pick<CodePage, 'may'>): PayHere {
  const { product, wallet } = payProductHere()
  const takes = wallet !== null && page.may.pay.includes(wallet)
  return {
    product: takes ? product : null,
    wallet,
    other: takes ? null : (page.may.pay.find((each) => each !== wallet) ?? null),
    asGuest: login.environment === 'browser',
  }
}

/** One order takes no more bills. */
const maxBills = 20

/** The oldest open bills that fit into one order, and how many are left after them. */
export function payNow(page: Pick<CodePage, 'bills'>): { billIds: string[]; totalFen: number; left: number } {
  const bills = page.bills.slice(0, maxBills)
  return {
    billIds: bills.map(({ id }) => id),
    totalFen: bills.reduce((sum, { owedFen }) => sum + owedFen, 0),
    left: page.bills.length - bills.length,
  }
}
