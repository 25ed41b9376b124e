import { useRouter } from '@tarojs/taro'
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
      <Gate guests bones={[420, 300]}>
        {() => <Rounds paymentId={params['paymentId'] ?? ''} first={outcomeOf(params['wallet'])} />}
      </Gate>
    </Page>
  )
}

interface Round {
  wallet: WalletOutcome
  number: number
}

/** Each opening of the wallet, and each wish to ask again, starts a new round of asking. */
function Rounds({ paymentId, first }: { paymentId: string; first: WalletOutcome }) {
  const [round, setRound] = useState<Round>({ wallet: first, number: 0 })
  const next = (wallet: WalletOutcome) => setRound({ wallet, number: round.number + 1 })
  return <Asking key={round.number} paymentId={paymentId} wallet={round.wallet} onNext={next} />
}

interface AskingProps {
  paymentId: string
  wallet: WalletOutcome
  onNext(wallet: WalletOutcome): void
}

function Asking({ paymentId, wallet, onNext }: AskingProps) {
  const progress = usePaymentProgress(paymentId, wallet)
  if (progress.failure !== null) return <Failed message={progress.failure} onRetry={() => onNext(wallet)} />
  return (
    <Outcome
      paymentId={paymentId}
      progress={progress}
      onWalletAgain={async (_, said) => onNext(said)}
      onAskNow={() => onNext(wallet)}
    />
  )
}
