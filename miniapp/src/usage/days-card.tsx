import { View } from '@tarojs/components'
import { useState } from 'react'
import type { Usage } from '../api/types'
import { asOf, calendarDay } from '../format'
import { useNow } from '../state/now'
import { useSettings } from '../state/settings'
import { Button, Card } from '../ui'
import { Bars } from './bars'
import { FigureTable } from './figure-table'
import { everyDay, grouped, shortDay, sumOf, withUnit } from './figures'
import { said } from './words'
import { written } from '../format-words'

/** Single days, a week at a time. A day that nobody counted stands as a question mark, never as nought. */
export function DaysCard({ usage }: { usage: Usage }) {
  const { unit } = usage
  const nowMs = useNow()
  const elder = useSettings((settings) => settings.elder)
  const [table, setTable] = useState(false)
  const days = everyDay(usage.days)
  const [chosen, setChosen] = useState(days.at(-1)?.day ?? null)
  const of = new Map(days.map((day) => [day.day, day.quantity]))
  const wordsOf = (day: string): string => {
    const quantity = of.get(day) ?? null
    return written.clauses([
      calendarDay(day, nowMs),
      quantity === null ? said.unknown : withUnit(quantity, unit),
    ])
  }
  const gaps = days.length - usage.days.length
  const total = sumOf(usage.days.map(({ quantity }) => quantity))
  return (
    <Card className="stack">
      <View className="between">
        <View className="t-title">{said.days}</View>
        <Button small kind="plain" id="days-table" onClick={() => setTable(!table)}>
          {table ? said.chart : said.table}
        </Button>
      </View>
      {table ? (
        <FigureTable
          id="days-figures"
          label={said.days}
          head={[said.day, said.usedIn(unit)]}
          rows={days
            .toReversed()
            .map(({ day, quantity }) => [
              calendarDay(day, nowMs),
              quantity === null ? said.unknown : grouped(quantity),
            ])}
        />
      ) : (
        <>
          <Bars
            id="days-bars"
            columns={days.map(({ day, quantity }) => ({
              key: day,
              label: shortDay(day),
              value: quantity === null ? null : Number(quantity),
              beside: null,
            }))}
            perPage={elder ? 5 : 7}
            chosen={chosen}
            onChoose={setChosen}
            describe={({ key }) => wordsOf(key)}
            top={(highest) => said.highest(withUnit(String(highest), unit))}
          />
          {chosen === null ? null : (
            <View className="chosen num" id="day-chosen">
              {wordsOf(chosen)}
            </View>
          )}
        </>
      )}
      <View className="t-2">{said.sum(usage.days.length, withUnit(total, unit))}</View>
      {gaps > 0 ? <View className="t-3">{said.gaps(gaps)}</View> : null}
      {usage.daysAsOf === null ? null : (
        <View className="t-3">{`${said.daysAsOf} ${asOf(usage.daysAsOf, nowMs)}`}</View>
      )}
    </Card>
  )
}
