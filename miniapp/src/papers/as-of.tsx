import { View } from '@tarojs/components'
import { asOf as since } from '../format'
import { useNow } from '../state/now'
import { said } from './words'

/** From when the figures are: bills as the company last gave them, money as of the moment of asking. */
export function AsOf({ bills, payments }: { bills: number | null; payments: number }) {
  const nowMs = useNow()
  return (
    <View className="t-3" id="papers-as-of">
      {`${bills === null ? said.noBills : said.billsAsOf(since(bills, nowMs))} · ${said.moneyAsOf(since(payments, nowMs))}`}
    </View>
  )
}
