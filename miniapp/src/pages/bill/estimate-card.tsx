import { View } from '@tarojs/components'
import { read } from '../../api/client'
import type { Output } from '../../api/types'
import { readingNext, readingState } from '../../by-code'
import { money } from '../../format'
import { leftWords } from '../../parts/promise'
import { go } from '../../routes'
import { useResource } from '../../state/resource'
import { useSecond } from '../../state/second'
import { Button, Card, Row, Tag } from '../../ui'
import { words } from '../../words'

type Estimate = Output<'readings.ofBill'>

/** A bill that was made by estimate says so, why, and how a real reading corrects it and until when. */
export function EstimateCard({ billId }: { billId: string }) {
  const { resource } = useResource(`estimate.${billId}`, () => read('readings.ofBill', { billId }), {
    cache: `estimate.${billId}`,
    onShow: true,
  })
  const data = resource.state === 'ready' || resource.state === 'stale' ? resource.data : null
  return (
    <Card className="stack" id="bill-estimated">
      <View className="between">
        <View className="t-title grow">{words.bill.estimatedTitle}</View>
        <Tag text={words.bills.estimated} tone="warn" />
      </View>
      <View className="t-2">{words.bill.estimatedText}</View>
      {data === null ? null : <What estimate={data} />}
    </Card>
  )
}

function What({ estimate }: { estimate: Estimate }) {
  const { reading, mayCorrect, whyNot, householdId, window } = estimate
  const nowMs = useSecond(mayCorrect)
  if (reading !== null) {
    const change = reading.correction?.differenceFen ?? null
    return (
      <Row
        id="estimate-reported"
        title={`${words.bill.estimatedDone} ${reading.correctedValue ?? reading.value}`}
        note={readingNext(reading)}
        side={
          change === null ? (
            <Tag text={readingState(reading)} tone="plain" />
          ) : (
            <View className="num">{money(change)}</View>
          )
        }
        onClick={() => go('meterResult', { readingId: reading.id })}
      />
    )
  }
  if (!mayCorrect) return whyNot === null ? null : <View className="t-3">{whyNot}</View>
  return (
    <>
      <View className="between">
        <View className="t-2 grow">{words.bill.estimatedLeft}</View>
        <View className="num" id="estimate-left">
          {leftWords(Math.max(0, window.closesAt - nowMs))}
        </View>
      </View>
      <Button id="correct-bill" kind="plain" onClick={() => go('meterReport', { householdId })}>
        {words.bill.estimatedLink}
      </Button>
    </>
  )
}
