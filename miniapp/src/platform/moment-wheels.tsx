import { Picker, View } from '@tarojs/components'
import { focusable } from '../ui/focusable'
import { pickerTexts } from '../ui/picker-texts'
import type { MomentProps } from './types'

/** A day, then the time of it, each by the wheels that a thumb turns. */
export function MomentWheels({ id, label, dayLabel, value, onPick }: MomentProps) {
  const [day = '', clock = ''] = value.split(' ')
  return (
    <View className="choices">
      <Picker
        mode="date"
        textProps={pickerTexts()}
        value={day}
        onChange={({ detail }) => onPick(`${detail.value} ${clock || '08:00'}`)}
      >
        <View
          id={id}
          className={day ? 'choice on' : 'choice'}
          role="button"
          ariaLabel={`${label} ${day || dayLabel}`}
          {...focusable}
        >
          {day || dayLabel}
        </View>
      </Picker>
      {day ? (
        <Picker
          mode="time"
          textProps={pickerTexts()}
          value={clock}
          onChange={({ detail }) => onPick(`${day} ${detail.value}`)}
        >
          <View className="choice on" role="button" ariaLabel={`${label} ${clock}`} {...focusable}>
            {clock}
          </View>
        </Picker>
      ) : null}
    </View>
  )
}
