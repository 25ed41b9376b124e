import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { ApiError } from '../../api/errors'
import { money } from '../../format'
import { PayByPhone, useWide } from '../../platform/hall'
import { pay } from '../../platform/pay'
import type { PayPlatform } from '../../platform/types'
import { askToSend } from '../../state/ask-to-send'
import { useKnownCredits } from '../../state/credits'
import { useNow, useTickAt } from '../../state/now'
import { payBills } from '../../state/start-payment'
import { Amount, Button, Card, Foot, Icon, succeed, usePress } from '../../ui'
import { words } from '../../words'
import { firstChoice, freeIds, type Merchant, toggle, totalFen } from './choose'
import { MerchantCard } from './merchant-card'

interface CheckoutProps {
  merchants: readonly Merchant[]
  wanted: readonly string[]
  /** How it is paid here, where that is not as usual. */
  payer?: Pick<PayPlatform, 'product' | 'wallet'>
  /** What was shown no longer holds. */
  onStale(): void
}

const staleCodes = ['amount_changed', 'bill_held', 'bill_not_payable']

export function Checkout({ merchants, wanted, payer = pay, onStale }: CheckoutProps) {
  const wide = useWide()
  const [picked, setPicked] = useState<string[] | null>(null)
  const nowMs = useNow()
  useKnownCredits()
  useTickAt(merchants.flatMap(({ payables }) => payables.map(({ bill }) => bill.heldByOtherUntil)))
  const free = merchants.flatMap((merchant) => freeIds(merchant, nowMs))
  const chosen = (picked ?? firstChoice(merchants, wanted, nowMs)).filter((id) => free.includes(id))
  const sumFen = totalFen(merchants, chosen)
  const { busy, press } = usePress(async () => {
    if (payer.product === null) return
    const asked = askToSend('subscribe')
    try {
      await asked
      await payBills(chosen, payer.product, sumFen)
    } catch (error) {
      if (error instanceof ApiError && staleCodes.includes(error.code)) onStale()
      throw error
    }
  })
  return (
    <>
      <View className="cashier-sum">
        <View className="t-2">{words.cashier.total}</View>
        <Amount fen={sumFen} id="cashier-total" />
        <View className="t-3">{words.cashier.amountFixed}</View>
      </View>
      {merchants.map((merchant) => (
        <MerchantCard
          key={merchant.key}
          merchant={merchant}
          chosen={chosen}
          onToggle={(billId) => setPicked(toggle(merchants, chosen, billId))}
        />
      ))}
      {merchants.length > 1 ? <View className="t-3">{words.cashier.oneMerchant}</View> : null}
      {payer.wallet !== null ? (
        <PayWith wallet={payer.wallet} />
      ) : wide ? (
        <PayByPhone billId={chosen.length === 1 ? (chosen[0] ?? null) : null} onLook={onStale} />
      ) : (
        <OpenInWallet />
      )}
      {payer.wallet === null ? null : (
        <Foot>
          <Button id="pay-now" busy={busy} disabled={chosen.length === 0} onClick={press}>
            {words.cashier.pay(money(sumFen))}
          </Button>
        </Foot>
      )}
    </>
  )
}

/** The wallet follows from where the page runs, so it is told, not asked. */
const PayWith = ({ wallet }: { wallet: 'wechat' | 'alipay' }) => (
  <Card className="between">
    <Text className="t-2">{words.cashier.method}</Text>
    <View className="pay-method">
      <View className={`wallet-dot ${wallet}`} />
      {words.channels[wallet]}
    </View>
  </Card>
)

/** A plain browser has no wallet behind it. */
function OpenInWallet() {
  const copy = () => {
    void Taro.setClipboardData({ data: window.location.href }).then(() => succeed(words.common.copied))
  }
  return (
    <Card className="stack" id="open-in-wallet">
      <View className="pay-method">
        <Icon name="alert" className="t-accent" />
        <View className="t-title">{words.cashier.browserTitle}</View>
      </View>
      <View className="t-2">{words.cashier.browserText}</View>
      <Button kind="soft" onClick={copy}>
        {words.cashier.copyLink}
      </Button>
    </Card>
  )
}
