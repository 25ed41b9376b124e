import Taro, { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { Gate, usePortalLoaded } from '../../parts/gate'
import type { WalletOutcome } from '../../platform/types'
import { Failed, Page } from '../../ui'
import { words } from '../../words'
import { Outcome } from './outcome'
import { usePaymentProgress } from './progress'
import './index.scss'

const outcomes: readonly string[] = ['ok', 'cancelled', 'failed', 'unknown', 'left']
const outcomeOf = (said: string | undefined): WalletOutcome =>
  said !== undefined && outcomes.includes(said) ? (said as WalletOutcome) : 'unknown'

/** Where every payment ends, and where a wallet's page returns to: `?paymentId=…[&wallet=…]`. */
export default function ResultPage() {
  const { params } = useRouter()
  usePortalLoaded()
  return (
    <Page title={words.result.title}>
      <Gate bones={[420, 300]}>
        {() => <Progress paymentId={params['paymentId'] ?? ''} first={outcomeOf(params['wallet'])} />}
      </Gate>
    </Page>
  )
}

function Progress({ paymentId, first }: { paymentId: string; first: WalletOutcome }) {
  // Opening the wallet again from here starts a new round of asking.
  const [round, setRound] = useState({ wallet: first, number: 0 })
  const progress = usePaymentProgress(paymentId, round.wallet, round.number)
  if (progress.failure !== null) {
    return (
      <Failed message={progress.failure} onRetry={() => setRound({ ...round, number: round.number + 1 })} />
    )
  }
  const again = async (_: string, wallet: WalletOutcome) => setRound({ wallet, number: round.number + 1 })
  return (
    <Outcome
      paymentId={paymentId}
      progress={progress}
      onWalletAgain={again}
      onAskNow={() => setRound({ ...round, number: round.number + 1 })}
      onDone={() => void Taro.switchTab({ url: '/pages/home/index' })}
    />
  )
}
