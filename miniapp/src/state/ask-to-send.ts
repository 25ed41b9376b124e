import { write } from '../api/client'
import type { Portal } from '../api/types'
import { login } from '../platform/login'
import { subscribe } from '../platform/subscribe'
import type { Subscription } from '../platform/types'
import { canAskToSend, countAnswers, knownCredits } from './credits'
import { idsToAsk, leftOf } from './ids-to-ask'
import { usePortal } from './portal'

export { canAskToSend }

/** At which tap: paying, submitting or following a request, an outage. */
export type AskedAt = 'subscribe' | 'subscribeRequests' | 'subscribeNotices'

/** What the resident came for matters more than this report, and our own inbox gets the message anyway. */
function report(said: Subscription | null): void {
  if (!said) return
  countAnswers(said)
  write('messages.recordSubscription', said).catch(() => null)
}

const isWechat = login.environment.startsWith('wechat')

/** The ids of this wallet; a company that has templates of its own is asked for with those. */
function idsOf(about: AskedAt, companyId: string | undefined): readonly string[] {
  const { portal } = usePortal.getState()
  const company = portal?.companies.find(({ id }) => id === companyId)
  // A description kept by an older release may lack some of the lists.
  const ids: Portal['subscribe'] | undefined =
    about === 'subscribeNotices' ? (company?.subscribeNotices ?? portal?.subscribeNotices) : portal?.[about]
  return (isWechat ? ids?.wechat : ids?.alipay) ?? []
}

const known = () => ({
  credits: knownCredits(),
  longTerm: usePortal.getState().portal?.longTermTemplates ?? [],
})

/** How many messages may still be sent about this; null where nobody can say or none are sent. */
export const leftToSend = (about: AskedAt, companyId?: string): number | 'always' | null =>
  leftOf(idsOf(about, companyId), known())

/** Whether the tap would open the wallet's question at all. */
export const wouldAsk = (about: AskedAt, companyId?: string): boolean =>
  canAskToSend && idsToAsk(idsOf(about, companyId), known()).length > 0

/**
 * Asks for the permission to send messages in the tap itself, and reports the answer without waiting for it. Nobody is
 * asked who allowed enough already.
 */
export function askToSend(about: AskedAt, companyId?: string): Promise<Subscription | null> {
  const ids = idsToAsk(idsOf(about, companyId), known())
  if (ids.length === 0) return Promise.resolve(null)
  return subscribe.ask(ids).then((said) => {
    report(said)
    return said
  })
}
