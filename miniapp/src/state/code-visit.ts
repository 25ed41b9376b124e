import { create } from 'zustand'
import { write } from '../api/client'
import { ApiError } from '../api/errors'
import type { CodePage, Household } from '../api/types'
import { login } from '../platform/login'
import { pay } from '../platform/pay'
import type { PayPlatform } from '../platform/types'
import { load, save } from '../platform/storage'
import { useNow } from './now'
import { recordConsent } from './portal'
import { adopt, allowSignIn, enter, openedCodeKey } from './session'

/** What the code in hand opens, and until when. */
export interface CodeVisit {
  token: string
  householdId: string
  until: number
  page: CodePage
}

const key = 'code-visit'
const useKept = create<{ visit: CodeVisit | null }>(() => ({ visit: load<CodeVisit>(key) }))

/** The code that was opened last, for pages that need no visit of it, such as binding. */
export interface OpenedHome {
  token: string
  page: CodePage
}
export const keepOpened = (home: OpenedHome): void => save(openedCodeKey, home)
export const lastOpened = (): OpenedHome | null => load<OpenedHome>(openedCodeKey)

export function currentVisit(): CodeVisit | null {
  const { visit } = useKept.getState()
  return visit !== null && visit.until > Date.now() ? visit : null
}

/** The visit, for pages that were opened by one. */
export function useVisit(wanted: boolean): CodeVisit | null {
  const visit = useKept((kept) => kept.visit)
  const nowMs = useNow()
  return wanted && visit !== null && visit.until > nowMs ? visit : null
}

function keep(visit: CodeVisit): void {
  save(key, visit)
  useKept.setState({ visit })
}

/**
 * Opens paying and reporting at the code's household: with whoever is signed in, with whom the wallet vouches for in
 * silence, or as a guest where there is no wallet. False when the browser is leaving for the wallet's page.
 */
export async function beginVisit(token: string, page: CodePage): Promise<boolean> {
  // Whoever taps here wishes to go on, so what kept them from being signed in by themselves no longer does.
  allowSignIn()
  if (!(await enter())) return login.environment === 'browser' ? enterAsGuest(token, page) : false
  try {
    keep({ token, page, ...(await write('codes.visit', { token })) })
    return true
  } catch (error) {
    const isOver = error instanceof ApiError && error.code === 'sign_in_needed'
    if (!isOver || login.environment !== 'browser') throw error
    return enterAsGuest(token, page)
  }
}

async function enterAsGuest(token: string, page: CodePage): Promise<boolean> {
  const { visit, ...session } = await write('codes.enter', { token })
  adopt(session)
  // Whoever was signed in here before is forgotten with all they opened, but this code is in the guest's hand.
  keepOpened({ token, page })
  void recordConsent()
  keep({ token, page, ...visit })
  return true
}

/** A visited household where forms expect one of the resident's own; everything that is masked stays so. */
export const homeOfVisit = ({ householdId, page }: CodeVisit): Household => ({
  id: householdId,
  companyId: page.companyId,
  companyName: page.companyName,
  kind: page.kind,
  accountNo: page.accountNoMasked,
  accountNoMasked: page.accountNoMasked,
  ownerNameMasked: page.ownerNameMasked,
  address: page.addressMasked,
  shortAddress: page.addressMasked,
  supply: null,
  role: 'family',
  isDefault: false,
  boundAt: 0,
})

/** How whoever came by a code pays here: as usual in a wallet, in any other browser on Alipay's web page. */
export const payProductHere = (): Pick<PayPlatform, 'product' | 'wallet'> =>
  pay.product === null && login.environment === 'browser'
    ? { product: 'alipay-wap', wallet: 'alipay' }
    : { product: pay.product, wallet: pay.wallet }
