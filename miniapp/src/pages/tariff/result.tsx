import { View } from '@tarojs/components'
import { read } from '../../api/client'
import type { Reckoned } from '../../api/types'
import { calendarDay, money } from '../../format'
import { useNow } from '../../state/now'
import { useResource } from '../../state/resource'
import { Amount, Card, Show } from '../../ui'
import type { askedOf } from './asked'
import { said } from './words'

type Asked = NonNullable<ReturnType<typeof askedOf>>
const bones = [300] as const

/** What it comes to now and, where a change is announced, from then on. */
export function Result({ asked }: { asked: Asked }) {
  const { resource, retry } = useResource(JSON.stringify(asked), () => read('tariffs.calculate', asked))
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {({ current, coming }) => (
        <Card id="reckoned">
          <View className="t-title">{said.result}</View>
          <View className="tariff-sum">
            <Amount fen={current.totalFen} id="reckoned-amount" />
          </View>
          <Lines reckoned={current} />
          {coming === null ? null : <Coming current={current} coming={coming} />}
          <View className="t-3">{said.trial}</View>
        </Card>
      )}
    </Show>
  )
}

function Lines({ reckoned }: { reckoned: Reckoned }) {
  const { lines, unit, marginalPrice, position } = reckoned
  return (
    <>
      {lines.map((line) => (
        <View key={line.label} className="between tariff-line">
          <View className="grow">
            <View>{line.label}</View>
            <View className="t-3">{said.each(line.quantity, unit, line.unitPrice)}</View>
          </View>
          <View className="num">{money(line.amountFen)}</View>
        </View>
      ))}
      {marginalPrice === null ? null : (
        <View className="t-2 tariff-line">{said.marginal(unit, marginalPrice)}</View>
      )}
      {position === null ? null : <View className="t-2 tariff-line">{position}</View>}
    </>
  )
}

function Coming({ current, coming }: { current: Reckoned; coming: Reckoned }) {
  const nowMs = useNow()
  const difference = coming.totalFen - current.totalFen
  const compared =
    difference === 0
      ? said.same
      : difference > 0
        ? said.more(money(difference))
        : said.less(money(-difference))
  return (
    <>
      <View className="rule" />
      <View className="between tariff-line" id="reckoned-coming">
        <View className="grow">
          <View className="t-title">{said.compare(calendarDay(coming.validFrom ?? '', nowMs))}</View>
          <View className="t-2">{compared}</View>
        </View>
        <View className="num t-title">{money(coming.totalFen)}</View>
      </View>
      <Lines reckoned={coming} />
    </>
  )
}
