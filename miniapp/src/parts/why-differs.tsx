import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { read } from '../api/client'
import type { BillDifference } from '../api/types'
import { money, period } from '../format'
import { useResource } from '../state/resource'
import { Card, Choices } from '../ui'
import { said } from './differs-words'

/**
 * Why a bill is higher or lower than the one before and than the same of last year; each part in money, and all of them
 * the difference. Nothing stands here where there is nothing to compare with, or the answer did not come.
 */
export function WhyDiffers({ billId }: { billId: string }) {
  const { resource } = useResource(`explain.${billId}`, () => read('usage.explainBill', { billId }), {
    cache: `explain.${billId}`,
  })
  const [chosen, setChosen] = useState<BillDifference['with'] | null>(null)
  if (resource.state !== 'ready' && resource.state !== 'stale') return null
  const { differences } = resource.data
  const shown = differences.find((one) => one.with === chosen) ?? differences[0]
  if (shown === undefined) return null
  return (
    <Card className="stack" id="why-differs">
      <View className="t-title">{said.title(shown.differenceFen)}</View>
      {differences.length > 1 ? (
        <Choices<BillDifference['with']>
          options={differences.map((one) => ({ value: one.with, label: said.with[one.with] }))}
          value={shown.with}
          onPick={setChosen}
        />
      ) : null}
      <View className="t-2" id="differs-sum">
        {said.sum(period(shown.period), money(shown.amountFen))}
        <Text className="differs-signed">{signed(shown.differenceFen)}</Text>
      </View>
      <View className="rule" />
      {shown.parts.map((part) => (
        <View key={part.kind} className="differs-part between">
          <View className="grow">
            <View>{part.label}</View>
            <View className="t-3">{part.words}</View>
          </View>
          <View className="num">{signed(part.amountFen)}</View>
        </View>
      ))}
      {shown.parts.length === 0 ? <View className="t-2">{said.same}</View> : null}
      {shown.notes.map((note) => (
        <View key={note} className="t-3">
          {note}
        </View>
      ))}
    </Card>
  )
}

const signed = (fen: number): string => (fen > 0 ? `+${money(fen)}` : money(fen))
