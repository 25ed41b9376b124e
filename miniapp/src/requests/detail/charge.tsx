import { View } from '@tarojs/components'
import type { RequestView } from '../../api/types'
import { money } from '../../format'
import { go } from '../../routes'
import { Button, Card, Tag } from '../../ui'
import { said } from '../words'

/** Money for work or parts on site, paid at the cashier like every other bill. */
export function Charge({ request: { charge } }: { request: RequestView }) {
  if (charge === null) return null
  return (
    <Card className="between" id="charge">
      <View className="grow">
        <View className="t-3">{said.detail.charge}</View>
        <View className="t-title num">{money(charge.amountFen)}</View>
      </View>
      {charge.paid ? (
        <Tag text={said.detail.chargePaid} tone="ok" />
      ) : (
        <Button small id="pay-charge" onClick={() => go('cashier', { bills: charge.billId })}>
          {said.detail.chargePay}
        </Button>
      )}
    </Card>
  )
}
