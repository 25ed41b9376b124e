import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { dayOf, fromWallClock } from '../../kit/format'

interface DayFieldProps {
  readonly id: string
  readonly value: number | null
  readonly onChange: (at: number | null) => void
}

/** A day, from its beginning in Shanghai. */
export function DayField({ id, value, onChange }: DayFieldProps) {
  return (
    <DatePicker
      id={id}
      value={value === null ? null : dayjs(dayOf(value))}
      onChange={(picked) =>
        onChange(picked ? fromWallClock(`${picked.format('YYYY-MM-DD')}T00:00:00`) : null)
      }
    />
  )
}
