import { Picker, View } from '@tarojs/components'
import { focusable } from '../ui/focusable'
import { pickerTexts } from '../ui/picker-texts'
import type { DayProps } from './types'

/** A day by the wheels that a thumb turns. */
export const DayWheel = ({ id, label, value, start, end, onPick }: DayProps) => (
  <Picker
    mode="date"
    textProps={pickerTexts()}
    value={value}
    start={start}
    end={end}
    onChange={({ detail }) => onPick(detail.value)}
  >
    <View id={id} className="choice on" role="button" ariaLabel={`${label} ${value}`} {...focusable}>
      {`${label} ${value}`}
    </View>
  </Picker>
)
