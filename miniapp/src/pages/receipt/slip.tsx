import { View } from '@tarojs/components'
import type { Receipt } from '../../api/types'
import { Amount, Card, Fact } from '../../ui'
import { words } from '../../words'
import { billRows, factRows, receiptFen } from './rows'

/** The receipt as a slip of paper: number, sum in figures and capitals, what was paid, by whom and how. */
export const ReceiptSlip = ({ receipt }: { receipt: Receipt }) => (
  <Card className="slip">
    <View className="center">
      <View className="t-title">{words.receipt.heading}</View>
      <View className="t-3 num">{`${words.receipt.no} ${receipt.receiptNo}`}</View>
      <Amount fen={receiptFen(receipt)} id="receipt-amount" />
      <View
        className="t-2"
        id="receipt-capitals"
      >{`${words.receipt.capitals} ${receipt.amountInCapitals}`}</View>
    </View>
    <View className="slip-cut" />
    <View className="t-2">{words.receipt.bills}</View>
    {billRows(receipt).map((row, index) => (
      <Fact key={`${row.label}-${index}`} label={row.label} value={row.value} mono />
    ))}
    <View className="slip-cut" />
    {factRows(receipt).map((row) => (
      <Fact key={row.label} label={row.label} value={row.value} mono={/^[\d*¥,. ]+$/.test(row.value)} />
    ))}
  </Card>
)
