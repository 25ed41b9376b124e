import { View } from '@tarojs/components'
import type { CodePage } from '../api/types'
import { asOf, money } from '../format'
import { useNow } from '../state/now'
import { Amount, Button, Card, Icon } from '../ui'
import { words } from '../words'
import { type PayHere, payHere, payNow } from './paying'
import { said } from './words'

interface SumProps {
  page: CodePage
  busy: boolean
  onPay(): void
}

/** What is owed, as of when, and the one main button. Unknown is said, and is never nothing. */
export function Sum({ page, busy, onPay }: SumProps) {
  const nowMs = useNow()
  const when = page.asOf === null ? null : asOf(page.asOf, nowMs)
  if (page.owedFen === null) {
    return (
      <Card className="code-sum" id="code-unknown">
        <View className="t-2">{said.owed}</View>
        <View className="t-head">{said.unknown}</View>
        <View className="t-3">{page.unknownReason}</View>
      </Card>
    )
  }
  if (page.owedFen === 0) {
    return (
      <Card className="code-sum" id="code-clear">
        <View className="code-calm t-head">
          <Icon name="check" />
          {said.clear}
        </View>
        <View className="t-3">{when}</View>
      </Card>
    )
  }
  const here = payHere(page)
  return (
    <Card className="code-sum">
      <View className="t-2">{said.owed}</View>
      <Amount fen={page.owedFen} id="code-owed" />
      <View className="t-3" id="code-as-of">
        {when}
      </View>
      {here.product === null ? (
        <View className="t-2" id="code-no-pay">
          {whyNot(here)}
        </View>
      ) : (
        <>
          <Button id="code-pay" busy={busy} onClick={onPay}>
            {said.pay(money(payNow(page).totalFen))}
          </Button>
          {payNow(page).left > 0 ? (
            <View className="t-3">{said.most(payNow(page).billIds.length)}</View>
          ) : null}
          {here.asGuest ? <View className="t-3">{said.byAlipay}</View> : null}
        </>
      )}
    </Card>
  )
}

function whyNot({ wallet, other }: PayHere): string {
  if (other === null || wallet === null) return said.noWallet
  return said.otherWallet(words.wallets[wallet], words.wallets[other])
}
