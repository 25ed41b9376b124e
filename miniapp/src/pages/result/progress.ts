import { useEffect, useState } from 'react'
import { isUnsure, messageOf } from '../../api/errors'
import type { Payment } from '../../api/types'
import { isSettled, nextGapMs, type ResultView, resultView } from '../../parts/payment-progress'
import type { WalletOutcome } from '../../platform/types'
import { askPayment } from '../../state/ask-payment'
import { keepPayment, keptPayment } from '../../state/last-payment'
import { endAct } from '../../state/pay-acts'

export interface Progress {
  payment: Payment | null
  view: ResultView
  /** The last question did not get through; the page goes on asking. */
  offline: boolean
  /** The server refuses to speak of this payment at all. */
  failure: string | null
}

interface Known {
  payment: Payment | null
  asked: boolean
  waitedMs: number
  offline: boolean
  failure: string | null
}

/** Asks the server again and again, with growing gaps, until the payment has come to an end. */
export function usePaymentProgress(paymentId: string, wallet: WalletOutcome): Progress {
  const [known, setKnown] = useState<Known>(() => ({
    payment: keptPayment(paymentId),
    asked: false,
    waitedMs: 0,
    offline: false,
    failure: null,
  }))

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let stopped = false
    const startedAt = Date.now()
    const merge = (news: Partial<Known>) => {
      if (!stopped) setKnown((before) => ({ ...before, waitedMs: Date.now() - startedAt, ...news }))
    }
    const step = async (attempt: number): Promise<void> => {
      try {
        const { payment, asked } = await askPayment(paymentId, attempt)
        keepPayment(payment)
        merge({ payment, offline: false, ...(asked ? { asked } : {}) })
        if (isSettled(payment.state)) return endAct({ paymentId })
      } catch (error) {
        if (!isUnsure(error)) return merge({ failure: messageOf(error) })
        merge({ offline: true })
      }
      const gapMs = nextGapMs(attempt)
      if (gapMs !== null && !stopped) timer = setTimeout(() => void step(attempt + 1), gapMs)
    }
    void step(0)
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [paymentId])

  const { payment, asked, waitedMs, offline, failure } = known
  return {
    payment,
    offline,
    failure,
    view: resultView(payment?.state ?? 'preparing', wallet, asked, waitedMs),
  }
}
