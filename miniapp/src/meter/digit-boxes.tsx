import { Input, View } from '@tarojs/components'
import { useState } from 'react'
import { classes } from '../ui'
import { named } from '../ui/named'
import { boxesOf, type Meter, typed } from './figures'
import { said } from './words'

interface DigitBoxesProps {
  meter: Meter
  value: string
  error: string | null
  onInput(value: string): void
}

/** The counter as on the meter, its decimals in red. The line that takes the digits lies over the boxes, unseen. */
export function DigitBoxes({ meter, value, error, onInput }: DigitBoxesProps) {
  const [active, setActive] = useState(false)
  const boxes = boxesOf(value, meter)
  return (
    <View id="part-value">
      <View className={classes('digits', active && 'on', error !== null && 'bad')}>
        {boxes.map(({ digit, isEmpty, isDecimal }, index) => (
          <View
            key={`box-${index + 1}`}
            className={classes('digit', isDecimal && 'decimal', isEmpty && 'empty')}
            aria-hidden="true"
          >
            {digit}
          </View>
        ))}
        <Input
          id="meter-value"
          className="digits-input"
          type="digit"
          value={value}
          maxlength={meter.integerDigits + meter.decimals + 1}
          {...named(said.boxes(meter.integerDigits, meter.decimals))}
          cursorSpacing={160}
          onFocus={() => setActive(true)}
          onBlur={() => setActive(false)}
          onInput={(event) => onInput(typed(event.detail.value, meter))}
        />
        <View className="digits-unit t-2">{meter.unit}</View>
      </View>
      <View className="t-3">{value === '' ? said.typeHere : meter.decimals > 0 ? said.red : ''}</View>
      {error ? <View className="field-error">{error}</View> : null}
    </View>
  )
}
