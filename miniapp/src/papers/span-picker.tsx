import { View } from '@tarojs/components'
import { useState } from 'react'
import { Day } from '../platform/day'
import { Card, Choices } from '../ui'
import { type Days, daysOf, type SpanName } from './spans'
import { said } from './words'

interface SpanPickerProps {
  today: string
  days: Days
  onPick(days: Days): void
}

const NAMES: readonly SpanName[] = ['month', 'lastMonth', 'half', 'year', 'lastYear', 'other']

/** Before any export of ours. */
const EARLIEST = '2010-01-01'

/** From when to when: a name that everybody knows, or two days. */
export function SpanPicker({ today, days, onPick }: SpanPickerProps) {
  const [name, setName] = useState<SpanName>('year')
  const pick = (picked: SpanName) => {
    setName(picked)
    if (picked !== 'other') onPick(daysOf(picked, today))
  }
  return (
    <Card className="stack" id="span-picker">
      <Choices
        options={NAMES.map((value) => ({ value, label: said.spans[value] }))}
        value={name}
        onPick={pick}
      />
      {name === 'other' ? (
        <View className="choices">
          <Day
            id="span-from"
            label={said.from}
            value={days.from}
            start={EARLIEST}
            end={days.to}
            onPick={(from) => onPick({ ...days, from })}
          />
          <Day
            id="span-to"
            label={said.to}
            value={days.to}
            start={days.from}
            end={today}
            onPick={(to) => onPick({ ...days, to })}
          />
        </View>
      ) : null}
      <View className="t-3 num" id="span-days">{`${days.from} ${said.until} ${days.to}`}</View>
    </Card>
  )
}
