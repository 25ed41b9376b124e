import { Picker, View } from '@tarojs/components'
import { useState } from 'react'
import { Card, Choices } from '../ui'
import { focusable } from '../ui/focusable'
import { type Days, daysOf, type SpanName } from './spans'
import { said } from './words'
import { pickerTexts } from '../ui/picker-texts'

interface SpanPickerProps {
  today: string
  days: Days
  onPick(days: Days): void
}

const NAMES: readonly SpanName[] = ['month', 'lastMonth', 'half', 'year', 'lastYear', 'other']

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
            label={said.from}
            value={days.from}
            end={days.to}
            onPick={(from) => onPick({ ...days, from })}
          />
          <Day
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

interface DayProps {
  label: string
  value: string
  start?: string
  end: string
  onPick(day: string): void
}

const Day = ({ label, value, start = '2010-01-01', end, onPick }: DayProps) => (
  <Picker
    mode="date"
    textProps={pickerTexts()}
    value={value}
    start={start}
    end={end}
    onChange={({ detail }) => onPick(detail.value)}
  >
    <View className="choice on" role="button" ariaLabel={`${label} ${value}`} {...focusable}>
      {`${label} ${value}`}
    </View>
  </Picker>
)
