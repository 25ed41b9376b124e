import { View } from '@tarojs/components'
import { useState } from 'react'
import type { Usage } from '../api/types'
import { asOf, money, period, yuan } from '../format'
import { go } from '../routes'
import { useNow } from '../state/now'
import { useSettings } from '../state/settings'
import { Button, Card, Fact } from '../ui'
import { Bars } from './bars'
import { FigureTable } from './figure-table'
import { type Column, grouped, shortMonth, withUnit, yearBefore } from './figures'
import { said } from './words'
import { written } from '../format-words'

type Month = Usage['months'][number]

/** A year of months, each beside the one of the year before; a tap tells what it was. */
export function MonthsCard({ usage }: { usage: Usage }) {
  const { months, unit } = usage
  const nowMs = useNow()
  const elder = useSettings((settings) => settings.elder)
  const [table, setTable] = useState(false)
  const [chosen, setChosen] = useState(months.at(-1)?.period ?? null)
  const of = new Map(months.map((month) => [month.period, month]))
  const month = chosen === null ? undefined : of.get(chosen)
  const last = months.at(-1)
  const columns = months.map((one): Column => {
    const before = of.get(yearBefore(one.period))
    return {
      key: one.period,
      label: shortMonth(one.period),
      value: Number(one.quantity),
      beside: before === undefined ? null : Number(before.quantity),
    }
  })
  const describe = ({ key }: Column): string => {
    const one = of.get(key)
    return one === undefined ? key : monthWords(one, of.get(yearBefore(key)), unit)
  }
  return (
    <Card className="stack">
      <View className="between">
        <View className="t-title">{said.months}</View>
        <Button small kind="plain" id="months-table" onClick={() => setTable(!table)}>
          {table ? said.chart : said.table}
        </Button>
      </View>
      <View id="usage-compared">{usage.compared.value?.words ?? usage.compared.reason}</View>
      {table ? (
        <FigureTable
          id="months-figures"
          label={said.months}
          head={[said.month, said.usedIn(unit), said.lastYear, said.amountIn]}
          rows={months.toReversed().map((one) => tableRow(one, of.get(yearBefore(one.period))))}
        />
      ) : (
        <>
          <View className="legend t-3">
            <View className="legend-mark" />
            {said.thisYear}
            <View className="legend-mark beside" />
            {said.lastYear}
          </View>
          <Bars
            id="months-bars"
            columns={columns}
            perPage={elder ? 4 : 6}
            chosen={chosen}
            onChoose={setChosen}
            describe={describe}
            top={(highest) => said.highest(withUnit(String(highest), unit))}
          />
          {month === undefined ? null : (
            <Chosen month={month} before={of.get(yearBefore(month.period))} unit={unit} />
          )}
        </>
      )}
      {last === undefined ? null : <View className="t-3">{`${said.asOf} ${asOf(last.asOf, nowMs)}`}</View>}
    </Card>
  )
}

function Chosen({ month, before, unit }: { month: Month; before: Month | undefined; unit: string }) {
  const days = month.days === null ? null : said.counted(month.days)
  const estimated = month.estimated ? said.estimated : null
  const notes = written.clauses([days, estimated].filter((note) => note !== null))
  return (
    <View className="chosen" id="month-chosen">
      <View className="t-title">{period(month.period)}</View>
      <Fact label={said.used} value={withUnit(month.quantity, unit)} mono />
      <Fact label={said.lastYear} value={before ? withUnit(before.quantity, unit) : said.unknown} mono />
      <Fact label={said.amount} value={money(month.amountFen)} mono />
      {notes === '' ? null : <View className="t-3">{notes}</View>}
      <Button small kind="soft" id="month-bill" onClick={() => go('bill', { billId: month.billId })}>
        {said.seeBill}
      </Button>
    </View>
  )
}

function monthWords(month: Month, before: Month | undefined, unit: string): string {
  const lastYear = `${said.lastYear} ${before ? withUnit(before.quantity, unit) : said.unknown}`
  const estimated = month.estimated ? [said.estimated] : []
  return written.clauses([
    period(month.period),
    withUnit(month.quantity, unit),
    money(month.amountFen),
    lastYear,
    ...estimated,
  ])
}

const tableRow = (month: Month, before: Month | undefined): readonly string[] => [
  period(month.period),
  `${grouped(month.quantity)}${month.estimated ? written.aside(said.estimated) : ''}`,
  before ? grouped(before.quantity) : said.none,
  yuan(month.amountFen),
]
