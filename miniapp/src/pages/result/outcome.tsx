import { View } from '@tarojs/components'
import { write } from '../../api/client'
import { paymentExplanation } from '../../by-code'
import { AllowNotices } from '../../parts/allow-notices'
import type { ResultView } from '../../parts/payment-progress'
import { restSentence, shownFen } from '../../parts/money-of'
import { PaymentFacts } from '../../parts/payment-facts'
import type { WalletOutcome } from '../../platform/types'
import { go, replace } from '../../routes'
import { keepPayment } from '../../state/last-payment'
import { actOfPayment } from '../../state/pay-acts'
import { resumePayment } from '../../state/start-payment'
import { Amount, Button, Card, classes, Foot, Icon, type IconName, usePress } from '../../ui'
import { words } from '../../words'
import type { Progress } from './progress'

interface OutcomeProps {
  paymentId: string
  progress: Progress
  onWalletAgain(paymentId: string, wallet: WalletOutcome): Promise<void>
  onAskNow(): void
}

const looks: Record<ResultView, { icon: IconName | null; tone: string }> = {
  confirming: { icon: null, tone: 'wait' },
  slow: { icon: 'clock', tone: 'wait' },
  unpaid: { icon: 'clock', tone: 'wait' },
  paid: { icon: 'check', tone: 'good' },
  closed: { icon: 'close', tone: 'calm' },
  refunding: { icon: 'refresh', tone: 'wait' },
  refunded: { icon: 'check', tone: 'good' },
  credited: { icon: 'check', tone: 'good' },
}

/** The sentence below the title; what was paid needs none. */
const textOf = (view: ResultView): string => (view === 'paid' ? '' : words.result[`${view}Text`])

/** What has become of a payment, and the one or two things that can be done about it. */
export function Outcome(props: OutcomeProps) {
  const { payment, view, offline } = props.progress
  const look = looks[view]
  return (
    <>
      <Card className="outcome">
        <View className={classes('outcome-mark', look.tone)}>
          {look.icon ? <Icon name={look.icon} /> : <View className="spinner" />}
        </View>
        <View className="t-head" id="result-title">
          {words.result[view]}
        </View>
        {payment ? (
          <Amount fen={shownFen(payment)} id="result-amount" />
        ) : (
          <View className="bone bone-96 outcome-bone" />
        )}
        <View className="t-2" id="result-words">
          {(payment && paymentExplanation(payment)) ?? (payment && restSentence(payment)) ?? textOf(view)}
        </View>
        {offline ? (
          <View className="banner">
            <Icon name="offline" />
            {words.result.offline}
          </View>
        ) : null}
      </Card>
      {payment ? <PaymentFacts payment={payment} /> : null}
      {view === 'paid' ? <AllowNotices /> : null}
      <Foot>
        <Actions {...props} />
      </Foot>
    </>
  )
}

/** At most two buttons, the likely one on the right. */
function Actions(props: OutcomeProps) {
  const { paymentId } = props
  const { view, payment } = props.progress
  if (view === 'unpaid') return <UnpaidActions {...props} />
  if (view === 'paid') {
    return (
      <>
        <Button kind="soft" id="to-receipt" onClick={() => go('receipt', { paymentId })}>
          {words.result.receipt}
        </Button>
        <Button id="result-done" onClick={() => go('home')}>
          {words.result.done}
        </Button>
      </>
    )
  }
  const bills = payment?.bills.map((bill) => bill.billId).join(',') ?? ''
  return (
    <>
      <Home />
      {view === 'closed' && bills !== '' ? (
        <Button id="pay-again" onClick={() => void replace('cashier', { bills })}>
          {words.result.payAgain}
        </Button>
      ) : null}
      {view === 'slow' ? (
        <Button id="ask-now" onClick={props.onAskNow}>
          {words.result.checkNow}
        </Button>
      ) : null}
    </>
  )
}

const Home = () => (
  <Button id="result-home" kind="plain" onClick={() => go('home')}>
    {words.result.home}
  </Button>
)

/** Only the phone that began the order can go on with it; any of them can give it up. */
function UnpaidActions({ paymentId, onAskNow, onWalletAgain }: OutcomeProps) {
  const act = actOfPayment(paymentId)
  const resume = usePress(async () => {
    if (act) await resumePayment(act, onWalletAgain)
  })
  const cancel = usePress(async () => {
    keepPayment((await write('payments.cancel', { paymentId })).payment)
    onAskNow()
  })
  return (
    <>
      <Button kind="plain" id="cancel-order" busy={cancel.busy} disabled={resume.busy} onClick={cancel.press}>
        {words.result.cancel}
      </Button>
      {act ? (
        <Button id="resume-payment" busy={resume.busy} disabled={cancel.busy} onClick={resume.press}>
          {words.result.resume}
        </Button>
      ) : (
        <Home />
      )}
    </>
  )
}
