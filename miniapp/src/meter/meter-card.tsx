import { View } from '@tarojs/components'
import { calendarDay, moment } from '../format'
import { leftWords } from '../parts/promise'
import { useSecond } from '../state/second'
import { Card, Fact, KindBadge, Tag } from '../ui'
import type { Meter } from './figures'
import { said } from './words'

/** Whose meter it is, what it showed last and since when that is known, and how long there is time. */
export function MeterCard({ meter }: { meter: Meter }) {
  const nowMs = useSecond(meter.window.isOpen)
  const { last, lastReal } = meter
  const day = (on: string | null): string => (on === null ? '' : said.on(calendarDay(on, nowMs)))
  return (
    <Card id="meter">
      <View className="between">
        <KindBadge kind={meter.kind} />
        <View className="grow">
          <View className="t-title">{meter.shortAddress}</View>
          <View className="t-3">{`${meter.companyName} · ${said.serial} ${meter.serial}`}</View>
        </View>
      </View>
      <View className="rule" />
      <View className="between">
        <View className="grow">
          <View className="t-3">{said.last}</View>
          <View className="num t-head" id="last-value">{`${last.value} ${meter.unit}`}</View>
          <View className="t-3">{day(last.on)}</View>
        </View>
        <Tag text={said.by[last.by]} tone={last.by === 'estimated' ? 'warn' : 'plain'} />
      </View>
      {lastReal === null ? null : (
        <Fact label={said.lastReal} value={`${lastReal.value} ${meter.unit} ${day(lastReal.on)}`} />
      )}
      {meter.window.isOpen && !meter.readsItself ? (
        <>
          <View className="rule" />
          <View className="between">
            <View className="grow">
              <View className="t-2">{said.left}</View>
              <View className="t-3">{said.until(moment(meter.window.closesAt - 60_000, nowMs))}</View>
            </View>
            <View className="meter-left num" id="window-left">
              {leftWords(Math.max(0, meter.window.closesAt - nowMs))}
            </View>
          </View>
        </>
      ) : null}
    </Card>
  )
}
