import { DayWheel } from './day-wheel'
import { useWide } from './hall'
import type { DayProps } from './types'

/** On a PC the browser's own field: days are typed or picked from a calendar there, and a wheel cannot be turned by keys. */
export function Day(props: DayProps) {
  return useWide() ? <DayField {...props} /> : <DayWheel {...props} />
}

const DayField = ({ id, label, value, start, end, onPick }: DayProps) => (
  <label className="choice on">
    {`${label} `}
    <input
      id={id}
      className="day-field num"
      type="date"
      defaultValue={value}
      min={start}
      max={end}
      onChange={({ target }) => {
        // While a day is being typed it is none yet, or one that is not offered.
        const { value: day, validity } = target
        if (day !== '' && validity.valid) onPick(day)
      }}
    />
  </label>
)
