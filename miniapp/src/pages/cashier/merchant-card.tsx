import { View } from '@tarojs/components'
import { brandStyle } from '../../design/brand'
import { money, period } from '../../format'
import { go } from '../../routes'
import { useNow } from '../../state/now'
import { usePortal } from '../../state/portal'
import { billStatus, holdOf, holdSentence } from '../../status'
import { Card, Check, KindBadge, Row, Tag } from '../../ui'
import { words } from '../../words'
import type { Merchant, Payable } from './choose'

interface MerchantCardProps {
  merchant: Merchant
  chosen: readonly string[]
  onToggle(billId: string): void
}

/** The bills that one order can pay together. One that my order holds leads to it; another's says until when. */
export function MerchantCard({ merchant, chosen, onToggle }: MerchantCardProps) {
  const portal = usePortal((state) => state.portal)
  const companyId = merchant.payables[0]?.group.companyId
  const colour = portal?.companies.find((company) => company.id === companyId)?.brandColour
  const nowMs = useNow()
  const tap = ({ bill }: Payable) => {
    if (bill.heldByPaymentId) go('result', { paymentId: bill.heldByPaymentId, wallet: 'cancelled' })
    else if (holdOf(bill, nowMs) === 'free') onToggle(bill.id)
  }
  return (
    <View className="branded" style={brandStyle(colour)}>
      <Card list>
        <View className="merchant-name t-2">{merchant.name}</View>
        {merchant.payables.map((payable) => (
          <Row
            key={payable.bill.id}
            lead={<BillLead payable={payable} chosen={chosen.includes(payable.bill.id)} />}
            title={`${words.kinds[payable.bill.kind]} ${period(payable.bill.period)}`}
            note={holdSentence(payable.bill, nowMs) ?? payable.group.shortAddress}
            side={<BillSide payable={payable} />}
            arrow={false}
            on={chosen.includes(payable.bill.id)}
            onClick={() => tap(payable)}
          />
        ))}
      </Card>
    </View>
  )
}

const BillLead = ({ payable, chosen }: { payable: Payable; chosen: boolean }) => (
  <View className="bill-lead">
    <Check on={chosen} />
    <KindBadge kind={payable.bill.kind} />
  </View>
)

function BillSide({ payable }: { payable: Payable }) {
  const status = billStatus(payable.bill, useNow())
  return (
    <View>
      <View className="num">{money(payable.bill.owedFen)}</View>
      <Tag {...status} />
    </View>
  )
}
